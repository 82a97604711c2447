import Testing

@testable import Traces

@Suite struct TraceTreeTests {
  private func segments(_ rows: [(keys: [UInt64], finish: Finish, answer: Int32)]) -> RecordedSegments {
    var segments = RecordedSegments(
      columns: [ScoreColumn(scorer: "s", channel: .step)], recordings: [Recording(name: "r")])
    for row in rows {
      segments.append(
        .init(finish: row.finish, answerClass: row.answer), keys: row.keys, scores: [row.keys.map { Double($0) / 10 }])
    }
    return segments
  }

  @Test func equalPrefixesMergeAndCountVisits() throws {
    let tree = try TraceTree(
      problem: Problem(key: "p"),
      segments: segments([([1, 2, 3], .stop, 0), ([1, 4], .stop, 1), ([1, 2, 5], .length, -1)]))
    #expect(tree.parent == [-1, 0, 1, 1, 2, 2])
    #expect(tree.visits == [3, 3, 2, 1, 1, 1])
    #expect(tree.levelStart == [0, 1, 2, 4, 6])
    #expect(tree.children(of: 1) == 2..<4)
    #expect(tree.children(of: 2) == 4..<6)
    #expect(tree.children(of: 3).isEmpty)
    #expect(tree.isTerminal == [false, false, false, true, true, true])
    #expect(tree.rollouts == [4, 3, 5])
    #expect(tree.answerClass == [-1, -1, -1, 1, 0, -1])
    #expect(tree.path(to: 4) == [1, 2, 4])
    #expect(tree.scores[0].dropFirst() == [0.1, 0.2, 0.4, 0.3, 0.5])
  }

  @Test func unmergedRolloutsAreChains() throws {
    let tree = try TraceTree(
      problem: Problem(key: "p"),
      segments: segments([([1, 2], .stop, 0), ([1, 2], .stop, 0)]), mergePrefixes: false)
    #expect(tree.parent == [-1, 0, 0, 1, 2])
    #expect(tree.visits == [2, 1, 1, 1, 1])
  }

  /// Bug: draws without a score weighed in the mean of the others.
  @Test func mergedDrawsShareTheMeanOfThoseThatAreScored() throws {
    let scores: [[Double]] = [[], [0.25], [0.5], [1.5]]
    for order in [[0, 1, 2, 3], [1, 0, 2, 3], [3, 2, 1, 0], [2, 3, 0, 1]] {
      var rows = segments([])
      for place in order { rows.append(.init(finish: .stop), keys: [1], scores: [scores[place]]) }
      let tree = try TraceTree(problem: Problem(key: "p"), segments: rows)
      #expect(tree.visits == [4, 4])
      #expect(tree.scores[0][1] == 0.75)
    }
  }

  @Test func anEndAndAContinuationAreDifferentDraws() throws {
    let tree = try TraceTree(
      problem: Problem(key: "p"), segments: segments([([1], .stop, 0), ([1, 2], .stop, 1)]))
    #expect(tree.parent == [-1, 0, 0, 2])
    #expect(tree.isTerminal == [false, true, false, true])
  }

  @Test func segmentsContinueTheirParentsPath() throws {
    var rows = segments([([1, 2, 3], .open, -1)])
    rows.append(.init(parent: 0, parentStep: 2, finish: .stop, answerClass: 0), keys: [7])
    rows.append(.init(parent: 1, parentStep: 1, finish: .stop, answerClass: 1), keys: [8, 9])
    let tree = try TraceTree(problem: Problem(key: "p"), segments: rows)
    #expect(tree.parent == [-1, 0, 1, 1, 2, 2, 3])
    #expect(tree.visits == [1, 1, 1, 1, 1, 1, 1])
    #expect(tree.rollouts.isEmpty)
    #expect(tree.isTerminal == [false, false, false, false, false, true, true])
  }

  @Test func aParentMustComeBefore() {
    var rows = segments([([1], .stop, 0)])
    rows.append(.init(parent: 1, parentStep: 1), keys: [2])
    #expect(throws: TraceTreeError.parentNotBefore(problem: "p", rollout: 1, parent: 1)) {
      try TraceTree(problem: Problem(key: "p"), segments: rows)
    }
  }

  @Test func nothingGoesOnAfterAnEnd() {
    var rows = segments([([1], .stop, 0)])
    rows.append(.init(parent: 0, parentStep: 1), keys: [2])
    #expect(throws: TraceTreeError.parentIsOver(problem: "p", rollout: 1, parent: 0)) {
      try TraceTree(problem: Problem(key: "p"), segments: rows)
    }
  }
}
