/// The known name that a mistyped one probably meant.
public enum NearestName {
  /// The name with the smallest edit distance, the first of several, where that is at most half of the longer one's
  /// length; capitals do not count.
  ///
  /// - Parameters:
  ///   - name: The mistyped name.
  ///   - known: The names that exist.
  /// - Returns: The nearest name; `nil` where none is near.
  public static func of(_ name: String, among known: [String]) -> String? {
    let ranked = known.map { (distance: distance($0.lowercased(), name.lowercased()), name: $0) }
    guard let best = ranked.min(by: { $0.distance < $1.distance }) else { return nil }
    return best.distance * 2 <= max(best.name.count, name.count) ? best.name : nil
  }

  /// ` (did you mean 'beam'?)`, as it follows a name in a message; empty where no name is near, or where the name itself is
  /// known.
  public static func hint(_ name: String, among known: [String]) -> String {
    guard !known.contains(name), let nearest = of(name, among: known) else { return "" }
    return " (did you mean '\(nearest)'?)"
  }

  /// The optimal string alignment distance between the first 200 characters of two texts: the fewest insertions,
  /// deletions, substitutions and exchanges of neighbours, no place being edited twice.
  static func distance(_ left: String, _ right: String) -> Int {
    let left = Array(left.prefix(200))
    let right = Array(right.prefix(200))
    var beforeLast: [Int] = []
    var last = Array(0...right.count)
    for i in left.indices {
      var row = [i + 1]
      for j in right.indices {
        var edits = min(last[j] + (left[i] == right[j] ? 0 : 1), last[j + 1] + 1, row[j] + 1)
        if i > 0, j > 0, left[i] == right[j - 1], left[i - 1] == right[j] { edits = min(edits, beforeLast[j - 1] + 1) }
        row.append(edits)
      }
      beforeLast = last
      last = row
    }
    return last[right.count]
  }
}
