extension TraceTree {
  /// Builds the tree of a problem from its recorded segments.
  ///
  /// - Parameters:
  ///   - problem: The problem.
  ///   - segments: The recorded segments; a parent comes before those that continue it.
  ///   - mergePrefixes: Whether equal steps after equal prefixes are one node with several visits. Without merging
  ///     every recorded step is a node of its own, as it would be with long free text.
  /// - Throws: `TraceTreeError` where the segments do not make a tree.
  /// - Complexity: O(n) in the number of steps.
  public init(
    problem: Problem,
    segments: RecordedSegments,
    mergePrefixes: Bool = true
  ) throws(TraceTreeError) {
    try segments.validate(problem: problem.key)
    var builder = TraceTreeBuilder(segments: segments, mergePrefixes: mergePrefixes)
    builder.addLevels()
    self.init(problem: problem, builder: builder)
  }

  private init(problem: Problem, builder: TraceTreeBuilder) {
    let segments = builder.segments
    self.problem = problem
    recordings = segments.recordings
    parent = builder.parent
    depth = builder.depth
    visits = builder.visits
    greedySuccessor = builder.greedySuccessor
    firstChild = builder.childOffsets()
    levelStart = builder.levelStart
    isTerminal = builder.isTerminal
    answerClass = builder.answerClass
    classCount = Int(segments.answerClass.max() ?? 0).advanced(by: 1).clamped(from: 1)
    tokens = builder.tokens
    logProbability = builder.logProbability
    columns = segments.columns
    scores = builder.scores
    let independent = (0..<segments.count).filter {
      segments.parent[$0] < 0 && segments.finish[$0] != .open
        && segments.recordings[Int(segments.recording[$0])].sampling == .independent
    }
    rollouts = independent.map { builder.currentNode[$0] }
    rolloutRecording = independent.map { segments.recording[$0] }
    segmentEnds = builder.currentNode
  }
}

extension Int {
  fileprivate func clamped(from lowest: Int) -> Int { Swift.max(self, lowest) }
}
