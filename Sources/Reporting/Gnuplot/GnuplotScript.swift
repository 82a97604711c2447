/// A figure as a gnuplot script: the whole drawing, data included, as a function of the specification alone.
public struct GnuplotScript: Sendable {
  let specification: FigureSpecification
  let layout: FigureLayout

  /// Lays a figure out.
  /// - Throws: ``FigureError`` where the specification cannot be drawn.
  public init(_ specification: FigureSpecification) throws {
    try specification.validate()
    self.specification = specification
    layout = FigureLayout(specification)
  }

  /// The script that writes the figure in a format to standard output.
  public func text(for format: FigureFormat) -> String {
    var lines = [
      "# drawn by gnuplot 5.4 or later",
      "set encoding utf8",
      terminal(for: format),
      // Shapes with corners are drawn larger by svg than by cairo.
      "markerSize = 0.72",
      "cornerSize = \(format == .svg ? 0.58 : 0.72)",
      "set multiplot",
    ]
    lines += frame
    for index in specification.panels.indices { lines += panel(index) }
    lines += textLayer
    lines += ["unset multiplot", "unset output"]
    return lines.joined(separator: "\n") + "\n"
  }

  /// One layout for all terminals: see ``FigureLayout``. Cairo counts 96 dots an inch for fonts and 72 for all else,
  /// hence 3/4 of each terminal's scale for its fonts.
  private func terminal(for format: FigureFormat) -> String {
    let font = "font 'DejaVu Sans,\(GnuplotText.number(FigureLayout.fontSize))' noenhanced"
    let (width, height) = (layout.width, layout.height)
    switch format {
    case .svg:
      return "set terminal svg size \(Int(width)),\(Int(height)) \(font) linewidth 1 "
        + "background '#FFFFFF'"
    case .png:
      return "set terminal pngcairo size \(Int(2.5 * width)),\(Int(2.5 * height)) fontscale 1.875 linewidth 2.5 "
        + "pointscale 2.5 \(font) background '#FFFFFF'"
    case .pdf:
      let size = "\(GnuplotText.number(0.7 * width / 72))in,\(GnuplotText.number(0.7 * height / 72))in"
      return "set terminal pdfcairo size \(size) fontscale 0.525 linewidth 0.7 pointscale 0.7 \(font) "
        + "background '#FFFFFF'"
    }
  }

  private var frame: [String] {
    let ticks = layout.costScale.ticks.map { "'\($0.label)' \(GnuplotText.number($0.cost))" }.joined(separator: ", ")
    return [
      "unset key",
      "set border 3 lc rgb '#444444' lw 0.9",
      "set tics nomirror out scale 0.5 textcolor rgb '#222222' \(font(FigureLayout.tickFontSize))",
      "set grid xtics ytics lc rgb '#E4E4E4' lw 0.7 lt 1 back",
      "set logscale x 2",
      "set xrange [\(GnuplotText.number(layout.costScale.low)):\(GnuplotText.number(layout.costScale.high))]",
      "set xtics (\(ticks)) offset 0,0.3",
    ]
  }

  /// A font clause.
  func font(_ size: Double) -> String { "font ',\(GnuplotText.number(size))'" }

  /// A place across the figure in gnuplot's screen coordinates.
  func across(_ left: Double) -> String { GnuplotText.number(left / layout.width, decimals: 6) }

  /// A place down the figure in gnuplot's screen coordinates, which count from the bottom.
  func down(_ top: Double) -> String { GnuplotText.number(1 - top / layout.height, decimals: 6) }
}
