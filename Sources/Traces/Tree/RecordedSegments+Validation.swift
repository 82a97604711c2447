extension RecordedSegments {
  /// Checks that parents come first, that their paths are long enough, and that no rollout goes on after its end.
  ///
  /// - Throws: `TraceTreeError` for the first segment that does not fit.
  public func validate(problem: String) throws(TraceTreeError) {
    var pathLength = [Int](repeating: 0, count: count)
    for segment in 0..<count {
      let own = steps(of: segment).count
      guard own > 0 else { throw .noSteps(problem: problem, rollout: segment) }
      let parent = Int(self.parent[segment])
      let step = Int(parentStep[segment])
      if parent >= 0 {
        try checkParent(of: segment, problem: problem, pathLength: pathLength)
        pathLength[segment] = step + own
      } else {
        pathLength[segment] = own
      }
    }
  }

  private func checkParent(of segment: Int, problem: String, pathLength: [Int]) throws(TraceTreeError) {
    let parent = Int(self.parent[segment])
    let step = Int(parentStep[segment])
    guard parent < segment else {
      throw .parentNotBefore(problem: problem, rollout: segment, parent: parent)
    }
    guard step >= 0, step <= pathLength[parent] else {
      throw .parentTooShort(
        problem: problem, rollout: segment, parent: parent, step: step, available: pathLength[parent])
    }
    guard finish[parent] == .open || step < pathLength[parent] else {
      throw .parentIsOver(problem: problem, rollout: segment, parent: parent)
    }
  }
}
