import Estimation
import Foundation
import Replay
import Studies
import Testing
import TraceTestSupport
import Traces

@Suite struct FidelityStudyTests {
  private struct Fixture {
    let folder: TemporaryFolder
    let store: String
    let online: String
  }

  /// Chains of a simulated model, and online runs of the same model.
  private func fixture(_ model: SimulatedModel = .plain, chains: Int = 64) throws -> Fixture {
    var model = model
    model.problemCount = 12
    let folder = try TemporaryFolder()
    let server = SimulatedServer(model, seed: 21)
    let store = try server.store(chains: chains, in: folder)
    let runs = try server.onlineRuns(.pf, budget: 8, replicates: 20, seed: 4)
    return Fixture(folder: folder, store: store, online: try folder.write(runs, to: "online.jsonl"))
  }

  private func study(_ fixture: Fixture, _ change: (inout FidelityRequest) -> Void = { _ in }) -> FidelityStudy {
    var request = FidelityRequest(onlineFiles: [fixture.online])
    request.replay.replicates = 8
    change(&request)
    return FidelityStudy(request, store: fixture.store)
  }

  @Test func everyPolicyIsComparedOverTheSameProblems() async throws {
    let fixture = try fixture()
    let results = try await study(fixture).run()
    // With chains alone every strict run of a filter meets a copy that has no continuation left.
    #expect(results.rows.map(\.policy?.name) == ContinuationPolicy.names.filter { $0 != "strict" })
    #expect(
      results.notices == [
        "chains: pf at N = 8: left out: every run needs a continuation that is not recorded, which a strict replay "
          + "refuses; retrace wants asks for them (policy strict)"
      ])
    for row in results.rows {
      #expect(row.problems == 12 && row.onlineRuns == 240 && row.recorded == 64 && row.cell.budget == 8)
      #expect(abs(row.difference.difference - (row.replayed - row.online)) < 1e-12)
      #expect(row.difference.interval.contains(row.difference.difference))
    }
    let naive = try #require(results.rows.first { $0.policy == .shared })
    // The trap: replaying copies that have no other future than their original.
    #expect(naive.difference.difference < -0.15 && !naive.difference.interval.contains(0))
    #expect(naive.warnings.contains(.biasedReplay))
    let matched = try #require(results.rows.first { $0.policy == .matched })
    #expect(abs(matched.difference.difference) < 0.12)
  }

  @Test func biasIsTheDifferenceOfMeansByHand() async throws {
    let fixture = try fixture()
    let results = try await study(fixture) { $0.policies = ["nearest"] }.run()
    let row = try #require(results.rows.first)
    var request = ReplayRequest()
    request.methods = ["pf"]
    request.budgets = BudgetList([8])
    request.replicates = 8
    request.continuation = "nearest"
    let replayed = try #require(try await ReplayStudy(request, store: fixture.store).run().document().rows.first)
    let lines = try String(contentsOfFile: fixture.online, encoding: .utf8).split(separator: "\n")
    let right = lines.count { $0.contains(#""right":true"#) }
    #expect(abs(row.replayed - replayed.accuracy) < 1e-12)
    #expect(abs(row.online - Double(right) / Double(lines.count)) < 1e-12)
  }

  @Test func laterReplaysCarryWhatWasFound() async throws {
    let fixture = try fixture()
    var request = ReplayRequest()
    request.methods = ["pf", "majority"]
    request.budgets = BudgetList([4, 8])
    request.replicates = 8
    request.continuation = "shared"
    let before = try await ReplayStudy(request, store: fixture.store).run().document()
    #expect(before.rows.allSatisfy { $0.bias == nil })
    let found = try await study(fixture) { $0.policies = ["shared"] }.run()
    let naive = try #require(found.rows.first { $0.policy == .shared })
    let after = try await ReplayStudy(request, store: fixture.store).run().document()
    for row in after.rows {
      let isCompared = row.cell.method == "pf" && row.cell.budget == 8
      #expect(row.bias == (isCompared ? naive.bias : nil))
      #expect(row.warnings.contains(.biasedReplay) == isCompared)
    }
    let text = ReplayDocument(settings: after.settings, rows: after.rows).text
    #expect(try JSONDecoder().decode(ReplayDocument.self, from: Data(text.utf8)).rows == after.rows)
    // What was found holds for the content and the settings it was found with.
    request.options = [.init(key: "mergePrefixes", value: "false")]
    #expect(try await ReplayStudy(request, store: fixture.store).run().document().rows.allSatisfy { $0.bias == nil })
  }

  @Test func presetsCarryWhatWasFoundForThem() async throws {
    let fixture = try fixture()
    let found = try await study(fixture) {
      $0.policies = ["shared"]
      $0.replay.preset = "its_hub"
    }.run()
    let naive = try #require(found.rows.first { $0.policy == .shared })
    var request = ReplayRequest()
    request.methods = ["pf"]
    request.preset = "its_hub"
    request.budgets = BudgetList([8])
    request.replicates = 8
    request.continuation = "shared"
    let row = try #require(try await ReplayStudy(request, store: fixture.store).run().document().rows.first)
    #expect(row.cell.presetVersion != nil)
    #expect(row.bias == naive.bias)
  }

  @Test func theStoreStaysAsItIsWhereAsked() async throws {
    let fixture = try fixture()
    _ = try await study(fixture) {
      $0.saves = false
      $0.policies = ["shared"]
    }.run()
    var request = ReplayRequest()
    request.methods = ["pf"]
    request.budgets = BudgetList([8])
    request.replicates = 8
    request.continuation = "shared"
    #expect(try await ReplayStudy(request, store: fixture.store).run().document().rows.allSatisfy { $0.bias == nil })
  }

  @Test func threadsDoNotChangeAnything() async throws {
    let fixture = try fixture()
    let one = try await study(fixture) { $0.policies = ["nearest", "strict"] }.run()
    let three = try await study(fixture) {
      $0.policies = ["nearest", "strict"]
      $0.replay.threads = 3
    }.run()
    #expect(FidelityReport(one).json == FidelityReport(three).json)
  }

  @Test func problemsThatTheStoreLacksAreNamed() async throws {
    let fixture = try fixture()
    let more = (1...7).map { index in
      #"{"problem":"lost/\#(index)","method":"pf","aggregate":"last","budget":8,"replicate":0,"right":true}"# + "\n"
    }
    let file = try fixture.folder.write(more.joined(), to: "lost.jsonl")
    let error = await #expect(throws: UnacceptableData.self) {
      try await study(fixture) { $0.onlineFiles.append(file) }.run()
    }
    let text = try #require(error?.errorDescription)
    #expect(text.contains("7 problems") && text.contains("lost/1, lost/2, lost/3, lost/4, lost/5 and 2 more"))
    #expect(!text.contains("lost/6") && text.contains("lost.jsonl:1"))
  }

  @Test func whatIsLeftOutUnderEveryPolicyIsSaidOnce() async throws {
    let fixture = try fixture()
    let key = SimulatedModel.plain.problem(0).key
    let more = try fixture.folder.write(
      #"{"problem":"\#(key)","method":"beam","aggregate":"last","budget":6,"replicate":0,"right":true}"# + "\n",
      to: "more.jsonl")
    let reason = "beam at N = 6: left out: the budget is not a multiple of width = 4; choose such a budget or set width"
    let results = try await study(fixture) { $0.onlineFiles.append(more) }.run()
    #expect(results.notices.filter { $0.contains("beam") } == ["chains: " + reason])
    // Nothing else is asked for: nothing is left to measure, and nothing to print.
    let error = await #expect(throws: StudyError.self) {
      try await study(fixture) { $0.onlineFiles = [more] }.run()
    }
    #expect(error == .nothingMeasured(["chains: " + reason]))
    #expect(error?.errorDescription == "nothing is left to measure:\n  chains: \(reason)")
    await #expect(throws: StudyError.nothingMeasured(["chains: " + reason])) {
      var request = FidelityRequest()
      request.methods = ["beam"]
      request.budgets = BudgetList([6])
      request.replay.replicates = 2
      request.modelRecordings = 1
      _ = try await SelfCheckStudy(request, store: fixture.store).run()
    }
  }

  /// What the nodes' scores are is a question of ingest; a comparison does not read them.
  @Test func scoresOfOnlineStepsMayBeOfAnyScale() async throws {
    let fixture = try fixture()
    let key = SimulatedModel.plain.problem(0).key
    let file = try fixture.folder.write(
      #"{"problem":"\#(key)","method":"pf","aggregate":"last","budget":4,"replicate":0,"right":true,"#
        + #""nodes":[{"parent":-1,"text":"a","score":-3.5,"prefixScore":17}],"final":[0]}"# + "\n", to: "logits.jsonl")
    let results = try await study(fixture) {
      $0.onlineFiles = [file]
      $0.policies = ["shared"]
    }.run()
    #expect(results.rows.map(\.cell.budget) == [4])
  }

  @Test func unknownAggregationsAskedForAreRefused() async throws {
    let fixture = try fixture()
    let error = await #expect(throws: StudyError.self) {
      try await study(fixture) { $0.aggregations = ["lats"] }.run()
    }
    #expect(error?.errorDescription?.hasPrefix("aggregation \"lats\" is unknown (did you mean 'last'?)") == true)
  }

  @Test func unknownMethodsAndAggregationsAreRefused() async throws {
    let fixture = try fixture()
    func file(_ method: String, _ aggregate: String) throws -> String {
      let key = SimulatedModel.plain.problem(0).key
      return try fixture.folder.write(
        #"{"problem":"\#(key)","method":"\#(method)","aggregate":"\#(aggregate)","budget":8,"replicate":0,"right":true}"#
          + "\n", to: "bad.jsonl")
    }
    let wrongMethod = try file("bean", "last")
    let error = await #expect(throws: UnacceptableData.self) {
      try await study(fixture) { $0.onlineFiles = [wrongMethod] }.run()
    }
    #expect(error?.errorDescription?.contains("did you mean 'beam'?") == true)
    let wrongAggregation = try file("pf", "lost")
    let other = await #expect(throws: UnacceptableData.self) {
      try await study(fixture) { $0.onlineFiles = [wrongAggregation] }.run()
    }
    #expect(other?.errorDescription?.contains("the nearest is \"last\"") == true)
    await #expect(throws: ReplayError.self) { try await study(fixture) { $0.policies = ["naive"] }.run() }
  }

  @Test func tablesHaveARowForEachComparison() async throws {
    let fixture = try fixture()
    let results = try await study(fixture) { $0.policies = ["nearest", "shared"] }.run()
    let report = FidelityReport(results)
    let document = try JSONDecoder().decode(JSONValue.self, from: Data(report.json.utf8))
    guard case .array(let rows)? = document["rows"] else {
      Issue.record("no rows")
      return
    }
    #expect(rows.map { $0["policy"] } == [.string("nearest"), .string("shared")])
    #expect(rows.allSatisfy { $0["bias"] != nil && $0["low"] != nil && $0["high"] != nil })
    let lines = report.csv.split(separator: "\n")
    #expect(lines.count == 3)
    #expect(lines.allSatisfy { $0.split(separator: ",", omittingEmptySubsequences: false).count == 24 })
    #expect(report.table.split(separator: "\n").count { $0.hasPrefix("| pf") } == 2)
  }
}
