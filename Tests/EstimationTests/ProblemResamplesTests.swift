import Testing
import Traces

@testable import Estimation

@Suite struct ProblemResamplesTests {
  private let keys = (0..<40).map { "problem-\($0)" }

  private func values(_ value: (Int) -> Double) -> [ExactText: Double] {
    Dictionary(uniqueKeysWithValues: keys.enumerated().map { (ExactText($1), value($0)) })
  }

  @Test func orderOfProblemsDoesNotMatter() {
    let forward = ProblemResamples(problems: keys, seed: 3, count: 500)
    let backward = ProblemResamples(problems: keys.reversed() + keys, seed: 3, count: 500)
    let scores = values { Double($0 * 37 % 11) / 10 }
    #expect(forward.problems == backward.problems)
    #expect(forward.interval(of: forward.aligned(scores)) == backward.interval(of: backward.aligned(scores)))
  }

  @Test func seedAndProblemsDecide() {
    let scores = values { Double($0) }
    func interval(_ seed: UInt64, _ keys: [String]) -> Interval {
      let resamples = ProblemResamples(problems: keys, seed: seed, count: 500)
      return resamples.interval(of: resamples.aligned(scores))
    }
    #expect(interval(1, keys) == interval(1, keys))
    #expect(interval(1, keys) != interval(2, keys))
  }

  /// For a mean of zeroes and ones the bootstrap law is binomial: its 2.5 % points at n = 40, p = 0.5 are 14 and 26.
  @Test func intervalFollowsTheBinomialLaw() {
    let resamples = ProblemResamples(problems: keys, seed: 1)
    let interval = resamples.interval(of: resamples.aligned(values { $0 % 2 == 0 ? 1 : 0 }))
    #expect(abs(interval.low - 14.0 / 40) < 0.0251 && abs(interval.high - 26.0 / 40) < 0.0251)
  }

  @Test func indicesAreUniform() {
    // The mean of every problem's own indicator over all draws: chi-square with 39 degrees of freedom, 99.9 % at 72.1.
    let resamples = ProblemResamples(problems: keys, seed: 5, count: 2_000)
    var chiSquare = 0.0
    for place in keys.indices {
      var indicator = [Double](repeating: 0, count: keys.count)
      indicator[place] = 1
      let drawn = resamples.means(of: indicator).reduce(0, +) * Double(keys.count)
      chiSquare += (drawn - 2_000) * (drawn - 2_000) / 2_000
    }
    #expect(chiSquare < 72.1)
  }

  /// Of 95 % intervals around means of 60 skewed values, about 93 % hold the true mean 1/3: the percentile bootstrap is
  /// known to be slightly short. 400 trials have a standard error of 1.2 %.
  @Test func intervalsHoldTheTruthAsOftenAsTheySay() {
    let resamples = ProblemResamples(problems: (0..<60).map { "p\($0)" }, seed: 2, count: 1_000)
    var stream = ProblemResamples.stream(seed: 3, problems: ["truth"], purpose: "test")
    var held = 0
    for _ in 0..<400 {
      let values = (0..<60).map { _ in
        let draw = stream.uniform()
        return draw * draw
      }
      if resamples.interval(of: values).contains(1.0 / 3) { held += 1 }
    }
    #expect(held > 360 && held < 392, "\(held) of 400")
  }

  @Test func missingProblemsAreLeftOut() {
    let resamples = ProblemResamples(problems: ["a", "b", "c"], seed: 1, count: 200)
    let aligned = resamples.aligned(["a": 1, "c": 1, "z": 0])
    #expect(aligned[1].isNaN)
    #expect(resamples.mean(of: aligned) == 1)
    #expect(resamples.interval(of: aligned) == Interval(low: 1, high: 1))
    let empty = resamples.means(of: aligned).filter(\.isNaN)
    #expect(!empty.isEmpty)
    #expect(resamples.interval(of: [.nan, .nan, .nan]).low.isNaN)
  }

  @Test func oneProblemHasNoWidth() {
    let resamples = ProblemResamples(problems: ["only"], seed: 1, count: 100)
    #expect(resamples.interval(of: [0.25]) == Interval(low: 0.25, high: 0.25))
    #expect(ProblemResamples(problems: [], seed: 1).means(of: []).isEmpty)
  }

  @Test func percentilesAreOrderStatistics() throws {
    let ends = try #require(Percentile.interval(of: Array(1...9_999), confidence: 0.95))
    #expect(ends.low == 250 && ends.high == 9_750)
    let few = try #require(Percentile.interval(of: [3, 1, 2], confidence: 0.95))
    #expect(few.low == 1 && few.high == 3)
  }
}
