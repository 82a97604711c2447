extension TraceTree {
  /// The node of each recorded step, in the order of the segments' arrays of steps: the way back from a tree to texts.
  ///
  /// - Parameters:
  ///   - segments: What the tree was built from.
  ///   - mergePrefixes: As the tree was built.
  /// - Throws: `TraceTreeError` where the segments do not make a tree.
  /// - Complexity: O(n) in the number of steps.
  public static func nodes(
    ofSteps segments: RecordedSegments,
    mergePrefixes: Bool = true
  ) throws(TraceTreeError) -> [Int32] {
    try segments.validate(problem: "")
    var builder = TraceTreeBuilder(segments: segments, mergePrefixes: mergePrefixes)
    builder.addLevels()
    var nodes = [Int32](repeating: 0, count: segments.keySteps.count)
    for segment in 0..<segments.count {
      var node = builder.currentNode[segment]
      for step in segments.steps(of: segment).reversed() {
        nodes[step] = node
        node = builder.parent[Int(node)]
      }
    }
    return nodes
  }
}
