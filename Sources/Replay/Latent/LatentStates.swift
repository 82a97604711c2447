import Foundation
import Traces

/// Hidden states of one problem's nodes, drawn several times from their law given all scores and outcomes.
///
/// Upwards, each node collects what its own score, its end and its continuations say about its state; downwards, states
/// are drawn from the prompt on. On a chain this is forward-filtering backward-sampling (C. K. Carter and R. Kohn,
/// Biometrika 81 (1994), doi 10.1093/biomet/81.3.541) run from the other end.
public struct LatentStates: Sendable {
  /// The number of states.
  public let stateCount: Int
  /// For each drawing the state of each node; 0 for the prompt.
  public let drawings: [[UInt8]]
  /// The donors of each drawing: nodes of the same depth and state, in order of their scores, or of what is new in them.
  let donorIndexes: [DonorIndex]

  /// How many times the states are drawn; replicate r uses drawing r mod 8.
  static let count = 8

  /// Draws the states of a tree's nodes.
  ///
  /// - Parameters:
  ///   - tree: The problem's tree.
  ///   - column: The index of the scored column; all its scores must be known.
  ///   - model: A model fitted to the same column.
  ///   - seed: The study's seed.
  /// - Complexity: O(n) in the number of nodes, and one sort.
  public init(tree: TraceTree, column: Int, model: LatentStateModel, seed: UInt64) {
    let description = tree.columns[column]
    let keys = PrefixCourse(
      step: tree.scores[column], parent: tree.parent, depth: tree.depth, scale: description.scale,
      dynamics: model.dynamics
    ).innovation
    let evidence = Self.evidence(tree, keys: keys, model: model)
    let streamKey = RandomStream.Key(
      seed: seed, problem: tree.problem.key, method: "latentStates",
      settings: description.scorer + "/" + description.channel.rawValue)
    let states = model.stateCount
    var drawings: [[UInt8]] = []
    for drawing in 0..<Self.count {
      var stream = RandomStream(streamKey, budget: 0, replicate: drawing)
      drawings.append(Self.draw(tree, evidence: evidence, model: model, stream: &stream))
    }
    let order = DonorIndex.order(of: keys)
    let isDonor = tree.hasRecordedDraws
    donorIndexes = drawings.map { drawing in
      DonorIndex(
        order: order, keys: keys,
        group: (0..<tree.nodeCount).map { tree.depth[$0] * Int32(states) + Int32(drawing[$0]) },
        groups: (tree.maximumDepth + 1) * states, isDonor: isDonor)
    }
    self.drawings = drawings
    stateCount = states
  }

  /// States that are known, of a tree with one donor at most for each depth and state: there the order says nothing.
  init(tree: TraceTree, drawn: [UInt8], stateCount: Int) {
    let keys = [Double](repeating: 0, count: tree.nodeCount)
    drawings = [drawn]
    self.stateCount = stateCount
    donorIndexes = [
      DonorIndex(
        order: keys.indices.map { Int32($0) }, keys: keys,
        group: keys.indices.map { tree.depth[$0] * Int32(stateCount) + Int32(drawn[$0]) },
        groups: (tree.maximumDepth + 1) * stateCount,
        isDonor: keys.indices.map { !tree.children(of: $0).isEmpty })
    ]
  }

  /// For each node and state the likelihood of everything from the node on, up to a factor.
  private static func evidence(_ tree: TraceTree, keys: [Double], model: LatentStateModel) -> [Double] {
    let states = model.stateCount
    let offset = model.centre + model.spread * (model.offsetByProblem[ExactText(tree.problem.key)] ?? 0)
    var evidence = [Double](repeating: 1, count: tree.nodeCount * states)
    for node in stride(from: tree.nodeCount - 1, to: 0, by: -1) {
      let value = (keys[node] - offset) / model.spread
      var total = 0.0
      for state in 0..<states {
        var likelihood = model.density(value, state: state)
        if tree.isTerminal[node] {
          let right = model.rightProbability[state]
          likelihood *= tree.answerClass[node] == 0 ? right : 1 - right
        }
        evidence[node * states + state] *= likelihood
        total += evidence[node * states + state]
      }
      for state in 0..<states {
        evidence[node * states + state] = total > 0 ? evidence[node * states + state] / total : 1 / Double(states)
      }
      pass(evidence: &evidence, from: node, to: Int(tree.parent[node]), model: model)
    }
    return evidence
  }

  /// Multiplies into a parent what a child's evidence says about the parent's state.
  private static func pass(evidence: inout [Double], from node: Int, to parent: Int, model: LatentStateModel) {
    guard parent > 0 else { return }
    let states = model.stateCount
    var largest = 0.0
    for from in 0..<states {
      var sum = 0.0
      for to in 0..<states { sum += model.transition[from * states + to] * evidence[node * states + to] }
      evidence[parent * states + from] *= sum
      largest = max(largest, evidence[parent * states + from])
    }
    // Nodes with hundreds of continuations would underflow.
    if largest > 0, largest < 1e-100 {
      for state in 0..<states { evidence[parent * states + state] /= largest }
    }
  }

  private static func draw(
    _ tree: TraceTree,
    evidence: [Double],
    model: LatentStateModel,
    stream: inout RandomStream
  ) -> [UInt8] {
    let states = model.stateCount
    let start = model.startByProblem[ExactText(tree.problem.key)] ?? model.start
    var drawn = [UInt8](repeating: 0, count: tree.nodeCount)
    for node in 1..<max(tree.nodeCount, 1) {
      let parent = Int(tree.parent[node])
      let row = Int(drawn[parent]) * states
      var cumulative = 0.0
      for state in 0..<states {
        let prior = parent == 0 ? start[state] : model.transition[row + state]
        cumulative += prior * evidence[node * states + state]
      }
      var point = stream.uniform() * cumulative
      var chosen = 0
      for state in 0..<states {
        let prior = parent == 0 ? start[state] : model.transition[row + state]
        let weight = prior * evidence[node * states + state]
        if weight > 0 { chosen = state }
        point -= weight
        if point < 0 { break }
      }
      drawn[node] = UInt8(chosen)
    }
    return drawn
  }
}
