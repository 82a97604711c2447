import Estimation
import Replay
import Testing
import Traces

@testable import Studies

@Suite struct ComparisonTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func results(
    _ left: String,
    _ right: String,
    of store: String,
    budgets: [Int],
    _ change: (inout ReplayRequest) -> Void = { _ in }
  ) async throws -> ComparisonResults {
    var shared = ReplayRequest()
    shared.budgets = BudgetList(budgets)
    shared.replicates = 3
    change(&shared)
    let request = ComparisonRequest(
      left: try MethodChoice(parsing: left), right: try MethodChoice(parsing: right), shared: shared)
    return try await ComparisonStudy(request, store: store).run()
  }

  /// On each problem the best rollout is right and the two others are wrong alike: best-of-3 is right, the vote wrong.
  @Test func differencesByHand() async throws {
    let lines = try ["a", "b", "c"].map {
      try WrittenProblem.choices($0, [(0.9, "1"), (0.5, "2"), (0.4, "2")])
    }
    let store = try folder.store(lines)
    let document = try await results("bon", "majority", of: store, budgets: [1, 3]).document()
    let comparison = try #require(document.entries.first?.comparison)
    #expect(document.entries.count == 1)
    #expect(comparison.rows.map(\.budget) == [1, 3])
    let last = comparison.rows[1]
    #expect(last.left == 1 && last.right == 0)
    #expect(last.comparison.difference == 1)
    #expect(last.comparison.interval == Interval(low: 1, high: 1))
    // Of the eight assignments of signs, two are as extreme as what was seen.
    #expect(last.comparison.pValue == 0.25)
    #expect(comparison.rows[0].comparison.difference == 0)
    #expect(comparison.rows[0].comparison.pValue == 1)
    // The vote falls from 1/3 to 0, so that the monotone baseline is 1/6 throughout and reaches neither 1/3 nor 1.
    #expect(comparison.rates.map(\.rate) == [.above(3), .above(1)])
  }

  /// pass@N is 1/2, 5/6, 1 and best-of-N 1/2, 1/2, 1 at N = 1, 2, 4: the second needs 2 x 2^(2/3) for 5/6.
  @Test func scalingRateByHand() async throws {
    let line = try WrittenProblem.choices("p", [(0.9, "1"), (0.8, "2"), (0.7, "3"), (0.1, "1")])
    let store = try folder.store([line])
    let document = try await results("pass", "bon", of: store, budgets: [1, 2, 4]).document()
    let rates = try #require(document.entries.first?.comparison.rates)
    let ratios = rates.map(\.rate.bound)
    #expect(rates.allSatisfy { !$0.rate.isCensored })
    for (ratio, expected) in zip(ratios, [1, 1.5874010519681994, 1]) { #expect(abs(ratio - expected) < 1e-9) }
    #expect(rates.map(\.budget) == [1, 2, 4])
  }

  @Test func sidesAreThoseOfAReplay() async throws {
    let store = try folder.store(
      try MadeUpRollouts.lines(problems: 6, rollouts: 12, scorers: ["a", "b"], hasPrefixes: true))
    let sides = [("pf:last@a", "last", "a"), ("pf:min@b", "min", "b"), ("pf:model@a", "model", "a")]
    for (left, right) in zip(sides, sides.dropFirst() + sides.prefix(1)) {
      let results = try await results(left.0, right.0, of: store, budgets: [2, 4])
      let rows = try #require(try results.document().entries.first?.comparison.rows)
      let ours = try await accuracies(left.1, left.2, of: store)
      let theirs = try await accuracies(right.1, right.2, of: store)
      #expect(rows.map(\.left) == ours)
      #expect(rows.map(\.right) == theirs)
      #expect(results.notices().isEmpty)
    }
  }

  private func accuracies(_ aggregate: String, _ scorer: String, of store: String) async throws -> [Double] {
    var request = ReplayRequest()
    request.methods = ["pf"]
    request.aggregations = [aggregate]
    request.scorer = scorer
    request.budgets = BudgetList([2, 4])
    request.replicates = 3
    return try await ReplayStudy(request, store: store).run().document().rows.map(\.accuracy)
  }

  @Test func isTheSameOnAnyNumberOfThreads() async throws {
    let store = try folder.store(try MadeUpRollouts.lines(problems: 6, rollouts: 12))
    let one = try await results("pf", "dvts", of: store, budgets: [4, 8]).document().jsonText
    for threads in [2, 7] {
      let many = try await results("pf", "dvts", of: store, budgets: [4, 8]) { $0.threads = threads }
      #expect(try many.document().jsonText == one)
    }
  }

  @Test func swappingSidesTurnsTheSign() async throws {
    let store = try folder.store(try MadeUpRollouts.lines(problems: 6, rollouts: 12))
    let there = try #require(
      try await results("pf", "bon", of: store, budgets: [4]).document().entries.first?.comparison.rows.first)
    let back = try #require(
      try await results("bon", "pf", of: store, budgets: [4]).document().entries.first?.comparison.rows.first)
    #expect(there.comparison.difference == -back.comparison.difference)
    #expect(
      there.comparison.interval == Interval(low: -back.comparison.interval.high, high: -back.comparison.interval.low))
    #expect(there.comparison.pValue == back.comparison.pValue)
  }

  @Test func optionsAndPresetsOfOneSide() async throws {
    let store = try folder.store(try MadeUpRollouts.lines(problems: 3, rollouts: 8))
    let document = try await results(
      "dvts,width=2", "dvts,width=4", of: store, budgets: [4]
    ).document()
    let comparison = try #require(document.entries.first?.comparison)
    #expect(comparison.left.options["width"] == "2")
    #expect(comparison.right.options["width"] == "4")
    let presets = try await results("pf,preset=pis", "pf", of: store, budgets: [4]).document().entries.first?.comparison
    #expect(presets?.left.preset == "pis")
    #expect(presets?.right.preset == nil)
  }

  @Test func sharedOptionsGoToTheSidesThatHaveThem() async throws {
    let store = try folder.store(try MadeUpRollouts.lines(problems: 3, rollouts: 8))
    let document = try await results("dvts", "pf", of: store, budgets: [4]) {
      $0.options = [.init(key: "width", value: "2"), .init(method: "pf", key: "temperature", value: "0.5")]
    }.document()
    let comparison = try #require(document.entries.first?.comparison)
    #expect(comparison.left.options["width"] == "2")
    #expect(comparison.right.options["temperature"] == "0.5")
    #expect(comparison.right.options["width"] == nil)
    await #expect(throws: ReplayError.self) {
      try await results("dvts", "pf", of: store, budgets: [4]) { $0.options = [.init(key: "widht", value: "2")] }
    }
  }

  @Test(arguments: [
    "majority:last", "pass@prm", "bon,continuation=strict", "majority,mergePrefixes=false", "multiTemperature:min",
    "ensemble@prm,scorers=all",
  ])
  func refusesASettingThatDoesNothing(left: String) async throws {
    let store = try folder.store(try MadeUpRollouts.lines(problems: 2, rollouts: 4))
    let error = await #expect(throws: ComparisonError.self) {
      try await results(left, "pass", of: store, budgets: [2])
    }
    #expect(error?.localizedDescription.contains("would do nothing") == true)
  }

  @Test func refusesSharedSettingsThatNoSideTakes() async throws {
    let store = try folder.store(try MadeUpRollouts.lines(problems: 2, rollouts: 8, scorers: ["a", "b"]))
    let refused: [(String, String, String, (inout ReplayRequest) -> Void)] = [
      ("majority", "bon@a", "--continuation strict", { $0.continuation = "strict" }),
      ("majority", "pass", "--aggregate min", { $0.aggregations = ["min"] }),
      ("pf:model@a", "pf:last@a", "--aggregate min", { $0.aggregations = ["min"] }),
      ("pf@a", "bon@b", "--scorer a", { $0.scorer = "a" }),
      (
        "majority", "bon@a", "--set mergePrefixes=false",
        { $0.options = [.init(key: "mergePrefixes", value: "false")] }
      ),
      ("pf@a,preset=pis", "pf@a,preset=its_hub", "--preset pis", { $0.preset = "pis" }),
      ("pf@a,recording=r", "bon@a,recording=r", "--recording r", { $0.recordings = ["r"] }),
      ("beam@a,width=2", "pf@a", "--set width=4", { $0.options = [.init(key: "width", value: "4")] }),
    ]
    for (left, right, name, change) in refused {
      let error = await #expect(throws: ComparisonError.self) {
        try await results(left, right, of: store, budgets: [2], change)
      }
      #expect(error?.localizedDescription.hasPrefix(name + " would do nothing") == true, "\(left) \(right)")
    }
  }

  @Test func sharedSettingsGoToTheSidesThatReadThem() async throws {
    let store = try folder.store(try MadeUpRollouts.lines(problems: 3, rollouts: 8, scorers: ["a", "b"]))
    let document = try await results("pf", "majority", of: store, budgets: [4]) {
      $0.aggregations = ["min"]
      $0.scorer = "a"
      $0.continuation = "shared"
      $0.options = [.init(key: "mergePrefixes", value: "false")]
    }.document()
    let comparison = try #require(document.entries.first?.comparison)
    #expect(comparison.left.aggregate == "min" && comparison.left.scorer == "a")
    #expect(comparison.left.options["continuation"] == "shared" && comparison.left.options["mergePrefixes"] == "false")
    #expect(comparison.right.aggregate == nil && comparison.right.options["mergePrefixes"] == nil)
    let own = try await results("beam@a,width=2", "dvts@a", of: store, budgets: [4]) {
      $0.options = [.init(key: "width", value: "4"), .init(method: "dvts", key: "maxSteps", value: "9")]
    }.document().entries.first?.comparison
    #expect(own?.left.options["width"] == "2" && own?.left.options["maxSteps"] == "40")
    #expect(own?.right.options["width"] == "4" && own?.right.options["maxSteps"] == "9")
  }

  @Test func comparesRecordings() async throws {
    let store = try folder.store(try MadeUpRollouts.lines(problems: 4, rollouts: 8))
    let other = try folder.write(try MadeUpRollouts.lines(problems: 4, rollouts: 9), to: "other.jsonl")
    try folder.ingest(other) { $0.recording = "s" }
    let both = try await results("pf", "pass", of: store, budgets: [2]).document()
    #expect(both.entries.map(\.comparison.left.recording) == ["r", "s"])
    #expect(both.entries.map(\.comparison.right.recording) == ["r", "s"])
    let across = try await results("pf,recording=r", "pf,recording=s", of: store, budgets: [2]).document()
    #expect(across.entries.map(\.comparison.left.recording) == ["r"])
    #expect(across.entries.map(\.comparison.right.recording) == ["s"])
    #expect(across.table.hasPrefix("r against s, 4 problems\n"))
  }

  @Test func saysWhatIsMissing() async throws {
    let store = try folder.store(try MadeUpRollouts.lines(problems: 3, rollouts: 8))
    let some = try await results("pf", "dvts", of: store, budgets: [3, 4, 16])
    #expect(try some.document().entries.first?.comparison.rows.map(\.budget) == [4])
    #expect(some.notices().count == 3)
    #expect(throws: ComparisonError.nothingInCommon(left: "pf", right: "dvts")) {
      try ComparisonResults(left: some.left.only(budget: 3), right: some.right).document()
    }
    let impossible = try await results("pf", "dvts", of: store, budgets: [3])
    guard case .impossibleBudgets("dvts", _) = impossible.impossibleMethod() else {
      Issue.record("dvts at 3 is impossible")
      return
    }
  }

  @Test func writesCSV() async throws {
    let lines = try ["a", "b", "c"].map {
      try WrittenProblem.choices($0, [(0.9, "1"), (0.5, "2"), (0.4, "2")])
    }
    let store = try folder.store(lines)
    let document = try await results("bon", "majority", of: store, budgets: [3]).document()
    #expect(
      document.csv == """
        leftRecording,rightRecording,budget,problems,left,right,difference,low,high,pValue,rate,rateIs,rateLow,rateLowIs,\
        rateHigh,rateHighIs
        r,r,3,3,1.0,0.0,1.0,1.0,1.0,0.25,1.0,above,1.0,above,1.0,above

        """)
    #expect(document.table.contains("| 3  |     100.0 |           0.0 |     +100.0 | +100.0 to +100.0 | 0.250 |"))
    #expect(document.table.contains("- > 1x at N = 3 (> 1x to > 1x)"))
    #expect(
      document.notices() == [
        "r: bon at N = 3: few problems: the interval itself is uncertain",
        "r: majority at N = 3: few problems: the interval itself is uncertain",
      ])
  }
}

extension StudyResults {
  /// The same results as if one budget had been asked for whose numbers are all missing.
  fileprivate func only(budget: Int) -> StudyResults {
    let position = request.budgets.values.firstIndex(of: budget) ?? 0
    var request = request
    request.budgets = BudgetList([budget])
    return StudyResults(
      cells: cells, problems: problems, results: results.map { $0.map { $0.map { [$0[position]] } } },
      unscored: unscored, scorer: scorer, allScorers: allScorers, settings: settings, request: request,
      unparsed: unparsed, biases: biases,
      predictions: predictions, dataset: dataset)
  }
}
