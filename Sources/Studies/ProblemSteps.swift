import TraceStore
import Traces

/// The recorded rollouts of one problem, step by step with text and scores.
public struct ProblemSteps: Sendable, Encodable {
  /// One rollout.
  public struct Rollout: Sendable, Encodable {
    /// The recording's name.
    public var recording: String
    /// The place among the rollouts of problem and recording, counted from 0.
    public var index: Int
    /// The rollout that a segment continues, and after how many steps.
    public var parent: Int?
    /// The recording of the parent where it is another.
    public var parentRecording: String?
    /// The steps of the parent's path before the segment.
    public var parentStep: Int?
    /// `stop`, `length` or `open`.
    public var finish: String
    /// The answer; `nil` where there is none.
    public var answer: String?
    /// Whether the answer is right.
    public var right: Bool?
    /// The steps.
    public var steps: [Step]
  }

  /// One step.
  public struct Step: Sendable, Encodable {
    /// The text.
    public var text: String
    /// Its tokens.
    public var tokens: Int?
    /// Its log-probability.
    public var logprob: Double?
    /// Step scores by scorer.
    public var scores: [String: Double]
    /// Prefix scores by scorer.
    public var prefixScores: [String: Double]
  }

  /// The problem's key.
  public var problem: String
  /// The statement.
  public var statement: String?
  /// The gold answer.
  public var answer: String?
  /// The rollouts, by recording and index.
  public var rollouts: [Rollout]

  /// Reads a problem.
  ///
  /// - Throws: `UnacceptableData` for a path that is no store or a problem that it does not hold.
  public init(of key: String, in path: String) throws {
    let store = try TraceStore(path: path, mode: .readOnly)
    let stored = try store.problem(key: key)
    problem = stored.problem.key
    statement = stored.problem.statement
    answer = stored.problem.answer
    rollouts = try store.rollouts(of: stored).map(Rollout.init)
  }
}

extension ProblemSteps.Rollout {
  init(_ stored: StoredRollout) {
    recording = stored.recording
    index = stored.index
    parent = stored.record.parent?.rollout
    parentRecording = stored.record.parent?.recording
    parentStep = stored.record.parent?.step
    finish = stored.record.finish.rawValue
    answer = stored.answer
    right = stored.isRight
    steps = stored.stepTexts.enumerated().map { ProblemSteps.Step($0.element, position: $0.offset, of: stored) }
  }
}

extension ProblemSteps.Step {
  init(_ text: String, position: Int, of stored: StoredRollout) {
    let record = stored.record
    self.text = text
    tokens = position < record.tokens.count ? Int(record.tokens[position]) : nil
    logprob = position < record.logProbabilities.count ? record.logProbabilities[position] : nil
    scores = [:]
    prefixScores = [:]
    for (column, values) in zip(stored.columns, record.scores) where position < values.count {
      switch column.channel {
      case .step: scores[column.scorer] = values[position]
      case .prefix: prefixScores[column.scorer] = values[position]
      }
    }
  }
}
