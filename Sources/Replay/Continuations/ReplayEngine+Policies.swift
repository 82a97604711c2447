import Traces

extension ReplayEngine {
  /// Moves a candidate on that has used up the recorded continuations of its node; false where the run is refused.
  mutating func advanceByPolicy(_ candidate: inout Candidate) -> Bool {
    switch policy {
    case .strict:
      tally.isRefused = true
      return false
    case .shared: return share(&candidate)
    case .nearest: return borrowNearest(&candidate) || share(&candidate)
    case .matched: return borrowMatched(&candidate)
    }
  }

  /// Goes on as the nearest prefix of the same hidden state: at the same depth, or where those are used up up to three
  /// steps earlier or later; where those are, too, as one of another problem; and at last as one that was used before.
  private mutating func borrowMatched(_ candidate: inout Candidate) -> Bool {
    let node = Int(candidate.node)
    let group = ownGroup(of: node)
    if !donors.isExhausted(group), !isLent(node), pool.recordedDraws(after: node) > 0 {
      let place = donors.place(of: node)
      borrow(&candidate, from: group, key: donors.key(at: place), start: place)
      return true
    }
    guard let lender = lender(for: candidate, group: group) else { return refuse() }
    if donors.isOtherDepth(lender, than: group, siblings: siblings) { tally.coverage.fromOtherDepths &+= 1 }
    if isOfOtherProblems(lender) { tally.coverage.fromOtherProblems &+= 1 }
    let key = scores.latentKey(ofNode: node)
    borrow(&candidate, from: lender, key: key, start: donors.lowerBound(group: lender, key: key))
    return true
  }

  private func isOfOtherProblems(_ group: Int) -> Bool { (group - donors.firstGroup) % siblings >= ownSiblings }

  /// The group that a candidate borrows from whose own group may be used up, made ready to lend.
  private mutating func lender(for candidate: Candidate, group: Int) -> Int? {
    if !donors.isExhausted(group) { return group }
    let state = (group - donors.firstGroup) % siblings
    if let near = nearLender(state: state, steps: Int(candidate.steps), distances: 1...3) { return near }
    if siblings > ownSiblings {
      let others = nearLender(state: state + ownSiblings, steps: Int(candidate.steps), distances: 0...3)
      if let others { return others }
    }
    guard let lender = donors.lender(for: group, siblings: siblings) else { return nil }
    if donors.isExhausted(lender) { donors.renew(lender, pool: &pool) }
    return lender
  }

  /// The group of a state with something left that is nearest to a depth.
  ///
  /// Around the candidate's own steps, so that borrowing does not lengthen or shorten paths time and again.
  private func nearLender(state: Int, steps: Int, distances: ClosedRange<Int>) -> Int? {
    let depths = donors.depths(siblings)
    for distance in distances {
      for depth in [steps - distance, steps + distance] where depth > 0 && depth < depths {
        let group = donors.firstGroup + depth * siblings + state
        if !donors.isExhausted(group) { return group }
      }
    }
    return nil
  }

  /// Goes on as one of the k nearest prefixes of the same depth by aggregated score; false where none is left.
  private mutating func borrowNearest(_ candidate: inout Candidate) -> Bool {
    let own = Int(candidate.node)
    let group = donors.group(of: own)
    guard !donors.isExhausted(group) else { return false }
    if candidate.score == scores.score[own], pool.recordedDraws(after: own) > 0 {
      let place = donors.place(of: own)
      borrow(&candidate, from: group, key: donors.key(at: place), start: place)
    } else {
      let key = scores.matchingKey(of: candidate)
      borrow(&candidate, from: group, key: key, start: donors.lowerBound(group: group, key: key))
    }
    return true
  }

  @inline(__always)
  private mutating func borrow(_ candidate: inout Candidate, from group: Int, key: Double, start: Int) {
    let donor = donors.draw(group: group, key: key, from: start, neighbours: neighbours, stream: &stream)
    if donors.isRepeated(donor) { tally.coverage.shared &+= 1 } else { tally.coverage.borrowed &+= 1 }
    let child = pool.drawRecorded(after: donor, stream: &stream)
    noteUse(of: donor)
    take(&candidate, child)
  }

  /// Draws one of the candidate's own continuations again.
  private mutating func share(_ candidate: inout Candidate) -> Bool {
    let child = pool.drawAgain(after: Int(candidate.node), stream: &stream)
    guard child >= 0 else { return refuse() }
    tally.coverage.shared += 1
    take(&candidate, child)
    return true
  }

  private mutating func refuse() -> Bool {
    tally.isRefused = true
    return false
  }

  /// The logarithm of the mean score of a candidate's recorded successors (the mean itself on unbounded scales); 0 where
  /// none is recorded. arXiv 2510.05825, look-ahead modulation.
  mutating func lookAhead(from candidate: Candidate) -> Double {
    let node = Int(candidate.node)
    guard !isFinished(candidate) else { return 0 }
    // Nothing is recorded after a lent step.
    let draws = pool.recordedDraws(after: node)
    guard draws > 0 else {
      tally.coverage.missedLookAheads += 1
      return 0
    }
    tally.coverage.lookAheads += 1
    var sum = 0.0
    for child in tree.children(of: node) { sum += scores.step[child] * Double(tree.visits[child]) }
    return scores.logMean(sum / Double(draws))
  }

  /// Draws complete rollouts without replacement and pays for them.
  mutating func drawRollouts(_ count: Int, into drawn: inout [Int32]) {
    drawn.removeAll(keepingCapacity: true)
    for _ in 0..<count { drawRollout(into: &drawn) }
  }

  /// Draws one more rollout and pays for it: its tokens, and its steps' judgements; on the prefix channel only the whole
  /// rollout is judged.
  mutating func drawRollout(into drawn: inout [Int32]) {
    let position = drawn.count
    let rollout =
      position < prepared.count ? Int(prepared[position]) : subset.draw(position, stream: &stream)
    drawn.append(Int32(truncatingIfNeeded: rollout))
    pay(forRollout: rollout)
  }

  /// Counts a rollout's tokens and judgements.
  mutating func pay(forRollout rollout: Int) {
    tally.generations += 1
    tally.scorerCalls += readsPrefixes ? 1 : Int(selection.steps[rollout])
    let tokens = selection.tokens[rollout]
    tally.tokens += tokens.isNaN ? 0 : Int(tokens)
    tally.scorerTokens += tokens.isNaN ? 0 : Int(tokens)
  }
}
