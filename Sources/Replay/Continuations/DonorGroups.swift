import Traces

/// The donors that a policy offers on a problem: one index, or one for each drawing of the hidden states.
struct DonorGroups: Sendable {
  var policy: ContinuationPolicy
  /// How many of the nearest donors a loan is drawn from.
  var neighbours: Int
  /// The number of groups of donors at each depth.
  var siblings: Int
  /// The number of those that are the problem's own; the others hold what is lent.
  var ownSiblings: Int
  var indexes: [DonorIndex]
  /// Steps of other problems, behind the tree's own nodes.
  var lent = LentSteps.none

  /// The donors of a policy that matches aggregated scores, or none.
  init(_ policy: ContinuationPolicy, neighbours: Int, tree: TraceTree, scores: PathScores) {
    self.policy = policy
    self.neighbours = neighbours
    siblings = 1
    ownSiblings = 1
    indexes = policy == .nearest ? [DonorIndex(nearestIn: tree, scores: scores)] : []
  }

  /// The donors of the same drawn state.
  init(states: LatentStates) {
    policy = .matched
    neighbours = 1
    ownSiblings = states.stateCount
    siblings = states.siblings
    indexes = states.donorIndexes
    lent = states.lent
  }
}
