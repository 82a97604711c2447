import Traces

/// Refusals of names that a store does not have, with the nearest one that it has.
enum UnknownName {
  static func refusal(of name: String, kind: String, known: [String], file: String?) -> UnacceptableData {
    let list = known.count <= 8 ? known.joined(separator: ", ") : "one of \(known.count)"
    let nearest = known.min { distance(name, $0) < distance(name, $1) }
    return UnacceptableData(
      file: file, field: kind, found: quoted(name),
      expected: known.isEmpty ? "nothing, since the store has no \(kind)" : "a \(kind) of the store: \(list)",
      remedy: nearest.map { "the nearest name is \(quoted($0))" })
  }

  /// Levenshtein's distance: the fewest insertions, deletions and substitutions between two texts.
  private static func distance(_ left: String, _ right: String) -> Int {
    let left = Array(left.utf8.prefix(200))
    let right = Array(right.utf8.prefix(200))
    var row = Array(0...right.count)
    for (i, character) in left.enumerated() {
      var diagonal = row[0]
      row[0] = i + 1
      for (j, other) in right.enumerated() {
        let substituted = diagonal + (character == other ? 0 : 1)
        diagonal = row[j + 1]
        row[j + 1] = min(substituted, row[j] + 1, row[j + 1] + 1)
      }
    }
    return row[right.count]
  }
}
