import Traces

/// Refusals of names that a store does not have, with the nearest one that it has.
enum UnknownName {
  static func refusal(of name: String, kind: String, known: [String], file: String?) -> UnacceptableData {
    let list = known.count <= 8 ? known.joined(separator: ", ") : "one of \(known.count)"
    let nearest = NearestName.of(name, among: known)
    return UnacceptableData(
      file: file, field: kind, found: quoted(name),
      expected: known.isEmpty ? "nothing, since the store has no \(kind)" : "a \(kind) of the store: \(list)",
      remedy: nearest.map { "the nearest name is \(quoted($0))" })
  }
}
