import Estimation
import Testing
import Traces

@testable import Studies

/// What a scorer has not seen is left out of replays that read its scores, and of no others.
@Suite struct PartialCoverageTests {
  private let folder: TemporaryFolder
  private static let name = "store.retrace"

  init() throws {
    folder = try TemporaryFolder()
    // Rollouts 0 and 1 of each problem are right, 2 and 3 agree on a wrong answer.
    let rollouts = (0..<4).map { index in
      #"{"steps":[{"text":"way \#(index)","scores":{"base":0.5}},"#
        + #"{"text":"so \\boxed{\#(index < 2 ? 2 : 3)}","scores":{"base":0.\#(index + 1)}}],"finish":"stop"}"#
    }.joined(separator: ",")
    let lines = ["A", "B"].flatMap { recording in
      (0..<3).map { problem in
        #"{"problem":{"id":"p\#(problem)","answer":"2","level":\#(problem)},"recording":{"name":"\#(recording)"},"#
          + #""rollouts":[\#(rollouts)]}"#
      }
    }
    try folder.ingest(folder.write(lines, to: "rollouts.jsonl"), into: Self.name)
  }

  /// Imports scores of z, each for both steps of a rollout of A.
  private func importScores(_ scores: [(problem: Int, rollout: Int, score: Double)]) throws {
    let lines = scores.map {
      #"{"problem":"p\#($0.problem)","recording":"A","rollout":\#($0.rollout),"scorer":"z","#
        + #""scores":[\#($0.score),\#($0.score)]}"#
    }
    _ = try ScoreImport(file: folder.write(lines, to: "z.jsonl"), store: folder.file(Self.name)).run()
  }

  private func results(
    _ methods: [String], budgets: [Int] = [1, 2], _ change: (inout ReplayRequest) -> Void = { _ in }
  ) async throws -> StudyResults {
    var request = ReplayRequest()
    request.methods = methods
    request.scorer = "z"
    request.budgets = BudgetList(budgets)
    request.replicates = 4
    change(&request)
    return try await ReplayStudy(request, store: folder.file(Self.name)).run()
  }

  /// p0: a right rollout at 0.2 and a wrong one at 0.9; p1: all four; p2: none.
  private static let partly = [(0, 0, 0.2), (0, 2, 0.9), (1, 0, 0.9), (1, 1, 0.1), (1, 2, 0.8), (1, 3, 0.2)]

  @Test func methodsThatReadScoresDoWithoutUnscoredRollouts() async throws {
    try importScores(Self.partly)
    let results = try await results(["bon", "majority"]) { $0.recordings = ["A"] }
    let rows = results.document().rows
    let numbers = rows.map { "\($0.cell.method) \($0.cell.budget) \($0.problems) \($0.accuracy)" }
    // Best of 2: never right on p0; on p1 in three of six pairs, those with rollout 0. Two votes: 1/6 + 4/6 * 1/2.
    #expect(numbers == ["bon 1 2 0.5", "bon 2 2 0.25", "majority 1 3 0.5", "majority 2 3 0.5"])
    let left = UnscoredShare(rollouts: 6, of: 12, problems: 2, ofProblems: 3)
    #expect(rows.map(\.unscored) == [left, left, nil, nil])
    #expect(rows.map { $0.warnings.contains(.unscoredRollouts) } == [true, true, false, false])
    #expect(
      results.notices().first
        == "A: 6 of 12 rollouts, of 2 of 3 problems, left out of bon, since z has no step scores of them; nothing is left "
        + "of 1 problem")
    #expect(!results.notices().contains { $0.contains("no rollout of the problem") }, "said once")
    let alone = try await self.results(["majority"]) {
      $0.recordings = ["A"]
      $0.scorer = nil
    }
    #expect(alone.document().rows == Array(rows.suffix(2)), "votes do not depend on what else is replayed")
  }

  @Test func rowsSayInJSONWhatTheyDoWithout() async throws {
    try importScores(Self.partly)
    let document = try await results(["bon"], budgets: [1]) { $0.recordings = ["A"] }.document()
    #expect(
      document.text.contains(#""unscored": {"rollouts": 6, "of": 12, "problems": 2, "ofProblems": 3}"#))
    let base = try await results(["bon"], budgets: [1]) { $0.scorer = "base" }.document()
    #expect(!base.text.contains("unscored"))
  }

  @Test func aSliceCountsItsOwnProblems() async throws {
    try importScores(Self.partly)
    let rows = try await results(["bon"], budgets: [1]) {
      $0.recordings = ["A"]
      $0.condition = "level < 1"
    }.document().rows
    #expect(rows.map(\.unscored) == [UnscoredShare(rollouts: 2, of: 4, problems: 1, ofProblems: 1)])
  }

  @Test func aRecordingWithoutScoresIsLeftOutBesideAnother() async throws {
    try importScores(Self.partly)
    let results = try await results(["bon"], budgets: [1])
    #expect(results.document().rows.map(\.cell.recording) == ["A"])
    #expect(
      results.notices().contains(
        "B: 12 of 12 rollouts, of 3 of 3 problems, left out of bon, since z has no step scores of them; nothing is left of "
          + "3 problems"))
    let error = await #expect(throws: StudyError.self) {
      _ = try await self.results(["bon", "pf"]) { $0.recordings = ["B"] }
    }
    #expect(error == .nothingScored(scorer: "z", channel: .step, recordings: ["B"], rollouts: 12))
    let mixed = try await self.results(["bon", "majority"], budgets: [1]) { $0.recordings = ["B"] }
    #expect(mixed.document().rows.map(\.cell.method) == ["majority"])
  }

  @Test func searchesRunAsOnARecordOfTheScoredRolloutsAlone() async throws {
    let folder = try TemporaryFolder()
    let methods = ["pf", "epf", "pg", "pt", "beam", "dvts", "bestFirst", "mcts", "rebase"]
    try folder.store(try MadeUpRollouts.lines(problems: 4, rollouts: 16), named: "whole")
    try folder.store(try MadeUpRollouts.lines(problems: 4, rollouts: 9), named: "part")
    func rows(_ name: String) async throws -> [CurvePoint] {
      var lines: [String] = []
      for problem in 0..<4 {
        for rollout in try ProblemSteps(of: "p\(problem)", in: folder.file(name)).rollouts where rollout.index < 9 {
          let scores = rollout.steps.map { String(1 - ($0.scores["prm"] ?? 0)) }.joined(separator: ",")
          lines.append(
            #"{"problem":"p\#(problem)","rollout":\#(rollout.index),"scorer":"z","scores":[\#(scores)]}"#)
        }
      }
      _ = try ScoreImport(file: folder.write(lines, to: name + ".z"), store: folder.file(name)).run()
      var request = ReplayRequest()
      request.methods = methods
      request.scorer = "z"
      request.budgets = BudgetList([1, 8])
      request.replicates = 4
      request.options = [.init(key: "mergePrefixes", value: "false")]
      return try await ReplayStudy(request, store: folder.file(name)).run().document().rows
    }
    var found = try await rows("whole")
    let expected = try await rows("part")
    #expect(Set(found.map(\.cell.method)) == Set(methods))
    #expect(found.allSatisfy { $0.unscored == UnscoredShare(rollouts: 28, of: 64, problems: 4, ofProblems: 4) })
    for index in found.indices {
      found[index].unscored = nil
      found[index].warnings.removeAll { $0 == .unscoredRollouts }
    }
    for (row, other) in zip(found, expected) where row != other {
      Issue.record("\(row.cell.method) at \(row.cell.budget): \(row.json.text()) instead of \(other.json.text())")
    }
    #expect(found.count == expected.count)
  }

  @Test func aRunCanBeLookedAtAsItWasReplayed() async throws {
    try importScores(Self.partly)
    var request = ReplayRequest()
    request.methods = ["pf"]
    request.scorer = "z"
    request.recordings = ["A"]
    request.budgets = BudgetList([2])
    let run = try await ProblemInspection(of: "p0", in: folder.file(Self.name)).genealogy(
      request, replicate: 0, bounds: OutlineBounds())
    #expect(run.text.contains("way 0") && !run.text.contains("way 1"))
    let error = await #expect(throws: InspectionError.self) {
      _ = try await ProblemInspection(of: "p2", in: self.folder.file(Self.name)).genealogy(
        request, replicate: 0, bounds: OutlineBounds())
    }
    #expect(error?.localizedDescription.contains("no rollout of the problem is scored throughout") ?? false)
  }
}

/// Which rollouts of a problem a scorer has seen throughout.
@Suite struct ScoredTreeTests {
  private static let column = ScoreColumn(scorer: "z", channel: .step, scale: .probability)

  private func kept(
    mergesPrefixes: Bool = true,
    _ rollouts: [(parent: Int32, step: Int32, keys: [UInt64], scores: [Double], finish: Finish)]
  ) throws -> [Int]? {
    var segments = RecordedSegments(columns: [Self.column], recordings: [Recording(name: "r")])
    for rollout in rollouts {
      segments.append(
        .init(parent: rollout.parent, parentStep: rollout.step, finish: rollout.finish), keys: rollout.keys,
        scores: [rollout.scores])
    }
    let tree = try TraceTree(problem: Problem(key: "p"), segments: segments, mergePrefixes: mergesPrefixes)
    let left = try ScoredTree(of: tree, segments: segments, column: 0, mergesPrefixes: mergesPrefixes)
    #expect(left.map { !$0.tree.hasGap(column: 0) } ?? true)
    #expect(left.map { $0.leftOut(of: segments) == [segments.count - $0.kept.count] } ?? true)
    return left?.kept
  }

  @Test func whatContinuesAnUnscoredRolloutGoesWithIt() throws {
    #expect(
      try kept([(-1, 0, [1, 2], [], .open), (0, 1, [3], [0.5], .stop), (-1, 0, [4], [0.7], .stop)]) == [2])
    #expect(
      try kept([(-1, 0, [1, 2], [0.1, 0.2], .open), (0, 2, [3], [], .stop), (0, 1, [4], [0.7], .stop)]) == [0, 2])
  }

  @Test func equalStepsShareTheirScoresWhereTheyAreOneNode() throws {
    let twins: [(Int32, Int32, [UInt64], [Double], Finish)] = [
      (-1, 0, [1, 2], [0.5, 0.6], .stop), (-1, 0, [1, 2], [], .stop),
    ]
    #expect(try kept(twins) == nil)
    #expect(try kept(mergesPrefixes: false, twins) == [0])
  }

  /// The second rollout continues an unscored one and goes with it; the fourth had its score for the last step from it.
  @Test func aStepWhoseScoreGoesTakesItsOtherRolloutsAlong() throws {
    #expect(
      try kept([
        (-1, 0, [1, 2], [], .open), (0, 1, [5], [0.4], .stop), (-1, 0, [1, 9], [0.3, 0.8], .stop),
        (-1, 0, [1, 5], [], .stop),
      ]) == [2])
  }

  @Test func nothingIsLeftWhereNothingIsScored() throws {
    #expect(try kept([(-1, 0, [1], [], .stop), (-1, 0, [2], [], .stop)]) == [])
  }
}
