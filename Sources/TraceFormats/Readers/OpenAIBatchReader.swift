import Foundation
import Traces

/// The output of an OpenAI batch, or of vLLM's `run-batch`.
///
/// `custom_id` names the problem, or is a `ContinuationName`: then the rollouts' parents are those of the named stored
/// recording, not of the file, and texts are cut into steps as that recording's are. Other texts are cut where the user
/// names a delimiter; else each is one step.
struct OpenAIBatchReader: LineReader {
  static let name = "openai-batch"
  static let summary = "the output of an OpenAI batch or of vLLM's run-batch"
  static let signatures = [Signature("custom_id", "response")]
  static let answersMayBeStored = true
  static let parentsAreStored = true
  static let defaultDelimiter = "\n\n"

  private let context: ReadingContext

  init(context: ReadingContext, sample: [TextLine]) { self.context = context }

  func read(_ line: TextLine) throws -> ParsedLine {
    var cursor = JSONCursor(line.bytes, origin: line.byte)
    var name: String?
    var body = OpenAIBatchBody()
    var failure: String?
    try cursor.object { cursor, key in
      switch key {
      case "custom_id": name = try cursor.string()
      case "error": failure = try cursor.takeNull() ? nil : cursor.rawValue()
      case "response":
        if try cursor.takeNull() { return }
        try body.readResponse(&cursor)
      default: try cursor.skip()
      }
    }
    try cursor.end()
    guard let name else { throw UnacceptableData.missing("custom_id", expected: "the request's name") }
    if let failure {
      throw UnacceptableData(
        field: "error", found: JSONCursor.shortened(failure), expected: "a response",
        remedy: "send the request again; --skip-invalid leaves it out")
    }
    guard !body.choices.isEmpty else {
      throw UnacceptableData.missing("response.body.choices", expected: "at least one choice")
    }
    // The API wants names once a batch, but other people's batches are put together with one name for several draws.
    let identity = ContinuationName(name).map { _ in RecordIdentity(field: "custom_id", value: name) }
    return ParsedLine(records: [record(name, body, line.number)], identity: identity)
  }

  private func record(_ name: String, _ body: OpenAIBatchBody, _ line: Int) -> TraceRecord {
    let place = ContinuationName(name)
    let problem = Problem(key: place?.problem ?? name)
    let recording = recording(place, model: body.model)
    let parent = place.flatMap { place in
      place.rollout.map {
        RolloutRecord.Parent(rollout: $0, step: place.step, recording: place.recording, check: place.check)
      }
    }
    let delimiter = place == nil ? context.options.stepDelimiter : recording.delimiter
    let rollouts = body.choices.map { choice in
      var choice = choice
      if place != nil { choice.settleFinish() }
      return rollout(
        choice, totalTokens: body.choices.count == 1 ? body.tokens : nil, parent, cutAt: delimiter ?? "")
    }
    return TraceRecord(
      problem: context.completed(problem), recording: recording, rollouts: rollouts,
      line: line)
  }

  /// Continuations share the circumstances of the stored recording that they continue.
  private func recording(_ place: ContinuationName?, model: String?) -> Recording {
    guard let place else {
      var recording = context.recording(delimiter: context.options.stepDelimiter ?? Self.defaultDelimiter)
      recording.model = model
      return recording
    }
    let continued = context.options.recordings[place.recording]
    return Recording(
      name: ContinuationName.recording(continuing: place.recording), model: continued?.model ?? model,
      temperature: continued?.temperature, topP: continued?.topP,
      delimiter: continued?.delimiter ?? context.options.stepDelimiter ?? Self.defaultDelimiter, sampling: .search)
  }

  private func rollout(
    _ choice: OpenAIBatchBody.Choice, totalTokens: Int?, _ parent: RolloutRecord.Parent?, cutAt delimiter: String
  ) -> RolloutRecord {
    var rollout = RolloutRecord(wholeText: choice.text)
    if !delimiter.isEmpty {
      rollout = RolloutRecord(steps: choice.text.pieces(between: delimiter), delimiter: delimiter)
    }
    rollout.finish = choice.finish
    rollout.parent = parent
    rollout.totalTokens = totalTokens ?? choice.logProbabilities.map(\.count)
    if rollout.stepEnds.count == 1, let each = choice.logProbabilities {
      rollout.logProbabilities = [each.reduce(0, +)]
    }
    return rollout
  }
}
