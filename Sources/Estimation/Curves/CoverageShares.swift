import Traces

/// The shares of a curve point's draws that were recorded, borrowed and shared; they add up to 1.
public struct CoverageShares: Hashable, Sendable, Codable {
  /// Draws of a recorded child that the run had not drawn before.
  public var recorded: Double
  /// Draws borrowed from a donor.
  public var borrowed: Double
  /// Draws of a child that the run had drawn before.
  public var shared: Double
  /// Of the steps that look-aheads wanted the share that is recorded; `nil` where nothing looked ahead.
  public var lookAhead: Double?

  /// Creates shares.
  public init(recorded: Double, borrowed: Double, shared: Double, lookAhead: Double? = nil) {
    self.recorded = recorded
    self.borrowed = borrowed
    self.shared = shared
    self.lookAhead = lookAhead
  }

  /// The shares of counts; all recorded where nothing was drawn, as in a closed form.
  public init(_ counts: Coverage) {
    guard counts.total > 0 else {
      self.init(recorded: 1, borrowed: 0, shared: 0)
      return
    }
    let total = Double(counts.total)
    let wanted = counts.lookAheads + counts.missedLookAheads
    self.init(
      recorded: Double(counts.recorded) / total,
      borrowed: Double(counts.borrowed) / total,
      shared: Double(counts.shared) / total,
      lookAhead: wanted > 0 ? Double(counts.lookAheads) / Double(wanted) : nil)
  }
}
