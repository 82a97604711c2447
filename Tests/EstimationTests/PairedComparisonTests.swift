import Testing

@testable import Estimation

@Suite struct PairedComparisonTests {
  /// Three differences of one sign: 2 of the 8 assignments are as extreme, p = 1/4.
  @Test func fewDifferencesAreEnumerated() {
    let p = SignFlipTest.pValue(differences: [0.25, 0.5, 0, 0.125, .nan], problems: [], seed: 1)
    #expect(p == 0.25)
    #expect(SignFlipTest.pValue(differences: [0, 0], problems: [], seed: 1) == 1)
    // 1 - 1 + 1: every assignment has a sum of at least 1 in size.
    #expect(SignFlipTest.pValue(differences: [1, -1, 1], problems: [], seed: 1) == 1)
  }

  /// 40 equal differences of one sign: p is 2^-39, so only the observed assignment counts.
  @Test func manyDifferencesAreDrawn() {
    let same = [Double](repeating: 0.5, count: 40)
    #expect(SignFlipTest.pValue(differences: same, problems: ["a"], seed: 1) == 1.0 / 10_000)
  }

  /// 20 signs, 14 plus: the two-sided sign test by the binomial law gives p = 0.11532.
  @Test func drawnAssignmentsFollowTheBinomialLaw() {
    let signs = (0..<20).map { $0 < 14 ? 1.0 : -1.0 }
    let p = SignFlipTest.pValue(differences: signs, problems: ["a"], seed: 1)
    #expect(abs(p - 0.11532) < 4 * (0.11532 * 0.88468 / 10_000).squareRoot())
  }

  /// Where methods are alike, p is at most 0.05 in at most 5 % of all comparisons: exactly for the enumerated test, within
  /// sampling error for the drawn one.
  @Test(arguments: [12, 30]) func pValuesAreHonest(_ problems: Int) {
    var stream = ProblemResamples.stream(seed: 5, problems: ["null"], purpose: "test")
    var rejected = 0
    for trial in 0..<40 {
      let differences = (0..<problems).map { _ in stream.uniform() - stream.uniform() }
      if SignFlipTest.pValue(differences: differences, problems: ["\(trial)"], seed: 1) <= 0.05 { rejected += 1 }
    }
    // Binomial with n = 40, p = 0.05: above 8 with probability 0.0003.
    #expect(rejected <= 8, "\(rejected) of 40")
  }

  @Test func pairingSeesWhatIntervalsHide() throws {
    let keys = (0..<60).map { "p\($0)" }
    let resamples = ProblemResamples(problems: keys, seed: 1, count: 2_000)
    // Difficulty varies far more than the methods do: a constant gain of 0.02.
    let hard = keys.indices.map { Double($0) / 64 }
    let gain = hard.map { $0 + 0.02 }
    #expect(resamples.interval(of: hard).overlaps(resamples.interval(of: gain)))
    let comparison = try #require(resamples.compare(gain, with: hard))
    #expect(abs(comparison.difference - 0.02) < 1e-12)
    #expect(comparison.isSupported && comparison.pValue < 0.001 && comparison.problems == 60)
  }

  @Test func sameValuesDoNotDiffer() throws {
    let resamples = ProblemResamples(problems: ["a", "b"], seed: 1, count: 100)
    let comparison = try #require(resamples.compare([0.1, .nan], with: [0.1, 0.4]))
    #expect(comparison.problems == 1 && comparison.difference == 0)
    #expect(!comparison.isSupported && comparison.pValue == 1)
    #expect(resamples.compare([.nan, .nan], with: [0.1, 0.4]) == nil)
  }

  /// Two closed forms of 1/3 that differ in the last bit on every problem once came out as a sure difference.
  @Test func roundingIsNoDifference() throws {
    let keys = (0..<8).map { "p\($0)" }
    let resamples = ProblemResamples(problems: keys, seed: 1, count: 100)
    let third = keys.map { _ in 1.0 / 3 }
    let comparison = try #require(resamples.compare(third, with: third.map(\.nextUp)))
    #expect(comparison.difference == 0 && comparison.pValue == 1 && !comparison.isSupported)
    let apart = try #require(resamples.compare(third, with: third.map { $0 + 1e-6 }))
    #expect(apart.pValue < 0.01 && apart.isSupported)
  }
}
