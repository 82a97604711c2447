import Traces

/// Online runs as a recording: the whole tree of each run, with the branches that were dropped.
struct OnlineReader: LineReader {
  static let name = "online"
  static let summary = "runs of a method made online, with the trees of their steps"
  static let signatures = [Signature("problem", "method", "budget", "replicate", "right")]
  static let answersMayBeStored = true
  static let parentsAreWithinRecord = true
  static let scorersAreUnnamed = true

  /// Steps of online runs are joined by a line break: the format does not say what they were cut at.
  static let delimiter = "\n"

  private let context: ReadingContext
  private let step: ScoreColumn
  private let prefix: ScoreColumn

  init(context: ReadingContext, sample: [TextLine]) {
    self.context = context
    let scorer = context.scorer()
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
    let problem = context.completed(Problem(key: run.problem))
    let sampling = context.options.sampling ?? .search
    let record = TraceRecord(
      problem: problem, recording: Recording(name: "", delimiter: Self.delimiter, sampling: sampling),
      columns: [step, prefix], rollouts: try tree(of: run).rollouts(delimiter: Self.delimiter), line: line.number)
    return ParsedLine(records: [record])
  }

  /// A path among the run's final ones is over; so is a dropped one that had boxed its answer. All others are open.
  private func tree(of run: OnlineRun) throws -> SegmentTree {
    let final = Set(run.final)
    var tree = SegmentTree()
    for (index, node) in run.nodes.enumerated() {
      if node.parent >= 0 { try checkAlike(run.nodes[node.parent], node, index) }
      let isOver = node.text.contains(#"\boxed"#)
      tree.add(
        SegmentTree.Node(
          parent: node.parent, text: node.text, tokens: node.tokens, logProbability: node.logProbability,
          scores: [node.score, node.prefixScore], finish: isOver ? .stop : .open))
      if final.contains(index) { tree.end(index, .stop) }
    }
    return tree
  }

  /// Along a path every step has a value or none has.
  private func checkAlike(_ parent: OnlineRun.Node, _ node: OnlineRun.Node, _ index: Int) throws {
    let keys: [(String, Bool, Bool)] = [
      ("tokens", parent.tokens == nil, node.tokens == nil),
      ("logprob", parent.logProbability == nil, node.logProbability == nil),
      ("score", parent.score == nil, node.score == nil),
      ("prefixScore", parent.prefixScore == nil, node.prefixScore == nil),
    ]
    for (key, parentLacks, nodeLacks) in keys where parentLacks != nodeLacks {
      throw UnacceptableData(
        field: "nodes[\(index)].\(key)", found: nodeLacks ? "no such key" : "a value, but none on node \(node.parent)",
        expected: "`\(key)` for every node of a path, or for none")
    }
  }
}
