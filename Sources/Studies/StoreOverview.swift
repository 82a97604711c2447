import Foundation
import TraceStore
import Traces

/// What a store holds, as `retrace info` shows it.
public struct StoreOverview: Sendable, Encodable {
  /// One recording.
  public struct RecordingOverview: Sendable, Encodable {
    /// The name.
    public var name: String
    /// The generator.
    public var model: String?
    /// The temperature.
    public var temperature: Double?
    /// `independent` rollouts, or paths that a `search` selected.
    public var sampling: String
    /// Problems with rollouts.
    public var problems: Int
    /// Rollouts and segments.
    public var rollouts: Int
    /// Steps.
    public var steps: Int
    /// The fewest complete rollouts of a problem, those that branch off others included.
    public var fewestRollouts: Int
    /// The most complete rollouts of a problem, those that branch off others included.
    public var mostRollouts: Int
    /// The most complete rollouts of a problem that were drawn from the prompt: the largest budget of a selection.
    public var largestBudget: Int
    /// The share of complete rollouts that are right, 0...1.
    public var right: Double
    /// The share of complete rollouts without an answer, 0...1.
    public var withoutAnswer: Double
  }

  /// One channel of a scorer.
  public struct ScorerOverview: Sendable, Encodable {
    /// The reward model.
    public var name: String
    /// `step` or `prefix`.
    public var channel: String
    /// `probability`, `logit` or `unbounded`.
    public var scale: String
    /// Rollouts with scores.
    public var rollouts: Int
    /// Single scores.
    public var scores: Int
    /// The smallest score.
    public var lowest: Double
    /// The largest score.
    public var highest: Double
  }

  /// The recordings, by name.
  public var recordings: [RecordingOverview]
  /// The scorers, by name and channel.
  public var scorers: [ScorerOverview]
  /// Problems.
  public var problems: Int
  /// Problems with recorded branching.
  public var problemsWithTree: Int
  /// Problems whose rollouts share first steps, so that merging makes a tree.
  public var problemsWithSharedPrefixes: Int
  /// Rollouts and segments.
  public var rollouts: Int
  /// Steps.
  public var steps: Int
  /// The share of complete rollouts without an answer, 0...1.
  public var withoutAnswer: Double
  /// Sources whose ingest was stopped: the same command goes on.
  public var unfinished: [String]
  /// What can be replayed, and what is missing for the rest, in sentences.
  public var replay: [String]

  /// Reads a store.
  ///
  /// - Throws: `UnacceptableData` for a path that is no store.
  public init(of path: String) throws {
    let store = try TraceStore(path: path, mode: .readOnly)
    let summary = try store.summary()
    let complete = try summary.recordings.contains { $0.branches > 0 } ? store.completeRolloutsPerProblem() : [:]
    recordings = summary.recordings.map { RecordingOverview($0, complete: complete[$0.recording.name]) }
    scorers = summary.columns.map(ScorerOverview.init)
    problems = summary.problems
    problemsWithTree = summary.problemsWithTree
    problemsWithSharedPrefixes = summary.problemsWithSharedPrefixes
    rollouts = summary.rollouts
    steps = summary.steps
    withoutAnswer = summary.shareWithoutAnswer
    unfinished = summary.incompleteSources
    replay = ReplayPossibilities(summary).sentences
  }
}

extension StoreOverview.RecordingOverview {
  /// - Parameter complete: The complete rollouts of a problem, fewest and most; those from the prompt without.
  init(_ summary: StoreSummary.OfRecording, complete range: ClosedRange<Int>?) {
    name = summary.recording.name
    model = summary.recording.model
    temperature = summary.recording.temperature
    sampling = summary.recording.sampling.rawValue
    problems = summary.problems
    rollouts = summary.rollouts
    steps = summary.steps
    fewestRollouts = (range ?? summary.rolloutsPerProblem).lowerBound
    mostRollouts = (range ?? summary.rolloutsPerProblem).upperBound
    largestBudget = summary.recording.sampling == .independent ? summary.rolloutsPerProblem.upperBound : 0
    let complete = Double(max(summary.complete, 1))
    right = Double(summary.right) / complete
    withoutAnswer = Double(summary.withoutAnswer) / complete
  }
}

extension StoreOverview.ScorerOverview {
  init(_ summary: StoreSummary.OfColumn) {
    name = summary.column.scorer
    channel = summary.column.channel.rawValue
    scale = summary.column.scale.rawValue
    rollouts = summary.rollouts
    scores = summary.scores
    lowest = summary.range.lowerBound
    highest = summary.range.upperBound
  }
}

/// What can be replayed from a store, in sentences.
struct ReplayPossibilities {
  let sentences: [String]

  init(_ summary: StoreSummary) {
    let sampled = summary.recordings.filter { $0.recording.sampling == .independent }
    let most = sampled.map(\.rolloutsPerProblem.upperBound).max() ?? 0
    let selections =
      most > 0
      ? "pass, first and majority at budgets up to \(most)"
      : "not pass, first, majority, bon and wbon: no complete rollout was drawn from the prompt independently"
    sentences = [selections] + Self.scored(Set(summary.columns.map(\.column.channel)), selects: most > 0)
  }

  private static func scored(_ channels: Set<ScoreChannel>, selects: Bool) -> [String] {
    let methods = "pf, beam, dvts" + (selects ? ", bon, wbon" : "")
    let noPrefixes =
      "not model-based aggregation: no scorer has a prefix channel (add one with `retrace scores import`)"
    return switch (channels.contains(.step), channels.contains(.prefix)) {
    case (true, true):
      ["\(methods) with last, min, product and mean", "the same with model-based aggregation"]
    case (true, false): ["\(methods) with last, min, product and mean", noPrefixes]
    case (false, true):
      [
        "\(methods) with model-based aggregation",
        "not last, min, product and mean: no scorer has a step channel (add one with `retrace scores import`)",
      ]
    case (false, false): ["no method that reads scores: nothing is scored (add scores with `retrace scores import`)"]
    }
  }
}
