import Replay
import Traces

/// What is left of a problem's tree where a scorer has not seen all of it: the rollouts of which every step, inherited
/// ones included, has a score.
///
/// Equal steps after equal prefixes share their scores where they are one node, so a rollout stays in whose steps were
/// scored as another's. A rollout that continues one that is left out is left out, too.
struct ScoredTree: Sendable {
  /// The tree of the rollouts that stay.
  let tree: TraceTree
  /// The indices of their segments among all.
  let kept: [Int]

  /// Leaves out what has no scores.
  ///
  /// - Parameters:
  ///   - whole: The tree of all segments.
  ///   - segments: What it was built from.
  ///   - column: The index of the column of scores.
  ///   - mergesPrefixes: As the tree was built.
  /// - Returns: `nil` where every step has a score.
  /// - Throws: `TraceTreeError` where the segments do not make a tree.
  init?(
    of whole: TraceTree, segments: RecordedSegments, column: Int, mergesPrefixes: Bool
  ) throws(TraceTreeError) {
    guard whole.hasGap(column: column) else { return nil }
    var tree = whole
    var kept = Array(0..<segments.count)
    // What goes with a rollout that it continues may have been the only one that scored a shared step.
    while tree.hasGap(column: column) {
      let present = segments.reordered(kept)
      let scored = present.scoredThroughout(in: tree, column: column)
      kept = scored.map { kept[$0] }
      tree = try TraceTree(
        problem: whole.problem, segments: present.reordered(scored), mergePrefixes: mergesPrefixes)
    }
    self.tree = tree
    self.kept = kept
  }

  /// How many of some segments were left out, by recording.
  func leftOut(of segments: RecordedSegments) -> [Int] {
    var counts = segments.countsByRecording
    for segment in kept { counts[Int(segments.recording[segment])] -= 1 }
    return counts
  }
}

extension MethodCell {
  /// The column that the method reads; `nil` for one that reads none, or whose column is not there: it refuses that
  /// itself.
  func column(in tree: TraceTree) -> Int? {
    reading == .oneScorer ? try? tree.column(scorer: scorer, aggregation: aggregation) : nil
  }
}

extension TraceTree {
  /// Whether some step has no score in a column.
  func hasGap(column: Int) -> Bool { scores[column].dropFirst().contains(where: \.isNaN) }
}

extension RecordedSegments {
  /// How many segments each recording has.
  var countsByRecording: [Int] {
    var counts = [Int](repeating: 0, count: recordings.count)
    for recording in recording { counts[Int(recording)] += 1 }
    return counts
  }

  /// The segments whose paths have scores from the prompt to their ends, but for those that continue one without.
  fileprivate func scoredThroughout(in tree: TraceTree, column: Int) -> [Int] {
    var isScored = [Bool](repeating: true, count: tree.nodeCount)
    for node in 1..<max(tree.nodeCount, 1) {
      isScored[node] = isScored[Int(tree.parent[node])] && !tree.scores[column][node].isNaN
    }
    var stays = [Bool](repeating: true, count: count)
    for segment in 0..<count {
      let parent = Int(parent[segment])
      stays[segment] = isScored[Int(tree.segmentEnds[segment])] && (parent < 0 || stays[parent])
    }
    return stays.indices.filter { stays[$0] }
  }
}
