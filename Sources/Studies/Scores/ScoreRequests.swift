import TraceFormats
import TraceStore
import Traces

/// The texts that a reward model has not scored yet, as requests to be answered elsewhere and imported again.
public struct ScoreRequests: Sendable {
  /// How requests are written.
  public enum Notation: String, Sendable, CaseIterable {
    /// A line a rollout with its texts; the answer is the same line with `scores` or `prefixScores`.
    case jsonl
    /// A batch of chat requests; the answer is the batch's output.
    case openAIBatch = "openai-batch"
  }

  /// What requests came to.
  public struct Summary: Sendable, Encodable {
    /// Requests written.
    public var requests = 0
    /// Rollouts that lack scores.
    public var rollouts = 0
    /// Single scores that are asked for.
    public var scores = 0
    /// Rollouts that have them already.
    public var scored = 0
    /// Batches: rollouts asked about whose statement or steps hold the mark of a step's end themselves.
    public var holdingMark = 0
  }

  /// The store.
  public var store: String
  /// The reward model's name.
  public var scorer: String
  /// Steps judged one by one, or prefixes as one block.
  public var channel: ScoreChannel
  /// How requests are written.
  public var notation = Notation.jsonl
  /// The names of the recordings whose rollouts are to be scored; all without.
  public var recordings: [String]?
  /// Batches: the model's name at the endpoint; the scorer's without.
  public var model: String?
  /// Batches: the endpoint's path.
  public var endpoint = "/pooling"
  /// Batches: the text that marks the end of a step for the reward model.
  public var mark = "<extra_0>"

  /// Asked between pieces of work whether the user wants to stop.
  public var isStopped: @Sendable () -> Bool = { false }

  /// Describes requests with the standard settings.
  public init(store: String, scorer: String, channel: ScoreChannel) {
    self.store = store
    self.scorer = scorer
    self.channel = channel
  }

  /// Writes the requests to a file that is complete or not there.
  ///
  /// - Throws: As `run(_:)`, and `OutputFailure` where the file cannot be written.
  public func run(toFile path: String) throws -> Summary {
    try OutputFile.write(path, keeping: [store]) { file in try run { try file.append($0) } }
  }

  /// Hands out the requests in pieces, problem by problem in order of keys.
  ///
  /// - Throws: `UnacceptableData` for a path that is no store, `StudyError` for unknown recordings, and what the function
  ///   throws.
  public func run(_ piece: ([UInt8]) throws -> Void) throws -> Summary {
    let store = try TraceStore(path: store, mode: .readOnly)
    let isKnown = try store.scorers().contains { $0.column.scorer.isSameText(as: scorer) }
    var delimiters: [ExactText: String] = [:]
    for stored in try store.recordings() { delimiters[ExactText(stored.recording.name)] = stored.recording.delimiter }
    for name in recordings ?? [] where delimiters[ExactText(name)] == nil {
      throw StudyError.unknownName(kind: "recording", name: name, known: delimiters.keys.sorted().map(\.text))
    }
    var summary = Summary()
    var text = JSONText()
    for problem in try store.problems() {
      let rollouts = try store.rollouts(of: problem, scorers: isKnown ? [scorer] : [])
      for (position, rollout) in rollouts.enumerated()
      where recordings?.contains(where: rollout.recording.isSameText) ?? true {
        guard !isScored(rollout) else {
          summary.scored += 1
          continue
        }
        let request = ScoreRequest(
          problem: problem.problem, rollout: rollout, path: rollouts.pathTexts(to: position),
          delimiter: delimiters[ExactText(rollout.recording)] ?? "")
        write(request, to: &text, &summary)
      }
      if isStopped() { throw CancellationError() }
      if text.bytes.count >= 1 << 20 { try flush(&text, piece) }
    }
    try flush(&text, piece)
    return summary
  }

  private func flush(_ text: inout JSONText, _ piece: ([UInt8]) throws -> Void) throws {
    try piece(text.bytes)
    text.removeAll()
  }

  private func isScored(_ rollout: StoredRollout) -> Bool {
    zip(rollout.columns, rollout.record.scores).contains { column, scores in
      column.scorer.isSameText(as: scorer) && column.channel == channel && !scores.isEmpty
    }
  }

  private func write(_ request: ScoreRequest, to text: inout JSONText, _ summary: inout Summary) {
    summary.rollouts += 1
    summary.scores += request.own
    switch notation {
    case .jsonl:
      summary.requests += 1
      request.writeLine(scorer: scorer, channel: channel, to: &text)
    case .openAIBatch:
      let batch = ScoreBatchRequest(
        request: request, scorer: scorer, channel: channel, model: model ?? scorer, endpoint: endpoint, mark: mark)
      summary.requests += batch.write(to: &text)
      if batch.holdsMark { summary.holdingMark += 1 }
    }
  }
}
