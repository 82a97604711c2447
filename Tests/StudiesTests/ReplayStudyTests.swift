import Estimation
import Replay
import Testing
import Traces

@testable import Studies

@Suite struct ReplayStudyTests {
  private let folder: TemporaryFolder
  private let store: String

  init() throws {
    folder = try TemporaryFolder()
    store = try folder.store(try MadeUpRollouts.lines(problems: 7, rollouts: 16))
  }

  private func results(
    of store: String? = nil,
    _ methods: [String],
    budgets: [Int] = [1, 4, 8],
    _ change: (inout ReplayRequest) -> Void = { _ in }
  ) async throws -> StudyResults {
    var request = ReplayRequest()
    request.methods = methods
    request.budgets = BudgetList(budgets)
    request.replicates = 3
    change(&request)
    return try await ReplayStudy(request, store: store ?? self.store).run()
  }

  private static let several = ["pf", "beam", "dvts", "wbon", "bon", "majority", "pass", "first"]

  @Test func isTheSameOnAnyNumberOfThreads() async throws {
    let one = try await results(Self.several).document().text
    for threads in [2, 7] {
      #expect(try await results(Self.several) { $0.threads = threads }.document().text == one)
    }
  }

  @Test func doesNotDependOnTheOrderOfIngest() async throws {
    let lines = try MadeUpRollouts.lines(problems: 7, rollouts: 16)
    let reversed = try folder.store(lines.reversed(), named: "reversed.retrace")
    let document = try await results(Self.several).document().text
    #expect(try await results(of: reversed, Self.several).document().text == document)
  }

  @Test func moreBudgetsAndMethodsChangeNoOtherNumber() async throws {
    let few = try await results(["pf", "wbon"], budgets: [4]).document().rows
    let many = try await results(Self.several, budgets: [1, 2, 4, 8]) { $0.aggregations = ["last", "min"] }
    let rows = many.document().rows
    #expect(few.count == 2)
    for row in few { #expect(rows.contains(row)) }
  }

  @Test func aSliceChangesNoProblem() async throws {
    let whole = try await results(["pf"], budgets: [4])
    let slice = try await results(["pf"], budgets: [4]) { $0.condition = "level = 1" }
    let expected = whole.outcomes(cell: 0, budget: 0).filter { slice.problems.contains($0.problem) }
    #expect(slice.problems == ["p1", "p4"])
    #expect(slice.outcomes(cell: 0, budget: 0) == expected)
  }

  @Test func namingTheOnlyScorerChangesNothing() async throws {
    let unnamed = try await results(["pf"]).document().rows
    #expect(try await results(["pf"]) { $0.scorer = "prm" }.document().rows == unnamed)
  }

  @Test func leavesOutBudgetsAboveTheRecord() async throws {
    let results = try await results(["bon", "pf"], budgets: [4, 16, 32])
    let rows = results.document().rows
    #expect(rows.filter { $0.cell.method == "bon" }.map(\.cell.budget) == [4, 16])
    #expect(rows.filter { $0.cell.method == "pf" }.map(\.cell.budget) == [4, 16])
    #expect(
      results.notices() == [
        "r: bon at N = 32: left out: only 16 complete rollouts are recorded",
        "r: pf at N = 32: left out: only 16 draws from the prompt are recorded",
      ])
  }

  @Test func saysThatClosedFormsMakeNoRuns() async throws {
    let exact = try await results(["bon", "pass"], budgets: [4])
    #expect(exact.notices() == ["--replicates 3: bon, pass: exact over all subsets of the record, so no runs are made"])
    #expect(try await results(["bon"], budgets: [4]) { $0.replicates = 32 }.notices().isEmpty)
    #expect(try await results(["bon", "wbon"], budgets: [4]).notices().isEmpty)
  }

  @Test func saysWhereAnIterationHasOneParticle() async throws {
    let notices = try await results(["pg", "pt"], budgets: [4, 8]).notices()
    #expect(notices.count == 2)
    #expect(notices[0].hasPrefix("r: pg at N = 4: one particle in each of 4 iterations"))
    #expect(notices[1].hasPrefix("r: pt at N = 4: one particle in each filter"))
  }

  @Test func rowsNameThePresetsVersion() async throws {
    let text = try await results(["pf", "adaptiveVote"], budgets: [4]) { $0.preset = "its_hub" }.document().text
    #expect(text.components(separatedBy: #""presetVersion": "its-hub 1.2.0""#).count == 3)
    let plain = try await results(["pf"], budgets: [4]).document()
    #expect(plain.rows.allSatisfy { $0.cell.preset == nil && $0.cell.presetVersion == nil })
  }

  @Test func oddBudgetsOfDVTSAreLeftOutOrImpossible() async throws {
    let some = try await results(["dvts"], budgets: [3, 4])
    #expect(some.document().rows.map(\.cell.budget) == [4])
    #expect(some.impossibleMethod() == nil)
    #expect(some.notices().count == 1)
    let none = try await results(["pass", "dvts"], budgets: [3, 5])
    guard case .impossibleBudgets(let method, let reason) = none.impossibleMethod() else {
      Issue.record("dvts at 3 and 5 is impossible")
      return
    }
    #expect(method == "dvts")
    #expect(reason.contains("multiple of width = 4"))
  }

  @Test func modelNeedsAPrefixChannel() async throws {
    let error = await #expect(throws: ReplayError.self) {
      try await results(["pf"]) { $0.aggregations = ["model"] }
    }
    guard case .noChannel(.prefix, "prm", "model", _) = error else {
      Issue.record("found \(String(describing: error))")
      return
    }
    let scored = try folder.store(
      try MadeUpRollouts.lines(problems: 2, rollouts: 8, hasPrefixes: true), named: "prefixes.retrace")
    let rows = try await results(of: scored, ["pf"]) { $0.aggregations = ["model"] }.document().rows
    #expect(rows.map(\.cell.aggregate) == ["model", "model", "model"])
  }

  /// Four rollouts, two right, the best of them wrong: every closed form by hand.
  @Test func closedFormsByHand() async throws {
    let line = try WrittenProblem.choices("p", [(0.9, "2"), (0.8, "1"), (0.3, "1"), (0.1, "3")])
    let store = try folder.store([line], named: "hand.retrace")
    let rows = try await results(of: store, ["first", "pass", "bon", "majority"], budgets: [1, 2, 4]).document().rows
    let accuracies = Dictionary(grouping: rows, by: \.cell.method).mapValues { $0.map(\.accuracy) }
    #expect(accuracies["first"] == [0.5, 0.5, 0.5])
    let expected: [String: [Double]] = [
      "pass": [1.0 / 2, 5.0 / 6, 1],
      // Of the six pairs, {0.8, 0.3}, {0.8, 0.1} and {0.3, 0.1} have a right best.
      "bon": [1.0 / 2, 3.0 / 6, 0],
      // Of the six pairs one is right twice; of the four that are half right one in two.
      "majority": [1.0 / 2, 3.0 / 6, 1],
    ]
    for (method, values) in expected {
      for (value, accuracy) in zip(values, accuracies[method] ?? []) { #expect(abs(value - accuracy) < 1e-12) }
      #expect(accuracies[method]?.count == 3)
    }
  }

  @Test func saysThatNothingFits() async throws {
    await #expect(throws: StudyError.self) { try await results(["pf"]) { $0.condition = "level = 77" } }
    await #expect(throws: StudyError.self) { try await results(["pf"]) { $0.scorer = "prn" } }
    await #expect(throws: StudyError.self) { try await results(["pf"]) { $0.recordings = ["q"] } }
  }
}
