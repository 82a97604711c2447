import Estimation
import Testing
import Traces

@testable import Reporting

@Suite struct CurveFiguresTests {
  @Test func methodsShareOneAggregation() throws {
    let figure = try #require(Samples.figures.methods())
    #expect(figure.panels.count == 1 && figure.panels[0].title == "small")
    #expect(figure.panels[0].series.map(\.name) == ["Particle filtering", "Majority vote"])
    #expect(figure.panels[0].series[0].points.map(\.cost) == [1, 4, 8])
    #expect(figure.panels[0].series[0].points.map(\.isDoubtful) == [false, false, true])
    #expect(figure.panels[0].series[0].style == SeriesStyle(0))
    let minimum = try #require(Samples.figures.methods(aggregate: "min"))
    #expect(minimum.panels[0].series[0].points.map(\.cost) == [1, 4])
  }

  @Test func costsAreMeasuredOnes() throws {
    var rows = Array(Samples.rows.prefix(3))
    for index in rows.indices { rows[index].tokens = index == 2 ? nil : 150.5 * Double(index + 1) }
    let figures = CurveFigures(rows: rows, settings: Samples.settings)
    let figure = try #require(figures.methods(against: .tokens))
    #expect(figure.panels[0].series[0].points.map(\.cost) == [150.5, 301])
    #expect(figure.costLabel == "Tokens per problem")
    for index in rows.indices { rows[index].tokens = nil }
    #expect(CurveFigures(rows: rows, settings: Samples.settings).methods(against: .tokens) == nil)
  }

  @Test func aggregationsShareAPanel() throws {
    let figure = try #require(Samples.figures.aggregations())
    #expect(figure.panels.map(\.title) == ["Particle filtering"])
    #expect(figure.panels[0].series.map(\.name) == ["last", "min"])
    #expect(Samples.figures.aggregations(of: ["beam"]) == nil)
    #expect(CurveFigures(rows: [], settings: Samples.settings).methods() == nil)
  }

  @Test func recordingsArePanels() throws {
    let rows = ["x", "y"].flatMap { recording in
      [
        Samples.point("pf", "last", recording: recording, budget: 2, accuracy: 0.5),
        Samples.point("pf", "min", recording: recording, budget: 2, accuracy: 0.5),
      ]
    }
    let figures = CurveFigures(
      rows: rows, settings: Samples.settings, recordingTitles: ["x": "Model X"],
      references: ["y": [ReferenceLine(name: "r", accuracy: 0.7)]], dataset: "MATH500")
    let methods = try #require(figures.methods())
    #expect(methods.panels.map(\.title) == ["Model X", "y"])
    #expect(methods.panels.map(\.references.count) == [0, 1] && methods.accuracyLabel == "MATH500 accuracy (%)")
    #expect(methods.legend.map(\.name) == ["Particle filtering"])
    let aggregations = try #require(figures.aggregations())
    #expect(aggregations.panels.map(\.title) == ["Particle filtering, Model X", "Particle filtering, y"])
  }

  @Test func namesSayWhatDiffers() {
    func cell(_ preset: String?, _ width: String) -> Cell {
      Cell(
        method: "beam", preset: preset, aggregate: "last", scorer: "s", recording: "r",
        options: ["width": width, "maxSteps": "40"], budget: 4)
    }
    let rows = [cell(nil, "4"), cell("sal", "4"), cell(nil, "8")].map {
      CurvePoint(
        cell: $0, problems: 1, accuracy: 0.5, interval: Interval(low: 0, high: 1), generations: 1, tokens: 1)
    }
    let groups = CurveGroup.all(in: rows)
    let names = CurveNames(groups)
    #expect(
      groups.map { names.full($0.cell) } == [
        "Beam search, width=4", "Beam search, sal, width=4", "Beam search, width=8",
      ])
    let styles = SeriesStyles(groups.map { names.full($0.cell) }, wishes: [2, 2, 2])
    #expect(Set(groups.map { styles[names.full($0.cell)] }).count == 3)
    #expect(MethodName("unheardOf").full == "unheardOf")
  }

  @Test func unusableFiguresAreRefused() {
    var figure = Samples.figure(panels: 2, series: 1)
    figure.panels[1].series = []
    #expect(throws: FigureError.noData(panel: "model number 1")) { try figure.validate() }
    #expect(throws: FigureError.self) { try FigureSpecification(panels: []).validate() }
    let broken = FigurePoint(budget: 4, accuracy: .nan, interval: Interval(low: 0, high: 1))
    figure.panels[1].series = [FigureSeries(name: "s", style: SeriesStyle(0), points: [broken])]
    #expect(throws: FigureError.unusablePoint(panel: "model number 1", series: "s", cost: 4)) {
      try figure.validate()
    }
    figure.panels[1] = figure.panels[0]
    figure.panels[1].references = [ReferenceLine(name: "GPT-4o", accuracy: 76.2)]
    #expect(throws: FigureError.self) { try figure.validate() }
  }
}
