import Traces

extension ReplayEngine {
  /// A candidate as it is judged with greedy steps after it: its own node, and the aggregate over its own steps and the
  /// greedy ones.
  ///
  /// The steps are those that a recording at temperature 0 took after the candidate's node. They end at an end, or at the
  /// first one that is not recorded, which coverage counts. Their tokens are paid for by every candidate, as online.
  ///
  /// - Parameters:
  ///   - candidate: Where to look ahead from; it does not move.
  ///   - steps: k, the number of greedy steps.
  ///   - isScored: Whether the scorer reads the greedy steps, too.
  mutating func judgedAhead(_ candidate: Candidate, steps: Int, isScored: Bool) -> Candidate {
    var ahead = candidate
    let draws = history.count
    for _ in 0..<steps where !isFinished(ahead) {
      guard !isLent(Int(ahead.node)), let next = tree.greedySuccessor(of: Int(ahead.node)) else {
        tally.coverage.missedLookAheads += 1
        break
      }
      tally.coverage.lookAheads += 1
      retrace(&ahead, to: next)
      let tokens = Int(pool.steps[next].tokens)
      tally.tokens += tokens
      guard isScored else { continue }
      tally.scorerCalls += 1
      tally.scorerTokens += readsPrefixes ? Int(ahead.tokens) : tokens
    }
    // The greedy steps are no draws of the run.
    history.truncate(to: draws)
    ahead.node = candidate.node
    ahead.entry = candidate.entry
    return ahead
  }
}
