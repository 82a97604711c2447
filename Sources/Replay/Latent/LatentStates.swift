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
  /// What other problems lend, behind the tree's own nodes.
  let lent: LentSteps
  /// The number of groups of donors at each depth: one a state, and one more a state for what is lent.
  let siblings: Int
  /// The donors of each drawing: nodes of the same depth and state, in order of their scores, or of what is new in them;
  /// at each depth first the problem's own by state, then lent ones by state.
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
    let keys = Self.keys(tree, column: column, model: model)
    let isDonor = tree.hasRecordedDraws
    let drawings = Self.drawings(tree, column: column, keys: keys, model: model, seed: seed)
    let lent = Self.lent(
      to: tree, column: column, isDonor: isDonor, states: drawings.first ?? [], model: model, seed: seed)
    self.drawings = drawings
    self.lent = lent
    stateCount = model.stateCount
    let depths = Int(max(lent.depth.max() ?? 0, Int32(tree.maximumDepth))) + 1
    let siblings = lent.count > 0 ? 2 * model.stateCount : model.stateCount
    self.siblings = siblings
    let allKeys = keys + lent.innovations
    let order = DonorIndex.order(of: allKeys)
    let goesOn = isDonor + (0..<lent.count).map { lent.isLender($0) }
    donorIndexes = drawings.indices.map { drawing in
      let own = zip(tree.depth, drawings[drawing]).map { $0 * Int32(siblings) + Int32($1) }
      return DonorIndex(
        order: order, keys: allKeys, group: own + lent.groups(siblings: siblings, after: model.stateCount),
        groups: depths * siblings, isDonor: goesOn)
    }
  }

  /// What is new in the score of each node; 0 for the prompt.
  static func keys(_ tree: TraceTree, column: Int, model: LatentStateModel) -> [Double] {
    PrefixCourse(
      step: tree.scores[column], parent: tree.parent, depth: tree.depth, scale: tree.columns[column].scale,
      dynamics: model.dynamics
    ).innovation
  }

  /// Draws the states of all nodes several times.
  static func drawings(
    _ tree: TraceTree, column: Int, keys: [Double], model: LatentStateModel, seed: UInt64, count: Int = count
  ) -> [[UInt8]] {
    let evidence = Self.evidence(tree, keys: keys, model: model)
    let streamKey = streamKey("latentStates", tree, column: column, seed: seed)
    return (0..<count).map { drawing in
      var stream = RandomStream(streamKey, budget: 0, replicate: drawing)
      return draw(tree, evidence: evidence, model: model, stream: &stream)
    }
  }

  private static func streamKey(_ purpose: String, _ tree: TraceTree, column: Int, seed: UInt64) -> RandomStream.Key {
    let description = tree.columns[column]
    return RandomStream.Key(
      seed: seed, problem: tree.problem.key, method: purpose,
      settings: description.scorer + "/" + description.channel.rawValue)
  }

  /// What other problems lend where a state has few prefixes of the problem's own.
  private static func lent(
    to tree: TraceTree, column: Int, isDonor: [Bool], states: [UInt8], model: LatentStateModel, seed: UInt64
  ) -> LentSteps {
    guard let library = model.library, !states.isEmpty else { return .none }
    let borrower = Borrower(tree: tree, states: states, isDonor: isDonor, stateCount: model.stateCount)
    var stream = RandomStream(
      streamKey("loans", tree, column: column, seed: seed), budget: 0, replicate: 0)
    return library.lend(to: borrower, model: model, scale: tree.columns[column].scale, using: &stream)
  }

  /// States that are known, of a tree with one donor at most for each depth and state: there the order says nothing.
  init(tree: TraceTree, drawn: [UInt8], stateCount: Int) {
    let keys = [Double](repeating: 0, count: tree.nodeCount)
    drawings = [drawn]
    self.stateCount = stateCount
    siblings = stateCount
    lent = .none
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
    let offset = model.centre + model.offset(of: tree.problem.key)
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
      let weight = { (state: Int) in
        (parent == 0 ? start[state] : model.transition[row + state]) * evidence[node * states + state]
      }
      let total = (0..<states).reduce(0.0) { $0 + weight($1) }
      drawn[node] = UInt8(stream.index(below: states, total: total, weight: weight))
    }
    return drawn
  }
}
