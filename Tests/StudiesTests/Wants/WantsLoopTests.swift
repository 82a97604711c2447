import Estimation
import Foundation
import Replay
import Studies
import Testing
import TraceFormats
import TraceStore
import TraceTestSupport
import Traces

/// The way from an approximate to an exact replay, closed with a simulated generator.
@Suite struct WantsLoopTests {
  private func request(_ methods: [String], budgets: [Int], replicates: Int = 4) -> ReplayRequest {
    var request = ReplayRequest()
    request.methods = methods
    request.budgets = BudgetList(budgets)
    request.replicates = replicates
    request.continuation = "strict"
    return request
  }

  /// Asks, generates, ingests and scores until nothing is missing; the number of rounds.
  private func fill(_ store: String, _ replay: ReplayRequest, _ server: SimulatedServer, _ folder: TemporaryFolder)
    async throws -> Int
  {
    var rounds = 0
    while rounds < 40 {
      let results = try await WantsStudy(WantsRequest(replay), store: store).run()
      if results.total == 0 { return rounds }
      rounds += 1
      let output = try folder.write(try server.answer(batch: results.batch()), to: "output-\(rounds).jsonl")
      let added = try Ingestion(IngestionRequest(inputs: [output], store: store)).run()
      #expect(added.rollouts == results.total)
      try server.score(store: store)
    }
    return rounds
  }

  @Test func afterSomeRoundsStrictReplayNeedsNothingMore() async throws {
    var model = SimulatedModel.plain
    model.problemCount = 4
    model.steps = 5...6
    let folder = try TemporaryFolder()
    let server = SimulatedServer(model, seed: 3)
    let store = try server.store(chains: 16, in: folder)
    let replay = request(["pf", "beam", "dvts"], budgets: [4, 8])
    let before = try await ReplayStudy(replay, store: store).run().document()
    // A cell of which every run is refused has no row.
    #expect(before.rows.count < 6 || before.rows.contains { $0.refused > 0 })
    let rounds = try await fill(store, replay, server, folder)
    // Each round settles a level of the tree at least; one level more than the longest path cannot be missing.
    #expect((1...6).contains(rounds))
    let after = try await ReplayStudy(replay, store: store).run().document()
    #expect(after.rows.count == 6)
    #expect(after.rows.allSatisfy { $0.refused == 0 && $0.problems == 4 })
    #expect(after.rows.allSatisfy { $0.coverage == CoverageShares(recorded: 1, borrowed: 0, shared: 0) })
  }

  @Test func filledTreesFollowTheOnlineLaw() async throws {
    // With as many draws from the prompt as all runs together take, the runs share no step: they are independent.
    var model = SimulatedModel.plain
    model.problemCount = 10
    model.steps = 6...6
    let truth = try OnlineTruth(.pf, model: model, budget: 8, replicates: 4000)
    var accuracies: [Double] = []
    var naive: [Double] = []
    for seed in UInt64(0)..<6 {
      let folder = try TemporaryFolder()
      let server = SimulatedServer(model, seed: seed)
      let store = try server.store(chains: 64, in: folder)
      var replay = request(["pf"], budgets: [8], replicates: 6)
      let rounds = try await fill(store, replay, server, folder)
      #expect(rounds <= 6)
      let row = try #require(try await ReplayStudy(replay, store: store).run().document().rows.first)
      #expect(row.refused == 0)
      accuracies.append(row.accuracy)
      replay.continuation = "shared"
      replay.recordings = ["chains"]
      naive.append(try #require(try await ReplayStudy(replay, store: store).run().document().rows.first).accuracy)
    }
    let mean = accuracies.reduce(0, +) / 6
    // 360 runs with success probabilities of about 0.9; runs of one record are alike, which doubles the variance.
    let error = (2 * truth.accuracy * (1 - truth.accuracy) / 360).squareRoot()
    #expect(abs(mean - truth.accuracy) < 4 * error, "\(mean) against \(truth.accuracy)")
    #expect(naive.reduce(0, +) / 6 < truth.accuracy - 4 * error)
  }

  @Test func drawsFromThePromptAreAskedForToo() async throws {
    var model = SimulatedModel.plain
    model.problemCount = 2
    model.steps = 3...3
    let folder = try TemporaryFolder()
    let server = SimulatedServer(model, seed: 8)
    let store = try server.store(chains: 4, in: folder)
    let replay = request(["pf"], budgets: [8])
    let results = try await WantsStudy(WantsRequest(replay), store: store).run()
    #expect(results.continuations.map(\.name.rollout) == [nil, nil])
    #expect(results.continuations.map(\.count) == [4, 4])
    _ = try await fill(store, replay, server, folder)
    let overview = try StoreOverview(of: store)
    #expect(overview.recordings.map(\.name) == ["chains", "chains continuations"])
    // Single steps from the prompt are no independent rollouts: selections never see them.
    #expect(overview.recordings.map(\.sampling) == ["independent", "search"])
    let row = try #require(try await ReplayStudy(replay, store: store).run().document().rows.first)
    #expect(row.refused == 0 && row.problems == 2 && row.cell.recording == "chains+chains continuations")
  }

  @Test func budgetsThatCannotRunAreNamed() async throws {
    var model = SimulatedModel.plain
    model.problemCount = 2
    let folder = try TemporaryFolder()
    let store = try SimulatedServer(model, seed: 3).store(chains: 16, in: folder)
    let reason = "beam at N = 6: left out: the budget is not a multiple of width = 4; choose such a budget or set width"
    let results = try await WantsStudy(WantsRequest(request(["pf", "beam"], budgets: [6])), store: store).run()
    #expect(results.notices == [reason] && results.runs > 0)
    await #expect(throws: StudyError.nothingToReplay("nothing can be run:\n  " + reason)) {
      try await WantsStudy(WantsRequest(request(["beam"], budgets: [6])), store: store).run()
    }
  }

  @Test func mergedPrefixesAreAskedForOnce() async throws {
    let folder = try TemporaryFolder()
    let rollouts = (1...4).map { index in
      #"{"steps":[{"text":"same","scores":{"prm":0.9}},{"text":"\boxed{\#(index)}","scores":{"prm":0.5}}],"finish":"stop"}"#
        .replacing("\\", with: "\\\\")
    }
    let line =
      #"{"problem":{"id":"p","statement":"What?","answer":"1"},"recording":{"model":"m","temperature":0.5,"#
      + #""delimiter":"\n\n"},"rollouts":[\#(rollouts.joined(separator: ","))]}"#
    let file = try folder.write(line + "\n", to: "merged.jsonl")
    let store = folder.file("merged.retrace")
    _ = try Ingestion(IngestionRequest(inputs: [file], store: store)).run()
    // Merged, the four rollouts are one prefix with four continuations: nothing is missing.
    var replay = request(["pf"], budgets: [4], replicates: 2)
    #expect(try await WantsStudy(WantsRequest(replay), store: store).run().total == 0)
    // Unmerged, each prefix has one continuation; equal weights are resampled without copies, unlike one in a beam.
    replay.methods = ["beam"]
    replay.options = [.init(key: "mergePrefixes", value: "false")]
    let results = try await WantsStudy(WantsRequest(replay), store: store).run()
    #expect(results.continuations.allSatisfy { $0.count == 3 && $0.name.step == 1 && $0.prefix == "same\n\n" })
    replay.methods = ["beam", "wbon"]
    let some = try await WantsStudy(WantsRequest(replay), store: store).run()
    #expect(some.total == results.total)
    #expect(some.notices == ["wbon: draws no continuations, so none are missing"])
    replay.options.append(.init(key: "weights", value: "logit"))
    let refused = WantsRequest(replay)
    await #expect(throws: ReplayError.self) { try await WantsStudy(refused, store: store).run() }
    let line1 = try #require(try results.batch().split(separator: "\n").first)
    let body = try #require(try JSONDecoder().decode(JSONValue.self, from: Data(line1.utf8))["body"])
    #expect(body["prompt"] == .string("What?\n\nsame\n\n"))
    #expect(body["stop"] == .array([.string("\n\n")]))
    #expect(body["temperature"] == .number(0.5) && body["model"] == .string("m") && body["n"] == .integer(3))
  }

  @Test func answersToAnotherStoreAreRefused() async throws {
    var model = SimulatedModel.plain
    model.problemCount = 2
    model.steps = 4...4
    let folder = try TemporaryFolder()
    let server = SimulatedServer(model, seed: 5)
    let store = try server.store(chains: 8, in: folder)
    let results = try await WantsStudy(WantsRequest(request(["pf"], budgets: [8])), store: store).run()
    let output = try folder.write(try server.answer(batch: results.batch()), to: "output.jsonl")
    let other = try TemporaryFolder()
    let otherStore = try SimulatedServer(model, seed: 6).store(chains: 9, in: other)
    // The same texts would be the same prefixes: the other store's steps are numbered alike but begin elsewhere.
    let before = try TraceStore(path: otherStore, mode: .readOnly).contentHash()
    #expect(throws: UnacceptableData.self) {
      try Ingestion(IngestionRequest(inputs: [output], store: otherStore)).run()
    }
    #expect(try TraceStore(path: otherStore, mode: .readOnly).contentHash() == before)
  }
}
