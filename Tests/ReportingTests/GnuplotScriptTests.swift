import Estimation
import Foundation
import Testing

@testable import Reporting

@Suite struct GnuplotScriptTests {
  private let specification = FigureSpecification(
    panels: [
      FigurePanel(
        title: "It's a_small^model",
        series: [
          FigureSeries(
            name: "PF", style: SeriesStyle(0),
            points: [
              FigurePoint(budget: 1, accuracy: 0.25, interval: Interval(low: 0.2, high: 0.3)),
              FigurePoint(budget: 2, accuracy: 0.5, interval: Interval(low: 0.4, high: 0.6)),
              FigurePoint(budget: 4, accuracy: 0.625, interval: Interval(low: 0.5, high: 0.75), isDoubtful: true),
            ])
        ],
        references: [ReferenceLine(name: "GPT-4o", accuracy: 0.762)])
    ],
    caption: "Seed 1.")

  /// The whole drawing of one curve, as text.
  @Test func scriptEqualsTheGoldenOne() throws {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let golden = try String(contentsOf: root.appendingPathComponent("fixtures/figures/one-curve.gp"), encoding: .utf8)
    let script = try GnuplotScript(specification).text(for: .svg)
    #expect(script == golden)
  }

  @Test func terminalsShareOneLayout() throws {
    let script = try GnuplotScript(specification)
    func body(_ format: FigureFormat) -> [Substring] {
      script.text(for: format).split(separator: "\n").filter {
        !$0.hasPrefix("set terminal") && !$0.hasPrefix("cornerSize")
      }
    }
    #expect(body(.svg) == body(.png) && body(.svg) == body(.pdf))
  }

  @Test func textsAreNoMarkup() {
    #expect(GnuplotText.quoted("it's\n\"{x}_1\\") == "'it\u{2019}s \"{x}_1\\'")
    #expect(GnuplotText.number(-0.00001) == "0" && GnuplotText.number(12.5) == "12.5")
    #expect(GnuplotText.number(1.0 / 3) == "0.3333" && GnuplotText.number(100) == "100")
  }

  /// Stretches between sure points are whole, all others dashed, and those that do not meet are not joined.
  @Test func stretchesFollowCoverage() {
    let doubts = [true, false, false, true, false]
    let series = FigureSeries(
      name: "s", style: SeriesStyle(1),
      points: doubts.enumerated().map {
        FigurePoint(budget: 1 << $0, accuracy: 0.5, interval: Interval(low: 0.4, high: 0.6), isDoubtful: $1)
      })
    let data = CurveData(series, name: "$d")
    #expect(data.blocks.contains("$dwhole << EOD\n2 50\n4 50\nEOD"))
    #expect(data.blocks.contains("$ddashed << EOD\n1 50\n2 50\n\n4 50\n8 50\n16 50\nEOD"))
    #expect(data.blocks.contains("$dopen << EOD\n1 50\n8 50\nEOD"))
    #expect(data.lines.count == 2 && data.markers.count == 3)
  }

  @Test func lettersGoOn() {
    #expect([0, 25, 26, 27, 52].map(GnuplotScript.letter) == ["a", "z", "aa", "ab", "ba"])
  }
}
