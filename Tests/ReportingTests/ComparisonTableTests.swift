import Estimation
import Testing
import Traces

@testable import Reporting

@Suite struct ComparisonTableTests {
  private let resamples = ProblemResamples(problems: (0..<40).map { "p\($0)" }, seed: 1, count: 400)

  private func comparison(_ left: String?, _ right: String?) -> CurveComparison {
    func values(_ accuracy: Double) -> [Double] { [Double](repeating: accuracy, count: 40) }
    return resamples.compare(
      Cell(method: "pf", aggregate: left, recording: "r", budget: 0), ScalingCurve([4: values(0.5)]),
      with: Cell(method: "pf", aggregate: right, recording: "r", budget: 0),
      ScalingCurve([2: values(0.25), 4: values(0.375)]))
  }

  @Test func markdown() {
    #expect(
      ComparisonTable(comparison("last", "min")).markdown == """
        | N  | Particle filtering, last | Particle filtering, min | difference |  95 % interval |       p |
        | -- | -----------------------: | ----------------------: | ---------: | -------------: | ------: |
        | 4  |                     50.0 |                    37.5 |      +12.5 | +12.5 to +12.5 | < 0.001 |

        Budget that Particle filtering, min needs for the accuracy of Particle filtering, last, over N:

        - \\> 1x at N = 4 (\\> 1x to \\> 1x)

        """)
  }

  @Test func csv() {
    #expect(
      ComparisonTable(comparison("last", "min")).csv == """
        budget,problems,left,right,difference,low,high,pValue
        4,40,0.5,0.375,0.125,0.125,0.125,0.0001

        """)
  }

  @Test func evidenceFromValuesSeparatesPairs() {
    let left = Samples.point("pf", "last", budget: 4, accuracy: 0.52)
    let right = Samples.point("beam", "last", budget: 4, accuracy: 0.5)
    #expect(OrderEvidence.intervals.unordered([left, right]).count == 1)
    let base = (0..<40).map { Double($0) / 50 }
    let evidence = OrderEvidence(
      values: [left.cell: base.map { $0 + 0.02 }, right.cell: base], resamples: resamples)
    #expect(evidence.unordered([left, right]).isEmpty)
  }
}
