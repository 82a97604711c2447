import Foundation
import Testing
import Traces

@testable import Replay

/// What problems lend one another where a state is used up.
@Suite struct LendingTests {
  // MARK: Laws that problems share

  /// The probability of one sequence of draws by Pólya's urn, draw after draw.
  private func urn(_ draws: [Int], mean: [Double], concentration: Double) -> Double {
    var counts = mean.map { $0 * concentration }
    var probability = 1.0
    for draw in draws {
      probability *= counts[draw] / counts.reduce(0, +)
      counts[draw] += 1
    }
    return probability
  }

  @Test func likelihoodIsThatOfAnUrn() {
    let mean = [0.2, 0.5, 0.3]
    for concentration in [0.5, 3, 40] {
      let exact = urn([0, 1, 1, 2, 1, 0], mean: mean, concentration: concentration)
      let found = SharedLaw.logLikelihood([2, 3, 1], mean: mean, concentration: concentration)
      #expect(abs(found - log(exact)) < 1e-9)
    }
  }

  @Test func likelihoodsOfAllSequencesAddUp() {
    var total = 0.0
    for first in 0..<3 {
      for second in 0..<3 {
        for third in 0..<3 {
          var counts = [0.0, 0, 0]
          for draw in [first, second, third] { counts[draw] += 1 }
          total += exp(SharedLaw.logLikelihood(counts, mean: [0.2, 0.5, 0.3], concentration: 2))
        }
      }
    }
    #expect(abs(total - 1) < 1e-9)
  }

  @Test func alikeProblemsShareTheirLaw() {
    let alike = SharedLaw(mean: [0.75, 0.25], counts: Array(repeating: [75, 25], count: 12))
    #expect(alike.concentration == 10_000)
    #expect(abs(alike.law(given: [0, 10])[0] - 0.75) < 0.001)
    let unlike = SharedLaw(
      mean: [0.5, 0.5], counts: Array(repeating: [95, 5], count: 6) + Array(repeating: [5, 95], count: 6))
    #expect(unlike.concentration < 3)
    // By hand: (0 + c / 2) / (10 + c), c at most 3.
    #expect(unlike.law(given: [0, 10])[0] < 1.5 / 13 + 1e-9)
  }

  @Test func nothingToldMeansAlike() {
    let law = SharedLaw(mean: [0.3, 0.7], counts: [[0, 0], [1, 0]])
    #expect(law.law(given: [0, 0]) == [0.3, 0.7])
  }

  // MARK: What a problem has

  @Test func aBorrowersStepsAreCounted() throws {
    // Two chains of three steps and one of two; states by hand: nodes 1...3, then 4...6, then 7 and 8.
    let tree = try TestTree.make([
      TestRollout([(1, 0.1), (11, 0.1), (12, 0.9)], answer: 0),
      TestRollout([(2, 0.9), (21, 0.9), (22, 0.1)], answer: 1),
      TestRollout([(3, 0.9), (31, 0.1)], answer: 0),
    ])
    let states: [UInt8] = [0] + [0, 1, 1] + [0, 1, 0] + [1, 0]
    let borrower = Borrower(tree: tree, states: states, isDonor: tree.hasRecordedDraws, stateCount: 2)
    #expect(borrower.counts.row(0) == [1, 1])
    #expect(borrower.counts.row(1) == [2, 1])
    #expect(borrower.counts.outcomes(0) == [1, 1] && borrower.counts.outcomes(1) == [1, 0])
    // Depth 1: one prefix of state 0 and two of state 1 go on; depth 2: one of each.
    #expect(borrower.owned == [0, 0, 1, 2, 1, 1, 0, 0])
    #expect(borrower.endings == [1, 0, 1.0 / 3, 1])
  }

  // MARK: Loans

  /// Two states that scores tell apart beyond doubt; state 1 ends right.
  private var model: LatentStateModel {
    LatentStateModel(
      stateCount: 2, mean: [-2, 2], variance: [0.1, 0.1], rightProbability: [0.01, 0.99],
      transition: [0.7, 0.3, 0.3, 0.7], start: [0.5, 0.5], startByProblem: [:], offsetByProblem: [:], offsetVariance: 0,
      centre: 0, spread: 1)
  }

  private func score(_ state: Int) -> Double { state == 1 ? 0.88 : 0.12 }

  /// Chains of three steps whose states follow the given paths.
  private func tree(_ paths: [[Int]], key: String) throws -> TraceTree {
    try TestTree.make(
      paths.enumerated().map { chain, path in
        TestRollout(
          path.enumerated().map { (UInt64(chain * 10 + $0), score($1)) }, answer: path.last == 1 ? 0 : 1)
      }, key: key, merge: false)
  }

  private func lending(_ trees: [TraceTree], seed: UInt64 = 1) -> LatentStateModel {
    model.lending(trees.map { StatedSteps(tree: $0, column: 0, model: model, seed: seed) })
  }

  private func engine(_ tree: TraceTree, _ model: LatentStateModel) throws -> ReplayEngine {
    let scores = try PathScores(tree: tree, column: 0, aggregation: .last)
    let states = LatentStates(tree: tree, column: 0, model: model, seed: 1)
    return ReplayEngine(tree: tree, scores: scores, continuation: DonorGroups(states: states), keepsHistory: false)
  }

  private func stream(_ number: Int) -> RandomStream {
    RandomStream(.init(seed: 9, problem: "", method: "", settings: ""), budget: 0, replicate: number)
  }

  /// Begins a run of candidates that all stand at node 1.
  private func begin(_ engine: inout ReplayEngine, count: Int) -> FlatStorage<Candidate> {
    engine.begin(stream: stream(1), replicate: 0)
    let candidates = FlatStorage(repeating: engine.scores.start, count: count)
    for i in 0..<count { engine.scores.extend(&candidates[i], to: 1, score: score(1)) }
    return candidates
  }

  @Test func othersLendOnlyWhatIsUsedUp() throws {
    let poor = try tree([[1, 1, 1], [0, 0, 0]], key: "poor")
    let rich = try tree(Array(repeating: [1, 1, 0], count: 4) + Array(repeating: [1, 1, 1], count: 4), key: "rich")
    var engine = try engine(poor, lending([poor, rich]))
    let candidates = begin(&engine, count: 6)
    _ = engine.advance(candidates, count: 6)
    // Its own step, the one of its state that is a step deeper, and then those of other problems.
    #expect(engine.tally.coverage == Coverage(recorded: 1, borrowed: 5, fromOtherDepths: 1, fromOtherProblems: 4))
    #expect(candidates.prefix(6).map { engine.isLent(Int($0.node)) } == [false, false, true, true, true, true])
    #expect(candidates.prefix(6).allSatisfy { $0.steps == 2 })
  }

  @Test func aProblemAloneRepeatsItself() throws {
    let poor = try tree([[1, 1, 1], [0, 0, 0]], key: "poor")
    var engine = try engine(poor, model)
    let candidates = begin(&engine, count: 6)
    _ = engine.advance(candidates, count: 6)
    #expect(engine.tally.coverage == Coverage(recorded: 1, borrowed: 1, shared: 4, fromOtherDepths: 1))
  }

  @Test func lentPathsGoOnAndEnd() throws {
    let poor = try tree([[1, 1, 1], [0, 0, 0]], key: "poor")
    let rich = try tree(Array(repeating: [1, 1, 0], count: 20) + Array(repeating: [1, 1, 1], count: 20), key: "rich")
    var engine = try engine(poor, lending([poor, rich]))
    let candidates = begin(&engine, count: 30)
    #expect(engine.advance(candidates, count: 30) == 29, "one goes on as the path a step deeper, which is over")
    // One borrows from a prefix of its own problem that is a step shorter, and is over a step later.
    #expect(engine.advance(candidates, count: 30) == 1)
    #expect(engine.advance(candidates, count: 30) == 0)
    let ends = (0..<30).map { engine.answerClass(candidates[$0]) }
    // Wrong ends have an answer that the borrower has.
    #expect(Set(ends) == [0, 1])
    #expect(!engine.tally.isRefused && engine.tally.coverage.shared == 0)
  }

  @Test func lentStepsFollowTheBorrowersLaw() throws {
    // All problems are alike: after state 1 a quarter goes to state 0. The borrower has one path of its own.
    let alike = (0..<30).map { number in
      (0..<40).map { [1, ($0 + number) % 4 == 0 ? 0 : 1, ($0 + number) % 4 == 1 ? 0 : 1] }
    }
    let others = try alike.enumerated().map { try tree($1, key: "p\($0)") }
    let poor = try tree([[1, 1, 1]], key: "poor")
    var lender = model
    lender.transition = [0.5, 0.5, 0.25, 0.75]
    let library = StepLibrary(
      ([poor] + others).map { StatedSteps(tree: $0, column: 0, model: model, seed: 1) }, model: lender)
    var counts = [0.0, 0]
    for number in 0..<60 {
      var random = stream(number)
      let borrower = Borrower(
        tree: poor, states: [0, 1, 1, 1], isDonor: poor.hasRecordedDraws, stateCount: 2)
      let lent = library.lend(to: borrower, model: lender, scale: .probability, using: &random)
      for index in 0..<lent.count where !lent.isLender(index) && lent.states[index - 1] == 1 {
        counts[Int(lent.states[index])] += 1
      }
    }
    // 63 loans at each of two depths, 60 times. With alike problems the law is the common one but for two own moves
    // among the weight of 10 000.
    let total = counts.reduce(0, +)
    #expect(total == 60 * 2 * 63)
    let statistic = zip(counts, [0.25, 0.75]).reduce(0) {
      $0 + ($1.0 - total * $1.1) * ($1.0 - total * $1.1) / (total * $1.1)
    }
    #expect(statistic < 10.83, "chi-square(1) exceeds its 0.999 quantile")
  }

  @Test func loansDoNotDependOnTheOrderOfProblems() throws {
    let trees = try (0..<6).map { number in
      try tree((0..<5).map { [1, ($0 + number) % 2, ($0 * number) % 2] }, key: "p\(number)")
    }
    let poor = try tree([[1, 1, 1], [0, 0, 0]], key: "poor")
    let cell = try MethodCell(method: "pf", aggregation: .last)
    func outcomes(_ trees: [TraceTree]) throws -> [Double] {
      var replay = ProblemReplay(tree: poor, models: [poor.columns[0]: lending(trees)])
      return try replay.evaluate(cell, budgets: [2], replicates: 40, seed: 3)[0].expected
    }
    #expect(try outcomes([poor] + trees) == outcomes(trees.reversed() + [poor]))
  }

  @Test func offsetsAreTheBorrowersOwn() throws {
    let poor = try tree([[1, 1, 1], [0, 0, 0]], key: "poor")
    let rich = try tree(Array(repeating: [1, 1, 1], count: 4), key: "rich")
    var shifted = model
    shifted.offsetByProblem = [ExactText("poor"): 0.25, ExactText("rich"): -0.25]
    let lender = shifted.lending(
      [poor, rich].map { StatedSteps(tree: $0, column: 0, model: shifted, seed: 1) })
    let lent = LatentStates(tree: poor, column: 0, model: lender, seed: 1).lent
    let own = ScoreWeights.logit(score(1))
    // Steps of the borrower itself are lent back as they are; those of the other problem are half a unit higher.
    let scores = Set(lent.innovations.filter { $0 > 0 }.map { ($0 - own) * 1000 }.map { Int($0.rounded()) })
    #expect(scores.isSubset(of: [0, 500]) && scores.contains(500))
  }
}
