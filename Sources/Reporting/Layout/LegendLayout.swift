/// Where the entries of a legend stand: in columns of one width, centred, rows as even as can be.
struct LegendLayout: Hashable {
  /// One entry.
  struct Entry: Hashable {
    var name: String
    var style: SeriesStyle
    /// The left end of the line sample, from the figure's left edge.
    var left: Double
    /// The row's middle, from the legend's top.
    var middle: Double
  }

  /// The entries in reading order.
  let entries: [Entry]
  /// The height of all rows.
  let height: Double

  /// The length of a line sample.
  static let sample = 30.0
  private static let gap = 6.0
  private static let columnGap = 20.0
  private static let rowHeight = 17.0

  /// Places entries on a figure of a width.
  init(_ legend: [(name: String, style: SeriesStyle)], figureWidth: Double, fontSize: Double) {
    let room = figureWidth - 2 * FigureLayout.edge
    let longest = room - Self.sample - Self.gap
    let names = legend.map { TextMetrics.fit($0.name, width: longest, size: fontSize) }
    let widest = names.map { TextMetrics.width($0, size: fontSize) }.max() ?? 0
    let pitch = Self.sample + Self.gap + widest + Self.columnGap
    let most = max(Int((room + Self.columnGap) / pitch), 1)
    let rows = (legend.count + most - 1) / most
    let columns = rows == 0 ? 1 : (legend.count + rows - 1) / rows
    let left = (figureWidth - (Double(columns) * pitch - Self.columnGap)) / 2
    entries = legend.indices.map { index in
      Entry(
        name: names[index], style: legend[index].style,
        left: left + Double(index % columns) * pitch,
        middle: (Double(index / columns) + 0.5) * Self.rowHeight)
    }
    height = Double(rows) * Self.rowHeight
  }

  /// Where the text of an entry begins.
  static func textLeft(of entry: Entry) -> Double { entry.left + sample + gap }
}
