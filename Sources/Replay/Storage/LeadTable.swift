/// Which leads end an adaptive vote, remembered: the law of one needs a sum over all votes.
///
/// A lead of v1 votes over v2 is the surer the larger v1; so for each v2 two numbers say all that has been found out.
struct LeadTable: ~Copyable, Sendable {
  struct Bounds: BitwiseCopyable, Sendable {
    /// The most votes of a leader that are known not to be enough; -1 where none are.
    var unsure: Int32 = -1
    /// The fewest votes of a leader that are known to be enough.
    var sure = Int32.max
  }

  private var threshold = Double.nan
  private var bounds = FlatList(filler: Bounds(), capacity: 64)

  /// Whether a lead is as sure as the threshold asks.
  ///
  /// - Parameters:
  ///   - first: v1, the votes of the largest class.
  ///   - second: v2, those of the next.
  ///   - threshold: The least certainty.
  ///   - certainty: The certainty of a lead, which does not fall with v1.
  mutating func isSure(
    first: Int,
    second: Int,
    threshold: Double,
    certainty: (Int, Int) -> Double
  ) -> Bool {
    if threshold != self.threshold {
      bounds.removeAll()
      self.threshold = threshold
    }
    while bounds.count <= second { bounds.append(Bounds()) }
    if first <= bounds[second].unsure { return false }
    if first >= bounds[second].sure { return true }
    let isSure = certainty(first, second) >= threshold
    if isSure { bounds[second].sure = Int32(first) } else { bounds[second].unsure = Int32(first) }
    return isSure
  }
}
