import Testing

@testable import Estimation

@Suite struct ScalingRateTests {
  @Test func poolsViolators() {
    #expect(IsotonicRegression.fit([1, 3, 2, 4]) == [1, 2.5, 2.5, 4])
    #expect(IsotonicRegression.fit([3, 2, 1]) == [2, 2, 2])
    #expect(IsotonicRegression.fit([1, 4, 1], weights: [1, 1, 2]) == [1, 2, 2])
    #expect(IsotonicRegression.fit([]).isEmpty)
  }

  /// Against all ways of cutting the sequence into blocks of equal fit: the best monotone one is the regression.
  @Test func fitIsTheBestMonotoneOne() {
    let values = [2.0, 5, 1, 1, 7, 3, 9]
    var best = (error: Double.infinity, fit: [Double]())
    for cuts in 0..<(1 << (values.count - 1)) {
      var blocks = [[values[0]]]
      for (position, value) in values.dropFirst().enumerated() {
        if cuts >> position & 1 == 1 { blocks.append([value]) } else { blocks[blocks.count - 1].append(value) }
      }
      let fit = blocks.flatMap { block in block.map { _ in block.reduce(0, +) / Double(block.count) } }
      guard zip(fit, fit.dropFirst()).allSatisfy({ $0 <= $1 }) else { continue }
      let error = zip(fit, values).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
      if error < best.error { best = (error, fit) }
    }
    for (fitted, exact) in zip(IsotonicRegression.fit(values), best.fit) { #expect(abs(fitted - exact) < 1e-12) }
  }

  /// The numbers of arXiv 2502.01618, Figure 2: PF at N against DVTS at 4 ... 128.
  @Test func paperRates() throws {
    let budgets = [4, 8, 16, 32, 64, 128]
    let small = [40.2, 44.2, 48.8, 50.2, 52.8, 54.6]
    #expect(try reach(50.2, budgets, small, at: 8) == .exactly(4))
    #expect(try reach(43.06, budgets, [50, 51, 52, 53, 54, 55], at: 8) == .below(0.5))
    #expect(try reach(68.8, budgets, [54.0, 58.2, 61.8, 64.0, 65.7, 67.0], at: 8) == .above(16))
  }

  /// The same figure for the 1.5B model, where the rate is 1.3x at N = 8 and 0.4x at N = 16.
  @Test func paperRatesThatAreNoGain() throws {
    let budgets = [4, 8, 16, 32, 64, 128]
    let baseline = [81.0, 82.0, 82.6, 82.8, 83.4, 83.4]
    #expect(try abs(reach(82.2, budgets, baseline, at: 8).bound - 1.26) < 0.005)
    #expect(try abs(reach(81.8, budgets, baseline, at: 16).bound - 0.435) < 0.005)
    #expect(try reach(84.6, budgets, baseline, at: 32) == .above(4))
  }

  /// Halfway between two budgets on log2 N, and the left end of a plateau.
  @Test func interpolatesOnTheLogarithm() throws {
    let halfway = try reach(0.5, [4, 16], [0.4, 0.6], at: 1)
    #expect(abs(halfway.bound - 8) < 1e-12 && !halfway.isCensored)
    #expect(try reach(0.5, [1, 2, 4, 8], [0.3, 0.6, 0.4, 0.7], at: 1) == .exactly(2))
    #expect(try reach(0.3, [1, 2], [0.3, 0.6], at: 1) == .exactly(1))
  }

  @Test func ratesAreOrderedAndPrinted() {
    let ratios: [BudgetRatio] = [.above(16), .exactly(16), .below(0.125), .exactly(0.125), .below(16)]
    #expect(ratios.sorted() == [.below(0.125), .exactly(0.125), .below(16), .exactly(16), .above(16)])
    #expect(BudgetRatio.above(16).text == "> 16x")
    #expect(BudgetRatio.below(0.125).text == "< 0.125x")
    #expect(BudgetRatio.exactly(1.3333).text == "1.33x")
    #expect(BudgetRatio.exactly(1234.5).text == "1230x")
    #expect(BudgetRatio.exactly(0).text == "0.0x")
  }

  @Test func intervalIsPairedAndMayBeCensored() throws {
    let keys = (0..<50).map { "p\($0)" }
    let resamples = ProblemResamples(problems: keys, seed: 1, count: 1_000)
    let levels = keys.indices.map { Double($0) / 100 }
    let baseline = ScalingCurve(
      Dictionary(
        uniqueKeysWithValues: [1, 2, 4, 8].map { budget in
          (budget, levels.map { $0 + 0.05 * Double(budget.trailingZeroBitCount) })
        }))
    // The method at 2 is the baseline at 4 on every problem: the ratio is 2 in every resample.
    let method = ScalingCurve([2: levels.map { $0 + 0.1 }, 8: levels.map { $0 + 0.4 }])
    let rate = try #require(resamples.scalingRate(of: method, over: baseline, at: 2))
    #expect(abs(rate.rate.bound - 2) < 1e-9 && abs(rate.low.bound - 2) < 1e-9 && abs(rate.high.bound - 2) < 1e-9)
    let beyond = try #require(resamples.scalingRate(of: method, over: baseline, at: 8))
    #expect(beyond.rate == .above(1) && beyond.high == .above(1))
    #expect(beyond.text == "> 1x at N = 8 (> 1x to > 1x)")
    #expect(resamples.scalingRate(of: method, over: baseline, at: 4) == nil)
  }

  private func reach(_ target: Double, _ budgets: [Int], _ means: [Double], at budget: Int) throws -> BudgetRatio {
    let keys = ["only"]
    let resamples = ProblemResamples(problems: keys, seed: 1, count: 10)
    let baseline = ScalingCurve(Dictionary(uniqueKeysWithValues: zip(budgets, means.map { [$0] })))
    return try #require(
      resamples.scalingRate(of: ScalingCurve([budget: [target]]), over: baseline, at: budget)
    ).rate
  }
}
