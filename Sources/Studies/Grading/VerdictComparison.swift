import AnswerGrading
import Estimation
import TraceStore
import Traces

/// Where our verdicts and a store's sources' differ: verdicts on rollouts, and predictions for problems as a whole.
public struct VerdictComparison: Sendable, Encodable {
  /// How a recording's complete rollouts were graded.
  public typealias Counts = VerdictCounts
  /// How a kind of prediction compares with our own choices.
  public typealias Prediction = PredictionComparison

  /// A rollout that the source graded otherwise.
  public struct Difference: Sendable, Encodable {
    /// The problem.
    public var problem: String
    /// The recording.
    public var recording: String
    /// The rollout's index.
    public var rollout: Int
    /// The gold answer.
    public var gold: String?
    /// The rollout's answer.
    public var answer: String?
    /// Our verdict.
    public var right: Bool
    /// The source's verdict.
    public var sourceRight: Bool
    /// How we came to ours: a rule of the grader, or `noAnswer`.
    public var reason: String
  }

  /// Recording by recording.
  public var counts: [VerdictCounts]
  /// The rollouts whose verdicts differ, by problem, recording and index.
  public var differences: [Difference]
  /// Predictions of the sources by name.
  public var predictions: [PredictionComparison]

  /// Compares all of a store.
  ///
  /// - Throws: `UnacceptableData` for a path that is no store.
  public init(of path: String) throws {
    let store = try TraceStore(path: path, mode: .readOnly)
    counts = try store.verdictCounts()
    let grader = Grader()
    differences = try store.sourceVerdicts().filter { $0.own != $0.source }.map { Difference($0, grader: grader) }
    predictions = try PredictionComparison.all(in: store)
  }
}

extension VerdictComparison.Difference {
  init(_ difference: SourceVerdict, grader: Grader) {
    var reason = "noAnswer"
    if let gold = difference.gold, let answer = difference.answer {
      reason = grader.equals(gold: gold, answer: answer).rule.rawValue
    }
    self.init(
      problem: difference.problem, recording: difference.recording, rollout: difference.rollout, gold: difference.gold,
      answer: difference.answer, right: difference.own, sourceRight: difference.source, reason: reason)
  }
}
