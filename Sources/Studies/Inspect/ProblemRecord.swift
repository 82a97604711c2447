import Replay
import TraceStore
import Traces

/// One problem's recorded tree with its texts, and what lies below each node.
struct ProblemRecord: Sendable {
  /// The problem.
  let problem: Problem
  /// The recordings that the tree is made of.
  let group: RecordingGroup
  /// The tree.
  let tree: TraceTree
  /// The step's text of each node; empty for the prompt.
  let texts: [String]
  /// An answer of each class, the right one first; `nil` where none is recorded.
  let answers: [String?]
  /// Recorded ends at or below each node.
  let ends: [Int]
  /// Those of them that are right.
  let rightEnds: [Int]
  /// The number of recorded rollouts and segments.
  let segments: Int

  /// Reads a problem.
  ///
  /// - Parameters:
  ///   - stored: The problem.
  ///   - group: The recordings to take.
  ///   - scorers: The scorers whose columns to take; all without.
  ///   - mergesPrefixes: Whether equal steps after equal prefixes are one node.
  ///   - reader: A method, which leaves out the rollouts that its scorer has not seen; all stay without.
  ///   - store: The store.
  /// - Throws: `UnacceptableData` for names that the store does not have.
  init(
    _ stored: StoredProblem,
    group: RecordingGroup,
    scorers: [String]?,
    mergesPrefixes: Bool,
    reader: MethodCell? = nil,
    in store: TraceStore
  ) throws {
    var segments = try store.segments(of: stored, recordings: group.recordings, scorers: scorers)
    var rollouts = try store.rollouts(of: stored, recordings: group.recordings, scorers: scorers)
    var tree = try TraceTree(problem: stored.problem, segments: segments, mergePrefixes: mergesPrefixes)
    if let column = reader?.column(in: tree),
      let scored = try ScoredTree(of: tree, segments: segments, column: column, mergesPrefixes: mergesPrefixes)
    {
      segments = segments.reordered(scored.kept)
      rollouts = scored.kept.map { rollouts[$0] }
      tree = scored.tree
    }
    problem = stored.problem
    self.group = group
    self.segments = segments.count
    self.tree = tree
    let nodes = try TraceTree.nodes(ofSteps: segments, mergePrefixes: mergesPrefixes)
    texts = Self.texts(of: rollouts, segments, nodes, count: tree.nodeCount)
    answers = Self.answers(of: rollouts, segments, count: tree.classCount)
    ends = Self.sums(tree) { $0.isTerminal[$1] }
    rightEnds = Self.sums(tree) { $0.isTerminal[$1] && $0.answerClass[$1] == 0 }
  }

  private static func texts(
    of rollouts: [StoredRollout],
    _ segments: RecordedSegments,
    _ nodes: [Int32],
    count: Int
  ) -> [String] {
    var texts = [String](repeating: "", count: count)
    for (segment, rollout) in rollouts.enumerated() {
      for (position, text) in zip(segments.steps(of: segment), rollout.stepTexts) { texts[Int(nodes[position])] = text }
    }
    return texts
  }

  private static func answers(of rollouts: [StoredRollout], _ segments: RecordedSegments, count: Int) -> [String?] {
    var answers = [String?](repeating: nil, count: count)
    for (segment, rollout) in rollouts.enumerated() {
      let answerClass = Int(segments.answerClass[segment])
      if answerClass >= 0, answers[answerClass] == nil { answers[answerClass] = rollout.answer }
    }
    return answers
  }

  /// For each node the recorded draws of all nodes at or below it that fit.
  private static func sums(_ tree: TraceTree, where fits: (TraceTree, Int) -> Bool) -> [Int] {
    var sums = [Int](repeating: 0, count: tree.nodeCount)
    for node in stride(from: tree.nodeCount - 1, through: 1, by: -1) {
      if fits(tree, node) { sums[node] += Int(tree.visits[node]) }
      sums[Int(tree.parent[node])] += sums[node]
    }
    return sums
  }
}

extension ProblemRecord {
  /// Whether a right answer is recorded at or below a node.
  func reachesRight(_ node: Int) -> Bool { rightEnds[node] > 0 }

  /// How a node ended, in words; `nil` for one without an end.
  func outcome(of node: Int) -> String? {
    tree.isTerminal[node] ? outcome(ofClass: Int(tree.answerClass[node])) : nil
  }

  /// An end with an answer of a class, or with none (-1), in words.
  func outcome(ofClass answerClass: Int) -> String {
    guard answerClass >= 0 else { return "→ no answer" }
    let answer = OneLineText.shortened(answers[answerClass] ?? "", to: 40)
    return "→ \(answer) (class \(answerClass), \(answerClass == 0 ? "right" : "wrong"))"
  }

  /// The colour of a node: what it ended in, or whether a right end is recorded below it.
  func kind(of node: Int) -> Outline.Kind {
    if reachesRight(node) { return .right }
    return tree.isTerminal[node] || ends[node] > 0 ? .wrong : .open
  }
}
