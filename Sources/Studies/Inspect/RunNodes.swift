import Replay

/// The nodes that a run came to: those of the problem's own record, and steps that other problems lent.
///
/// Nothing is recorded after a lent step, and its text is another problem's: it is not shown.
struct RunNodes {
  let record: ProblemRecord
  /// The classes of the answers of lent steps that ended a path, by node.
  private let lentEnds: [Int32: Int32]

  init(_ record: ProblemRecord, _ run: RunRecord) {
    self.record = record
    lentEnds = run.lentEnds
  }

  /// Whether another problem lent a step.
  func isLent(_ node: Int) -> Bool { node >= record.tree.nodeCount }

  /// The class of the answer that a node ended in, -1 for none; `nil` where the path goes on.
  func end(_ node: Int) -> Int? {
    if isLent(node) { return lentEnds[Int32(node)].map { Int($0) } }
    return record.tree.isTerminal[node] ? Int(record.tree.answerClass[node]) : nil
  }

  /// Whether a right answer is recorded at or below a node.
  func reachesRight(_ node: Int) -> Bool { isLent(node) ? end(node) == 0 : record.reachesRight(node) }

  /// The step's text; empty where another problem lent it.
  func text(of node: Int) -> String { isLent(node) ? "" : record.texts[node] }

  /// The step in one line of at most so many characters.
  func line(of node: Int, length: Int) -> String {
    isLent(node) ? "(a step of another problem)" : OneLineText.shortened(record.texts[node], to: length)
  }

  /// How a node ended, in words; `nil` for one without an end.
  func outcome(of node: Int) -> String? { end(node).map(record.outcome(ofClass:)) }

  /// The colour of a node.
  func kind(of node: Int) -> Outline.Kind {
    guard isLent(node) else { return record.kind(of: node) }
    return reachesRight(node) ? .right : end(node) == nil ? .open : .wrong
  }
}
