/// The known name that a mistyped one probably meant.
enum NearestName {
  /// The name with the smallest edit distance, where that is at most half of the longer one's length.
  static func of(_ name: String, among known: [String]) -> String? {
    let ranked = known.map { (distance: distance($0.lowercased(), name.lowercased()), name: $0) }
    guard let best = ranked.min(by: { $0.distance < $1.distance }) else { return nil }
    return best.distance * 2 <= max(best.name.count, name.count) ? best.name : nil
  }

  /// The Levenshtein distance.
  static func distance(_ left: String, _ right: String) -> Int {
    let right = Array(right)
    var row = Array(0...right.count)
    for (i, character) in left.enumerated() {
      var diagonal = row[0]
      row[0] = i + 1
      for j in right.indices {
        let replaced = diagonal + (right[j] == character ? 0 : 1)
        diagonal = row[j + 1]
        row[j + 1] = min(replaced, diagonal + 1, row[j] + 1)
      }
    }
    return row[right.count]
  }
}
