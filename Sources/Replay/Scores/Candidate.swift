/// A partial answer in a run: where it stands and the score of the steps that it took itself.
///
/// After a borrowed continuation the node belongs to the donor's path, while `steps`, `tokens`, `score` and
/// `accumulator` go on from the candidate's own history.
public struct Candidate: BitwiseCopyable, Sendable {
  /// The node that the candidate stands at; 0 is the prompt.
  public var node: Int32 = 0
  /// Steps taken since the prompt.
  public var steps: Int32 = 0
  /// Tokens of these steps.
  public var tokens: Int32 = 0
  /// The candidate's last entry in the run's history; -1 at the prompt or where no history is kept.
  public var entry: Int32 = -1
  /// The aggregated score in the scorer's own scale; what weights are made of.
  public var score: Double = 0
  /// What the aggregation carries along: a sum of scores or of their logarithms.
  public var accumulator: Double = 0
}
