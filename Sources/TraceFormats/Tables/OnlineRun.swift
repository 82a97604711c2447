import Traces

/// One run of a method that was made online, with the model generating: what a replay is compared with.
public struct OnlineRun: Hashable, Sendable {
  /// A step that the model drew in the run.
  public struct Node: Hashable, Sendable {
    /// The index of the node that it continues, an earlier one; -1 for the prompt.
    public var parent: Int
    /// The step's text.
    public var text: String
    /// The step's tokens, where known.
    public var tokens: Int?
    /// The sum of the step's log-probabilities, where known.
    public var logProbability: Double?
    /// The step's score.
    public var score: Double?
    /// The score of the whole partial answer up to the step.
    public var prefixScore: Double?
  }

  /// The problem's key.
  public var problem: String
  /// The method's name, as `retrace replay` names methods.
  public var method: String
  /// The aggregation that the method used.
  public var aggregate: String
  /// The number of generations alive at once.
  public var budget: Int
  /// Which of several runs with the same settings, from 0.
  public var replicate: Int
  /// The run's answer; `nil` where it found none.
  public var answer: String?
  /// Whether the answer is right.
  public var isRight: Bool
  /// The share of right answers weighted by the final weights, 0...1, where recorded.
  public var expected: Double?
  /// The tokens of all drawn steps, where recorded.
  public var tokens: Int?
  /// All drawn steps, parents first; empty where they were not recorded.
  public var nodes: [Node]
  /// The nodes in which the run's final paths end; one that several copies end in occurs several times.
  public var final: [Int]
  /// The line of the file, counted from 1.
  public var line: Int
}
