import Traces

/// The steps of one problem's complete rollouts with a drawing of their hidden states: what the problem can lend, and how
/// its paths move from state to state.
public struct StatedSteps: Sendable {
  /// The problem's key.
  let problem: String
  /// The laws of this problem's own paths, as counts.
  private(set) var counts: StateCounts
  /// All steps but first ones, rollout after rollout.
  private(set) var moves: [StatedMove] = []

  /// Draws the states of a problem's steps; rollouts with an unscored step are left out.
  ///
  /// - Parameters:
  ///   - tree: The problem's tree.
  ///   - column: The index of the scored column.
  ///   - model: A model fitted to the same column.
  ///   - seed: The study's seed.
  /// - Complexity: O(n) in the number of nodes.
  public init(tree: TraceTree, column: Int, model: LatentStateModel, seed: UInt64) {
    problem = tree.problem.key
    counts = StateCounts(states: model.stateCount)
    guard model.stateCount > 1, tree.nodeCount > 1 else { return }
    let keys = LatentStates.keys(tree, column: column, model: model)
    let states = LatentStates.drawings(tree, column: column, keys: keys, model: model, seed: seed, count: 1)[0]
    let offset = model.offset(of: problem)
    for rollout in tree.rollouts {
      let path = tree.path(to: Int(rollout))
      guard path.allSatisfy({ keys[$0].isFinite }) else { continue }
      for (before, node) in zip(path, path.dropFirst()) {
        let move = StatedMove(
          from: states[before], to: states[node], depth: tree.depth[node], isEnd: node == path.last,
          innovationBefore: keys[before] - offset, innovation: keys[node] - offset, tokens: tree.tokens[node])
        moves.append(move)
        counts.note(from: move.from, to: move.to)
      }
      if let last = path.last { counts.noteEnd(in: states[last], isRight: tree.answerClass[last] == 0) }
    }
  }
}

/// A step from one hidden state to the next.
struct StatedMove: Sendable {
  var from: UInt8
  var to: UInt8
  /// Steps from the prompt, this one included: 2 or more.
  var depth: Int32
  /// Whether the rollout was over with it.
  var isEnd: Bool
  /// What was new in the score of the step before, without the problem's offset.
  var innovationBefore: Double
  /// What was new in the score of the step itself, without the problem's offset.
  var innovation: Double
  /// -1 where unknown.
  var tokens: Int32
}
