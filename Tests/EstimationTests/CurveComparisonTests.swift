import Testing
import Traces

@testable import Estimation

@Suite struct CurveComparisonTests {
  private let resamples = ProblemResamples(problems: (0..<40).map { "p\($0)" }, seed: 1, count: 400)

  private func curve(_ gains: [Int: Double]) -> ScalingCurve {
    ScalingCurve(gains.mapValues { gain in (0..<40).map { Double($0 % 5) / 10 + gain } })
  }

  @Test func comparesCommonBudgets() {
    let left = Cell(method: "pf", aggregate: "last", recording: "r", budget: 0)
    let right = Cell(method: "dvts", aggregate: "last", recording: "r", budget: 0)
    let comparison = resamples.compare(
      left, curve([1: 0, 4: 0.25, 8: 0.5]), with: right, curve([4: 0.125, 8: 0.25, 16: 0.5]))
    #expect(comparison.rows.map(\.budget) == [4, 8])
    #expect(comparison.rows.allSatisfy { abs($0.left - $0.right - $0.comparison.difference) < 1e-12 })
    #expect(abs(comparison.rows[1].comparison.difference - 0.25) < 1e-12)
    #expect(comparison.rates.map(\.rate) == [.below(4), .exactly(2), .exactly(2)])
    #expect(
      comparison.json.text().hasPrefix(
        "{\"left\": {\"method\": \"pf\", \"preset\": null, \"aggregate\": \"last\", \"scorer\": null, "))
    #expect(comparison.json["rates"]?.text().contains("{\"budget\": 1, \"rate\": {\"is\": \"below\", ") == true)
  }

  @Test func accuraciesAreOverTheSameProblems() throws {
    var ours = [Double](repeating: 0.5, count: 40)
    ours[0] = .nan
    var theirs = [Double](repeating: 0.25, count: 40)
    theirs[1] = .nan
    theirs[0] = 1
    let cell = Cell(method: "pf", recording: "r", budget: 0)
    let comparison = resamples.compare(cell, ScalingCurve([2: ours]), with: cell, ScalingCurve([2: theirs]))
    let row = try #require(comparison.rows.first)
    #expect(row.comparison.problems == 38 && row.left == 0.5 && row.right == 0.25)
  }
}
