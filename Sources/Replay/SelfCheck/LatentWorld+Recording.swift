import Traces

extension LatentWorld {
  /// A recording of the world with the size and shape of the real one: the same rollouts, branching where they branch
  /// and as long as they are, with states, scores and outcomes drawn afresh.
  ///
  /// - Parameters:
  ///   - number: Which of the world's recordings.
  ///   - seed: The study's seed.
  /// - Throws: `TraceTreeError` where the real record is no tree.
  public func recording(_ number: Int, seed: UInt64) throws(TraceTreeError) -> TraceTree {
    var stream = stream("world recording", seed: seed, number: number)
    var segments = RecordedSegments(
      columns: [column], recordings: shape.recordings, steps: shape.keySteps.count, segments: shape.count)
    var states: [UInt8] = []
    states.reserveCapacity(shape.keySteps.count)
    for segment in 0..<shape.count {
      let steps = shape.steps(of: segment)
      var state = departure(of: segment, states: states)
      var scores: [Double] = []
      for _ in steps {
        let next = drawState(after: state, using: &stream)
        scores.append(score(ofKey: drawKey(in: next, using: &stream)))
        states.append(UInt8(next))
        state = next
      }
      let isOpen = shape.finish[segment] == .open
      segments.append(
        .init(
          parent: shape.parent[segment], parentStep: shape.parentStep[segment], finish: shape.finish[segment],
          answerClass: isOpen ? -1 : drawAnswer(in: state ?? 0, using: &stream), recording: shape.recording[segment]),
        keys: steps.map { UInt64($0) }, scores: [scores])
    }
    return try TraceTree(problem: problem, segments: segments, mergePrefixes: false)
  }

  /// The state of the step after which a segment leaves its ancestors; `nil` for one from the prompt.
  private func departure(of segment: Int, states: [UInt8]) -> Int? {
    let step = Int(shape.parentStep[segment])
    guard step > 0 else { return nil }
    var ancestor = Int(shape.parent[segment])
    while ancestor >= 0, Int(shape.parentStep[ancestor]) >= step { ancestor = Int(shape.parent[ancestor]) }
    guard ancestor >= 0 else { return nil }
    let position = shape.firstStep[ancestor] + step - Int(shape.parentStep[ancestor]) - 1
    return position < states.count ? Int(states[position]) : nil
  }
}
