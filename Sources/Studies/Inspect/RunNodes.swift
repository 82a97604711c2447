import Replay

/// The nodes that a run came to: those of the problem's own record, and steps that other problems lent.
///
/// Nothing is recorded after a lent step, and its text is another problem's: it is not shown.
struct RunNodes {
  let record: ProblemRecord
  /// How lent steps ended, by node.
  let lentEnds: [Int32: Int32?]

  init(_ record: ProblemRecord, _ run: RunRecord) {
    self.record = record
    lentEnds = run.lentEnds
  }

  /// Whether another problem lent a step.
  func isLent(_ node: Int) -> Bool { node >= record.tree.nodeCount }

  /// The class of the answer that a node ended in, -1 for none; `nil` where the path goes on.
  func end(_ node: Int) -> Int? {
    if isLent(node) { return lentEnds[Int32(node)].flatMap { $0 }.map { Int($0) } }
    return record.tree.isTerminal[node] ? Int(record.tree.answerClass[node]) : nil
  }

  /// Whether a right answer is recorded at or below a node.
  func reachesRight(_ node: Int) -> Bool { isLent(node) ? end(node) == 0 : record.reachesRight(node) }

  /// The step's text; empty where another problem lent it.
  func text(of node: Int) -> String { isLent(node) ? "" : record.texts[node] }

  /// How a node ended, in words; `nil` for one without an end.
  func outcome(of node: Int) -> String? { end(node).map(record.outcome(ofClass:)) }

  /// The colour of a node.
  func kind(of node: Int) -> Outline.Kind {
    guard isLent(node) else { return record.kind(of: node) }
    return reachesRight(node) ? .right : end(node) == nil ? .open : .wrong
  }
}
