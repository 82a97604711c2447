import Traces

extension RolloutRecord {
  /// The texts of the own steps, where they cover the whole text; `nil` where something stands outside of them.
  ///
  /// - Parameter delimiter: The text between two steps.
  func steps(delimiter: String) -> [String]? {
    let bytes = Array(text.utf8)
    let between = Array(delimiter.utf8)
    var steps: [String] = []
    var start = 0
    for (index, end) in stepEnds.enumerated() {
      if index > 0 {
        guard bytes[start...].starts(with: between) else { return nil }
        start += between.count
      }
      guard start <= Int(end), Int(end) <= bytes.count else { return nil }
      steps.append(String(decoding: bytes[start..<Int(end)], as: UTF8.self))
      start = Int(end)
    }
    return start == bytes.count ? steps : nil
  }
}
