import Estimation
import Traces

/// The continuations that a strict replay missed.
public struct WantsResults: Sendable {
  /// What is to be generated, problem by problem.
  public private(set) var continuations: [WantedContinuation] = []
  /// Runs made.
  public private(set) var runs = 0
  /// Runs that stopped for want of a continuation.
  public private(set) var refused = 0
  /// Whether the user stopped the study before all problems were done.
  public internal(set) var isPartial = false
  /// What was left out, and why, in sentences.
  public internal(set) var notices: [String] = []
  private let request: WantsRequest
  private var leftOut: [String] = []

  init(request: WantsRequest) { self.request = request }

  mutating func add(_ part: ProblemWants) {
    continuations += part.continuations
    runs += part.missed.runs
    refused += part.missed.refused
    for left in part.missed.leftOut where left.absence != .nothingRecorded {
      let text = "\(left.method) at N = \(left.budget): left out: \(left.absence.explanation)"
      if !leftOut.contains(text) { leftOut.append(text) }
    }
  }

  /// Ends a study: says what was left out.
  ///
  /// - Throws: `StudyError.nothingToReplay` where no run could be made.
  mutating func finish() throws(StudyError) {
    if runs == 0, !isPartial, !leftOut.isEmpty {
      throw .nothingToReplay((["nothing can be run:"] + leftOut).joined(separator: "\n  "))
    }
    notices += leftOut
  }

  /// The batch file: a request a line.
  ///
  /// - Throws: `StudyError.noModelName` where neither the user nor a recording names the model.
  public func batch() throws(StudyError) -> String {
    var text = ""
    for wanted in continuations {
      guard let model = request.model ?? wanted.recording.model else {
        throw .noModelName(recording: wanted.recording.name)
      }
      for line in wanted.requests(request, model: model) { text += line }
    }
    return text
  }

  /// Counts in the order that `--json` prints them.
  public var json: String {
    JSONValue.object([
      .init("problems", .integer(Set(continuations.map { ExactText($0.name.problem) }).count)),
      .init("prefixes", .integer(continuations.count)), .init("continuations", .integer(total)),
      .init("runs", .integer(runs)), .init("refused", .integer(refused)),
    ]).text(unfolded: 1) + "\n"
  }

  /// All continuations that are missing.
  public var total: Int { continuations.reduce(0) { $0 + $1.count } }

  /// The counts in a sentence.
  public var summary: String {
    guard total > 0 else { return "strict replay needs nothing more: all \(runs) runs found their continuations" }
    return "\(total) continuations of \(continuations.count) prefixes are missing; \(refused) of \(runs) runs stopped "
      + "for want of one"
  }
}
