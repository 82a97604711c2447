import Foundation

/// Where everything of a figure stands, in units of 1/100 inch on paper at full size, from the top left corner.
///
/// One layout serves all formats: a unit is 1 pixel in svg, 2.5 in png, 0.7 points in pdf.
struct FigureLayout {
  /// A rectangle.
  struct Box: Hashable {
    var left: Double
    var top: Double
    var width: Double
    var height: Double
    var right: Double { left + width }
    var bottom: Double { top + height }
  }

  static let edge = 12.0
  static let fontSize = 11.0
  static let tickFontSize = 10.0
  static let captionFontSize = 9.0
  static let referenceFontSize = 9.0
  static let captionLineHeight = 13.0
  static let titleFontSize = 11.5
  static let titleLineHeight = 15.0

  let width: Double
  let height: Double
  /// The coordinate system of each panel.
  let plots: [Box]
  /// The heading of each panel in one or two lines.
  let titles: [[String]]
  let accuracyAxes: [AccuracyAxis]
  let costScale: CostScale
  /// Panels with no panel below: they carry the cost axis' label.
  let bottomPanels: [Bool]
  /// Panels of the first column: they carry the accuracy axis' label.
  let leftPanels: [Bool]
  let legend: LegendLayout
  /// The top of the legend.
  let legendTop: Double
  let captionLines: [String]
  /// The top of the caption.
  let captionTop: Double

  /// Lays a figure out.
  init(_ specification: FigureSpecification) {
    let grid = PanelGrid(specification)
    plots = grid.plots
    titles = grid.titles
    width = grid.width
    accuracyAxes = grid.accuracyAxes
    costScale = CostScale(
      Set(specification.panels.flatMap(\.series).flatMap(\.points).map(\.cost)),
      plotWidth: grid.plotWidth, fontSize: Self.tickFontSize)
    let count = specification.panels.count
    bottomPanels = (0..<count).map { $0 + grid.columns >= count }
    leftPanels = (0..<count).map { $0 % grid.columns == 0 }
    legend = LegendLayout(specification.legend, figureWidth: width, fontSize: Self.fontSize)
    legendTop = grid.bottom + 12
    captionLines = TextMetrics.wrap(
      specification.caption, width: width - 2 * (Self.edge + 6), size: Self.captionFontSize)
    captionTop = legendTop + legend.height + 8
    let captionHeight = Double(captionLines.count) * Self.captionLineHeight
    height = (captionTop + captionHeight + Self.edge).rounded(.up)
  }
}

/// The coordinate systems of a figure in rows and columns.
struct PanelGrid {
  let columns: Int
  let plotWidth: Double
  let plots: [FigureLayout.Box]
  let titles: [[String]]
  let accuracyAxes: [AccuracyAxis]
  let width: Double
  /// Below the last row's tick labels and axis label.
  let bottom: Double

  private static let tickLabelGap = 9.0
  private static let titleGap = 11.0
  private static let tickLabelHeight = 20.0
  private static let axisLabelHeight = 18.0

  init(_ specification: FigureSpecification) {
    let panels = specification.panels
    let count = panels.count
    let columns = count <= 1 ? 1 : count == 2 || count == 4 ? 2 : 3
    let plotWidth = [470.0, 310, 262][columns - 1]
    let plotHeight = (plotWidth * [0.62, 0.74, 0.82][columns - 1]).rounded()
    let tickRoom = Self.tickLabelGap + TextMetrics.width("100", size: FigureLayout.tickFontSize)
    var lefts: [Double] = []
    var right = FigureLayout.edge + FigureLayout.fontSize + 6
    for column in 0..<columns {
      lefts.append(right + tickRoom)
      let names = stride(from: column, to: count, by: columns).flatMap { panels[$0].references.map(\.name) }
      let widest = names.map { TextMetrics.width($0, size: FigureLayout.referenceFontSize) }.max()
      right += tickRoom + plotWidth + (widest.map { $0 + 8 } ?? 0) + (column + 1 < columns ? 16 : 0)
    }
    titles = panels.indices.map { Self.title(of: panels[$0].title, at: $0, of: count, plotWidth: plotWidth) }
    let titleLines = titles.map(\.count).max() ?? 1
    let titleHeight = Self.titleGap + Double(titleLines) * FigureLayout.titleLineHeight
    let rowHeight = titleHeight + plotHeight + Self.tickLabelHeight
    plots = (0..<count).map { index in
      FigureLayout.Box(
        left: lefts[index % columns], top: 6 + titleHeight + Double(index / columns) * (rowHeight + 6),
        width: plotWidth, height: plotHeight)
    }
    self.columns = columns
    self.plotWidth = plotWidth
    accuracyAxes = panels.map(AccuracyAxis.init)
    width = (right + FigureLayout.edge + 4).rounded(.up)
    let lastBottom = plots.map(\.bottom).max() ?? 0
    bottom = lastBottom + Self.tickLabelHeight + Self.axisLabelHeight
  }

  /// A heading with its letter where there are several panels, in at most two lines; what is longer loses its middle.
  private static func title(of text: String, at index: Int, of count: Int, plotWidth: Double) -> [String] {
    let lettered = (count > 1 ? "(\(GnuplotScript.letter(index))) " : "") + text
    // A heading may use the room of the tick labels beside its plot.
    let room = plotWidth + 20
    let lines = TextMetrics.wrap(lettered, width: room, size: FigureLayout.titleFontSize)
    guard lines.count > 2 else { return lines }
    let rest = lines.dropFirst().joined(separator: " ")
    return [lines[0], TextMetrics.fit(rest, width: room, size: FigureLayout.titleFontSize)]
  }
}
