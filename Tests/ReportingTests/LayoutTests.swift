import Estimation
import Foundation
import Testing

@testable import Reporting

@Suite struct LayoutTests {
  @Test(arguments: 1...9) func panelsNeitherOverlapNorLeaveTheFigure(_ count: Int) {
    let layout = FigureLayout(Samples.figure(panels: count, series: 5))
    for (index, plot) in layout.plots.enumerated() {
      #expect(plot.left > 0 && plot.right < layout.width && plot.top > 0 && plot.bottom < layout.legendTop)
      for other in layout.plots.dropFirst(index + 1) {
        let apart = plot.right + 20 < other.left || plot.bottom + 30 < other.top || other.right + 20 < plot.left
        #expect(apart)
      }
    }
    #expect(layout.leftPanels.contains(true) && layout.bottomPanels.last == true)
  }

  @Test(arguments: 1...12) func legendEntriesStandApart(_ count: Int) {
    let layout = FigureLayout(Samples.figure(panels: 1, series: count))
    #expect(layout.legend.entries.count == count)
    for (index, entry) in layout.legend.entries.enumerated() {
      let end = LegendLayout.textLeft(of: entry) + TextMetrics.width(entry.name, size: FigureLayout.fontSize)
      #expect(entry.left >= FigureLayout.edge - 0.001 && end <= layout.width - FigureLayout.edge + 0.001)
      #expect(entry.middle < layout.legend.height)
      for other in layout.legend.entries.dropFirst(index + 1) where other.middle == entry.middle {
        #expect(end + 10 < other.left)
      }
    }
  }

  @Test func longNamesAreShortened() {
    let name = String(repeating: "very long ", count: 30) + "name"
    let style = SeriesStyle(0)
    let point = FigurePoint(budget: 1, accuracy: 0.5, interval: Interval(low: 0.4, high: 0.6))
    let layout = FigureLayout(
      FigureSpecification(
        panels: [FigurePanel(title: name, series: [FigureSeries(name: name, style: style, points: [point])])],
        caption: String(repeating: "x", count: 500) + " " + name))
    for entry in layout.legend.entries {
      let end = LegendLayout.textLeft(of: entry) + TextMetrics.width(entry.name, size: FigureLayout.fontSize)
      #expect(end <= layout.width && entry.name.hasSuffix("name") && entry.name.contains("…"))
    }
    #expect(layout.titles[0].count == 2)
    for line in layout.titles[0] {
      #expect(TextMetrics.width(line, size: FigureLayout.titleFontSize) < layout.width)
    }
    for line in layout.captionLines {
      #expect(TextMetrics.width(line, size: FigureLayout.captionFontSize) <= layout.width - 24)
    }
  }

  @Test func wrappingLosesNoWord() {
    let text = "one two  three\nfour five\u{A0}six seven"
    let lines = TextMetrics.wrap(text, width: 60, size: 10)
    #expect(lines.joined(separator: " ") == "one two three four five\u{A0}six seven")
    #expect(lines.allSatisfy { TextMetrics.width($0, size: 10) <= 60 })
  }

  /// Over all ranges of whole percents: data inside, ticks inside 0...100, few enough to read, at a round distance.
  @Test func accuracyAxesHoldTheirData() {
    for low in 0...100 {
      for high in low...100 {
        let axis = AccuracyAxis(lowest: Double(low), highest: Double(high))
        #expect(axis.low <= Double(low) && axis.high >= Double(high))
        #expect((3...9).contains(axis.ticks.count), "\(low) to \(high): \(axis.ticks)")
        #expect(axis.ticks.allSatisfy { $0 >= 0 && $0 <= 100 && $0 >= axis.low && $0 <= axis.high })
        #expect(axis.high - axis.low >= AccuracyAxis.leastSpan && axis.high - axis.low < 110)
        #expect(low > 0 || axis.low < 0)
        #expect(high < 100 || axis.high > 100)
      }
    }
  }

  @Test func budgetTicksStandApart() {
    func ticks(_ costs: [Double], width: Double = 310) -> [String] {
      CostScale(Set(costs), plotWidth: width, fontSize: 10).ticks.map(\.label)
    }
    let many = ticks((0...20).map { exp2(Double($0)) }, width: 262)
    #expect(many.first == "1" && many.count > 3 && many.count < 12)
    #expect(
      ticks([1, 2, 4, 8, 16, 32, 64, 128, 256]) == ["1", "2", "4", "8", "16", "32", "64", "128", "256"])
    #expect(ticks([1, 2, 3]) == ["1", "2", "3"])
    #expect(ticks([3, 5, 12, 50]) == ["4", "8", "16", "32"])
  }

  @Test func measuredCostsHaveRoundTicks() {
    let scale = CostScale([812.4, 1_590.25, 24_900.5], plotWidth: 310, fontSize: 10)
    #expect(scale.ticks.map(\.label) == ["1k", "2k", "5k", "10k", "20k"])
    #expect(scale.low < 812.4 && scale.high > 24_900.5)
    #expect(CostScale([12.5, 13.5], plotWidth: 310, fontSize: 10).ticks.map(\.label) == ["12.5"])
  }

  @Test func singleBudgetsAreSpread() {
    let single = CostScale([8], plotWidth: 310, fontSize: 10)
    #expect(single.ticks.map(\.label) == ["8"] && single.low < 8 && single.high > 8)
    let shifts = (0..<7).map { single.shift(ofSeries: $0, of: 7) }
    #expect(shifts[3] == 1 && 8 * shifts[0] > single.low && 8 * shifts[6] < single.high)
  }

  @Test func labelsSpread() {
    #expect(Spreading.apart([10, 50], distance: 11) == [10, 50])
    let tops = Spreading.apart([30, 29, 28, 60], distance: 10)
    #expect(tops == [39, 29, 19, 60])
    #expect(Spreading.apart([], distance: 10).isEmpty)
  }

  /// The eight colours differ from white and, for each pair, in colour and in marker.
  @Test func stylesAreDistinct() {
    let styles = (0..<(2 * SeriesStyle.count)).map(SeriesStyle.init)
    #expect(Set(styles).count == styles.count)
    #expect(Set(styles.prefix(SeriesStyle.count).map(\.color)).count == SeriesStyle.count)
    #expect(Set(styles.prefix(SeriesStyle.count).map(\.filledMarker)).count == SeriesStyle.count)
  }
}
