/// Where the continuations of a replay came from: counts of draws.
public struct Coverage: Hashable, Sendable {
  /// Draws of a recorded child of the particle's own node that this run had not drawn before.
  public var recorded: Int
  /// Draws borrowed from a donor node.
  public var borrowed: Int
  /// Draws of a child that this run had drawn before: the same future twice.
  public var shared: Int
  /// Of these draws the ones whose donor was some steps earlier or later, since the borrower's depth was used up.
  public var fromOtherDepths: Int
  /// Of the borrowed draws the ones whose donor another problem lent, since the problem's own of the same hidden state were
  /// used up.
  public var fromOtherProblems: Int
  /// Steps that a look-ahead found recorded. Look-aheads are no draws.
  public var lookAheads = 0
  /// Look-aheads that came to a step that is not recorded.
  public var missedLookAheads = 0

  /// Creates counts, zero by default.
  public init(
    recorded: Int = 0, borrowed: Int = 0, shared: Int = 0, fromOtherDepths: Int = 0, fromOtherProblems: Int = 0
  ) {
    self.recorded = recorded
    self.borrowed = borrowed
    self.shared = shared
    self.fromOtherDepths = fromOtherDepths
    self.fromOtherProblems = fromOtherProblems
  }

  /// All draws.
  public var total: Int { recorded + borrowed + shared }

  /// Adds the counts of another run.
  public static func += (left: inout Coverage, right: Coverage) {
    left.recorded += right.recorded
    left.borrowed += right.borrowed
    left.shared += right.shared
    left.fromOtherDepths += right.fromOtherDepths
    left.fromOtherProblems += right.fromOtherProblems
    left.lookAheads += right.lookAheads
    left.missedLookAheads += right.missedLookAheads
  }

  /// The share of recorded draws, 0...1; 1 where nothing was drawn.
  public var recordedShare: Double { total == 0 ? 1 : Double(recorded) / Double(total) }

  /// The share of draws from donors of other depths, 0...1; 0 where nothing was drawn.
  public var otherDepthsShare: Double { total == 0 ? 0 : Double(fromOtherDepths) / Double(total) }

  /// The share of draws from donors of other problems, 0...1; 0 where nothing was drawn.
  public var otherProblemsShare: Double { total == 0 ? 0 : Double(fromOtherProblems) / Double(total) }
}
