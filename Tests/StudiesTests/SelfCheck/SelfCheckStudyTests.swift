import Estimation
import Foundation
import Replay
import Studies
import Testing
import TraceStore
import TraceTestSupport
import Traces

@Suite struct SelfCheckStudyTests {
  private struct Fixture {
    let folder: TemporaryFolder
    let store: String
  }

  private func fixture(_ model: SimulatedModel, problems: Int = 24, chains: Int) throws -> Fixture {
    var model = model
    model.problemCount = problems
    let folder = try TemporaryFolder()
    return Fixture(folder: folder, store: try SimulatedServer(model, seed: 5).store(chains: chains, in: folder))
  }

  private func check(
    _ fixture: Fixture, methods: [String] = ["pf"], budgets: [Int], policies: [String] = ["matched", "nearest"],
    _ change: (inout FidelityRequest) -> Void = { _ in }
  ) async throws -> SelfCheckResults {
    var request = FidelityRequest()
    request.methods = methods
    request.budgets = BudgetList(budgets)
    request.policies = policies
    request.replay.replicates = 8
    request.replay.threads = 2
    request.modelRecordings = 2
    change(&request)
    return try await SelfCheckStudy(request, store: fixture.store).run()
  }

  private func replay(_ fixture: Fixture, budgets: [Int], methods: [String] = ["pf"]) async throws -> [CurvePoint] {
    var request = ReplayRequest()
    request.methods = methods
    request.budgets = BudgetList(budgets)
    request.replicates = 8
    return try await ReplayStudy(request, store: fixture.store).run().document().rows
  }

  @Test func nothingIsPredictedWhereReplayIsExact() async throws {
    // One candidate borrows nothing, so replay is plain sampling.
    let results = try await check(try fixture(.plain, problems: 12, chains: 32), budgets: [1])
    for row in results.rows {
      #expect(row.coverage.recorded == 1)
      #expect(abs(row.predictedBias.value) < 0.05)
      #expect(!row.warnings.contains(.predictedBias) && !row.warnings.contains(.policiesDisagree))
    }
  }

  @Test func exhaustionIsPredicted() async throws {
    // Six right chains at best of 24 for 16 particles: a copy has no other future of its own where the model has, and
    // what other problems lend makes up for it.
    let results = try await check(
      try fixture(.silentErrors, problems: 16, chains: 24), budgets: [16], policies: ["matched", "shared"]
    ) { $0.modelRecordings = 6 }
    let matched = try #require(results.rows.first { $0.policy == .matched })
    #expect(abs(matched.predictedBias.value) < 0.03 && !matched.warnings.contains(.predictedBias))
    #expect(matched.warnings.contains(.exhaustedRecord) && matched.fromOtherProblems > 0)
    let naive = try #require(results.rows.first { $0.policy == .shared })
    #expect(naive.predictedBias.value < -0.03 && naive.predictedBias.interval.high < 0)
    #expect(naive.warnings.contains(.predictedBias) && naive.fromOtherProblems == 0)
  }

  @Test func silentErrorsAreWarnedOfAndPlainOnesAreNot() async throws {
    let plain = try fixture(.plain, problems: 40, chains: 128)
    let silent = try fixture(.silentErrors, problems: 40, chains: 128)
    // Without a word about fidelity a replay says where the scores hide something.
    let trusted = try #require(try await replay(plain, budgets: [8]).first)
    #expect(trusted.warnings.allSatisfy { $0 == .lowCoverage })
    #expect(trusted.policyDifference != nil)
    let doubted = try #require(try await replay(silent, budgets: [16]).first)
    #expect(doubted.warnings.contains(.policiesDisagree))
    #expect((doubted.policyDifference?.value ?? 0) > 0.05)
    // The self-check agrees, and blames the policy that does not see hidden states.
    let rows = try await check(try fixture(.silentErrors, problems: 20, chains: 96), budgets: [16]).rows
    #expect(rows.allSatisfy { $0.warnings.contains(.policiesDisagree) })
    let nearest = try #require(rows.first { $0.policy == .nearest })
    #expect(nearest.warnings.contains(.predictedBias) && nearest.predictedBias.value < -0.05)
  }

  @Test func aBudgetMoreChangesNoOtherRow() async throws {
    let fixture = try fixture(.silentErrors, problems: 6, chains: 32)
    let one = try await replay(fixture, budgets: [8])
    let three = try await replay(fixture, budgets: [1, 8, 16], methods: ["beam", "pf", "bon"])
    #expect(three.filter { one.map(\.cell).contains($0.cell) } == one)
    #expect(three.filter { $0.cell.method == "bon" }.allSatisfy { $0.policyDifference == nil })
    #expect(three.filter { $0.cell.budget == 1 }.allSatisfy { $0.policyDifference == nil })
    let alone = try await check(fixture, budgets: [8]) { $0.saves = false }
    let among = try await check(fixture, methods: ["beam", "pf"], budgets: [4, 8]) {
      $0.saves = false
      $0.replay.threads = 1
    }
    #expect(among.rows.filter { $0.cell.method == "pf" && $0.cell.budget == 8 } == alone.rows)
  }

  @Test func laterReplaysCarryPredictions() async throws {
    let fixture = try fixture(.silentErrors, problems: 12, chains: 32)
    #expect(try await replay(fixture, budgets: [16]).allSatisfy { $0.predictedBias == nil })
    let found = try await check(fixture, budgets: [16])
    let matched = try #require(found.rows.first { $0.policy == .matched })
    let rows = try await replay(fixture, budgets: [8, 16])
    #expect(rows.map(\.predictedBias) == [nil, matched.predictedBias])
    // What was measured online stays apart from what was predicted.
    #expect(rows.allSatisfy { $0.bias == nil })
    for warning in matched.warnings where SelfCheckRow.doubts.contains(warning) {
      #expect(rows[1].warnings.contains(warning))
    }
    let text = try await ReplayStudy(ReplayRequest(), store: fixture.store).run().document().text
    let read = try JSONDecoder().decode(ReplayDocument.self, from: Data(text.utf8))
    #expect(read.rows.first { $0.cell == rows[1].cell }?.predictedBias == matched.predictedBias)
  }

  @Test func methodsThatBorrowNothingSaySo() async throws {
    let fixture = try fixture(.plain, problems: 6, chains: 32)
    let results = try await check(fixture, methods: ["bon", "pf", "majority"], budgets: [2]) { $0.saves = false }
    #expect(Set(results.rows.map(\.cell.method)) == ["pf"])
    #expect(results.notices.contains { $0.hasPrefix("bon, majority:") && $0.contains("no bias to predict") })
    await #expect(throws: StudyError.self) { try await check(fixture, methods: ["majority"], budgets: [2]) }
    let lines = SelfCheckReport(results).csv.split(separator: "\n")
    #expect(lines.count == 1 + results.rows.count)
    #expect(Set(lines.map { $0.split(separator: ",", omittingEmptySubsequences: false).count }) == [28])
    let document = try JSONDecoder().decode(JSONValue.self, from: Data(SelfCheckReport(results).json.utf8))
    guard case .array(let rows)? = document["rows"] else {
      Issue.record("no rows")
      return
    }
    #expect(rows.allSatisfy { $0["predictedBias"]?["low"] != nil && $0["modelOnline"] != nil })
    #expect(SelfCheckReport(results).table.split(separator: "\n").count { $0.hasPrefix("| pf") } == results.rows.count)
  }
}
