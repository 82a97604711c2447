import SimulatedModels
import Traces

/// One problem's recorded tree as a generator: the continuations of a node have the law that was recorded after it.
///
/// A node with few recorded draws would repeat itself, as no language model does. So what was recorded after a node is
/// mixed with what was recorded after nodes of its depth with the nearest scores, by the weight of `blur` draws.
struct TreeGenerator: OnlineGenerator {
  let tree: TraceTree
  /// The column that the runs are guided by, each score a judgement of its own.
  let column: Int
  /// Draws of the neighbours that are mixed into each node's own.
  let blur: Int
  /// For each node its neighbours' recorded draws, as nodes.
  private let pooled: [[Int32]]

  init(tree: TraceTree, column: Int, blur: Int) {
    self.tree = tree
    self.column = column
    self.blur = blur
    pooled = (0..<tree.nodeCount).map { blur > 0 ? Self.neighbours(of: $0, in: tree, column: column) : [] }
  }

  /// At least 16 draws after other nodes of the same depth, nearest in score first.
  private static func neighbours(of node: Int, in tree: TraceTree, column: Int) -> [Int32] {
    guard node > 0, !tree.isTerminal[node] else { return [] }
    let scores = tree.scores[column]
    let others = tree.nodes(atDepth: Int(tree.depth[node])).filter { $0 != node && !tree.children(of: $0).isEmpty }
    let ordered = others.sorted {
      (abs(scores[$0] - scores[node]), $0) < (abs(scores[$1] - scores[node]), $1)
    }
    var draws: [Int32] = []
    for other in ordered where draws.count < 16 { draws += Self.draws(after: other, in: tree) }
    return draws
  }

  private static func draws(after node: Int, in tree: TraceTree) -> [Int32] {
    tree.children(of: node).flatMap { Array(repeating: Int32($0), count: Int(tree.visits[$0])) }
  }

  func start(using random: inout RandomStream) -> Int {
    var node = 0
    advance(&node, using: &random)
    return node
  }

  func advance(_ path: inout Int, using random: inout RandomStream) {
    let children = tree.children(of: path)
    let own = children.reduce(0) { $0 + Int(tree.visits[$1]) }
    let mixed = pooled[path].isEmpty ? 0 : blur
    var place = random.below(own + mixed)
    guard place < own else {
      path = Int(pooled[path][random.below(pooled[path].count)])
      return
    }
    for child in children {
      place -= Int(tree.visits[child])
      if place < 0 {
        path = child
        return
      }
    }
  }

  func isOver(_ path: Int) -> Bool { tree.isTerminal[path] }

  func isRight(_ path: Int) -> Bool { tree.answerClass[path] == 0 }

  func score(_ path: Int) -> Double { tree.scores[column][path] }

  /// Independent chains, recorded as a store would hold them.
  func recording(chains: Int, mergePrefixes: Bool, seed: UInt64) throws -> TraceTree {
    var random = RandomStream(
      RandomStream.Key(seed: seed, problem: tree.problem.key, method: "recording", settings: ""), budget: 0,
      replicate: 0)
    var segments = RecordedSegments(columns: tree.columns, recordings: [Recording(name: "chains")])
    for _ in 0..<chains {
      var path = [start(using: &random)]
      while let last = path.last, !isOver(last) {
        var next = last
        advance(&next, using: &random)
        path.append(next)
      }
      segments.append(
        .init(answerClass: path.last.map { tree.answerClass[$0] } ?? -1), keys: path.map { UInt64($0) },
        tokens: path.map { tree.tokens[$0] }, logProbabilities: path.map { tree.logProbability[$0] },
        scores: tree.scores.map { column in path.map { column[$0] } })
    }
    return try TraceTree(problem: tree.problem, segments: segments, mergePrefixes: mergePrefixes)
  }
}
