import Estimation
import Replay
import Testing
import Traces

@testable import Studies

/// A row depends on its own recording and its own scorer, and on nothing else that a store holds.
@Suite struct ReplayIndependenceTests {
  private let folder: TemporaryFolder
  private static let name = "store.retrace"
  private static let methods = [
    "pf", "epf", "pg", "pgas", "pt", "beam", "dvts", "bestFirst", "mcts", "rebase", "first", "pass", "bon", "wbon",
    "majority", "firstFinish", "adaptiveVote", "adaptiveBon",
  ]

  init() throws {
    folder = try TemporaryFolder()
    try folder.store(try MadeUpRollouts.lines(problems: 4, rollouts: 16))
  }

  private func document(
    _ methods: [String] = Self.methods,
    _ change: (inout ReplayRequest) -> Void = { _ in }
  ) async throws -> ReplayDocument {
    var request = ReplayRequest()
    request.methods = methods
    request.budgets = BudgetList([1, 8])
    request.replicates = 4
    change(&request)
    return try await ReplayStudy(request, store: folder.file(Self.name)).run().document()
  }

  private func expectEqual(_ found: [CurvePoint], _ expected: [CurvePoint]) {
    #expect(found.count == expected.count)
    for (row, other) in zip(found, expected) where row != other {
      Issue.record("\(row.cell.method) at \(row.cell.budget): \(row.json.text) instead of \(other.json.text)")
    }
  }

  /// Imports step scores of another scorer for all rollouts of all problems.
  private func importScores(of scorer: String, _ score: (ProblemSteps.Step) -> Double) throws {
    var lines: [String] = []
    for problem in 0..<4 {
      for rollout in try ProblemSteps(of: "p\(problem)", in: folder.file(Self.name)).rollouts {
        let scores = rollout.steps.map { String(score($0)) }.joined(separator: ",")
        lines.append(
          "{\"problem\":\"p\(problem)\",\"rollout\":\(rollout.index),\"scorer\":\"\(scorer)\",\"scores\":[\(scores)]}")
      }
    }
    _ = try ScoreImport(file: folder.write(lines, to: scorer + ".jsonl"), store: folder.file(Self.name)).run()
  }

  @Test func aSecondScorerChangesNoRowOfTheFirst() async throws {
    let before = try await document().rows
    try importScores(of: "other") { 1 - ($0.scores["prm"] ?? 0) }
    let after = try await document { $0.scorer = "prm" }.rows
    #expect(Set(before.map(\.cell.method)) == Set(Self.methods))
    expectEqual(after, before)
    #expect(try await document(["pf"]) { $0.scorer = "other" }.rows.map(\.accuracy) != after.prefix(2).map(\.accuracy))
  }

  @Test func scorersAreComparedOnTheSameRandomNumbers() async throws {
    try importScores(of: "twin") { $0.scores["prm"] ?? 0 }
    for policy in ["nearest", "shared"] {
      let rows = try await ["prm", "twin"].asyncMap { scorer in
        try await document {
          $0.scorer = scorer
          $0.continuation = policy
        }.rows
      }
      #expect(rows[0].map(\.accuracy) == rows[1].map(\.accuracy))
      #expect(rows[0].map(\.coverage) == rows[1].map(\.coverage))
    }
  }

  @Test func aSecondRecordingChangesNoRowOfTheFirst() async throws {
    let before = try await document().rows
    // Other problems, too, and answers that the first recording lacks.
    let more = try MadeUpRollouts.lines(problems: 6, rollouts: 9).reversed().map {
      $0.replacing("\"answer\":\"3\"", with: "\"answer\":\"17\"")
    }
    let file = try folder.write(Array(more), to: "more.jsonl")
    try folder.ingest(file, into: Self.name) { $0.recording = "a second" }
    let after = try await document().rows
    #expect(Set(after.map(\.cell.recording)) == ["a second", "r"])
    expectEqual(after.filter { $0.cell.recording == "r" }, before)
    expectEqual(try await document { $0.recordings = ["r"] }.rows, before)
  }

  @Test func votesOverSeveralRecordingsAskNoScorer() async throws {
    let unscored = try MadeUpRollouts.lines(problems: 4, rollouts: 8).map {
      $0.replacing(/"scores":\{[^}]*\},?/, with: "").replacing("step ", with: "move ")
    }
    try folder.ingest(folder.write(unscored, to: "unscored.jsonl"), into: Self.name) { $0.recording = "unscored" }
    let rows = try await document(["multiTemperature", "ensemble"]) {
      $0.budgets = BudgetList([8])
      $0.options = [.init(key: "rule", value: "majority")]
    }.rows
    #expect(rows.map(\.cell.method) == ["multiTemperature", "ensemble"])
    #expect(rows.allSatisfy { $0.cell.aggregate == nil && $0.cell.scorer == nil && $0.scorerCalls == 0 })
    let scored = try await document(["multiTemperature"]) {
      $0.budgets = BudgetList([8])
      $0.options = [.init(key: "rule", value: "bon")]
    }
    #expect(scored.rows.isEmpty, "one of the two recordings has no scores")
  }

  @Test func anEnsembleOfScorersReadsThemAll() async throws {
    try importScores(of: "other") { 1 - ($0.scores["prm"] ?? 0) }
    let rows = try await document(["ensemble", "bon"]) {
      $0.scorer = "prm"
      $0.budgets = BudgetList([8])
      $0.options = [.init(method: "ensemble", key: "scorers", value: "all")]
    }.rows
    #expect(rows.map(\.cell.scorer) == ["other+prm", "prm"])
    // Opposite judges leave nothing but ties: the mean over rollouts, not the best.
    #expect(rows[0].accuracy != rows[1].accuracy)
  }
}

extension Sequence where Element: Sendable {
  fileprivate func asyncMap<Result>(_ transform: (Element) async throws -> Result) async rethrows -> [Result] {
    var results: [Result] = []
    for element in self { results.append(try await transform(element)) }
    return results
  }
}
