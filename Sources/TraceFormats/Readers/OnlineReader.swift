import Traces

/// Online runs as a recording: the whole tree of each run, with the branches that were dropped.
struct OnlineReader: LineReader {
  static let name = "online"
  static let summary = "runs of a method made online, with the trees of their steps"
  static let signatures = [Signature("problem", "method", "budget", "replicate", "right")]
  static let parentsAreWithinRecord = true

  /// Steps of online runs are joined by a line break: the format does not say what they were cut at.
  static let delimiter = "\n"

  private let context: ReadingContext
  private let step: ScoreColumn
  private let prefix: ScoreColumn

  init(context: ReadingContext, sample: [TextLine]) {
    self.context = context
    let scorer = context.scorer(context.options.impliedScorer)
    step = context.column(scorer, .step)
    prefix = context.column(scorer, .prefix)
  }

  func read(_ line: TextLine) throws -> ParsedLine {
    let run = try OnlineRun(line, step: step, prefix: prefix)
    guard !run.nodes.isEmpty else {
      throw UnacceptableData(
        field: "nodes", found: "no steps", expected: "the steps that the run drew",
        remedy: "runs without steps can be compared with (`retrace fidelity --online`), not ingested")
    }
    var problem = Problem(key: run.problem)
    problem = context.options.problems?.completing(problem) ?? problem
    let sampling = context.options.sampling ?? .search
    let record = TraceRecord(
      problem: problem, recording: Recording(name: "", delimiter: Self.delimiter, sampling: sampling),
      columns: [step, prefix], rollouts: try OnlineSegments(run).rollouts(), line: line.number)
    return ParsedLine(records: [record])
  }
}
