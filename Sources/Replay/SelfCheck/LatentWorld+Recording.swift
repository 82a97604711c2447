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
    var drawn: [LatentStep] = []
    drawn.reserveCapacity(shape.keySteps.count)
    for segment in 0..<shape.count {
      let steps = shape.steps(of: segment)
      let departed = Int(shape.parentStep[segment])
      var last = departure(of: segment, drawn: drawn)
      for (index, _) in steps.enumerated() {
        let next = drawStep(after: last, step: departed + index + 1, using: &stream)
        drawn.append(next)
        last = next
      }
      let isOpen = shape.finish[segment] == .open
      segments.append(
        .init(
          parent: shape.parent[segment], parentStep: shape.parentStep[segment], finish: shape.finish[segment],
          answerClass: isOpen ? -1 : drawAnswer(in: last?.state ?? 0, using: &stream),
          recording: shape.recording[segment]),
        keys: steps.map { UInt64($0) }, scores: [drawn[steps].map(score(of:))])
    }
    return try TraceTree(problem: problem, segments: segments, mergePrefixes: false)
  }

  /// The step after which a segment leaves its ancestors; `nil` for one from the prompt.
  private func departure(of segment: Int, drawn: [LatentStep]) -> LatentStep? {
    let step = Int(shape.parentStep[segment])
    guard step > 0 else { return nil }
    var ancestor = Int(shape.parent[segment])
    while ancestor >= 0, Int(shape.parentStep[ancestor]) >= step { ancestor = Int(shape.parent[ancestor]) }
    guard ancestor >= 0 else { return nil }
    let position = shape.firstStep[ancestor] + step - Int(shape.parentStep[ancestor]) - 1
    return position < drawn.count ? drawn[position] : nil
  }
}
