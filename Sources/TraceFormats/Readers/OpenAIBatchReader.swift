import Foundation
import Traces

/// The output of an OpenAI batch, or of vLLM's `run-batch`.
///
/// `custom_id` names the problem, or is a `ContinuationName`: then the rollouts' parents are those of the named stored
/// recording, not of the file. Texts are cut into steps where the user names a delimiter; else each is one step.
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
    return ParsedLine(records: [record(name, body, line.number)])
  }

  private func record(_ name: String, _ body: OpenAIBatchBody, _ line: Int) -> TraceRecord {
    let place = ContinuationName(name)
    let problem = Problem(key: place?.problem ?? name)
    let delimiter = context.options.stepDelimiter ?? Self.defaultDelimiter
    var recording = context.recording(delimiter: delimiter, sampling: place == nil ? .independent : .search)
    recording.name = place?.recording ?? ""
    recording.model = body.model
    let parent = place.flatMap { place in
      place.rollout.map { RolloutRecord.Parent(rollout: $0, step: place.step) }
    }
    let rollouts = body.choices.map { choice in
      rollout(choice, totalTokens: body.choices.count == 1 ? body.tokens : nil, parent)
    }
    return TraceRecord(
      problem: context.options.problems?.completing(problem) ?? problem, recording: recording, rollouts: rollouts,
      line: line)
  }

  private func rollout(
    _ choice: OpenAIBatchBody.Choice, totalTokens: Int?, _ parent: RolloutRecord.Parent?
  ) -> RolloutRecord {
    var rollout = RolloutRecord(wholeText: choice.text)
    if let delimiter = context.options.stepDelimiter, !delimiter.isEmpty {
      rollout = RolloutRecord(steps: choice.text.components(separatedBy: delimiter), delimiter: delimiter)
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
