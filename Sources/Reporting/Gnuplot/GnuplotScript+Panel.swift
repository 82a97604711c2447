import Estimation

extension GnuplotScript {
  static let referenceDashes = ["(8,5)", "(2,4)", "(8,4,2,4)", "(1,3)"]

  /// One panel: its place, axes, reference lines and curves.
  func panel(_ index: Int) -> [String] {
    let panel = specification.panels[index]
    var lines = placement(index)
    for (number, reference) in panel.references.enumerated() {
      lines.append(referenceLine(reference, number: number))
    }
    let curves = panel.series.enumerated().map { number, series in
      CurveData(
        series, name: "$panel\(index)series\(number)",
        shift: layout.costScale.shift(ofSeries: number, of: panel.series.count))
    }
    lines += curves.flatMap(\.blocks)
    let alpha = Self.bandOpacity(curves.count)
    // The first series is drawn last, on top; all bands lie below all lines.
    let drawings =
      curves.reversed().flatMap { $0.bands(opacity: alpha) } + curves.reversed().flatMap(\.lines)
      + curves.reversed().flatMap(\.markers)
    lines.append("plot \\\n  " + drawings.joined(separator: ", \\\n  "))
    return lines
  }

  private func placement(_ index: Int) -> [String] {
    let plot = layout.plots[index]
    let axis = layout.accuracyAxes[index]
    let ticks = axis.ticks.map { GnuplotText.number($0) }.joined(separator: ", ")
    return [
      "unset arrow",
      "set lmargin at screen \(across(plot.left))",
      "set rmargin at screen \(across(plot.right))",
      "set tmargin at screen \(down(plot.top))",
      "set bmargin at screen \(down(plot.bottom))",
      "set yrange [\(GnuplotText.number(axis.low)):\(GnuplotText.number(axis.high))]",
      "set ytics (\(ticks)) offset 0.3,0",
    ]
  }

  private func referenceLine(_ reference: ReferenceLine, number: Int) -> String {
    let height = GnuplotText.number(100 * reference.accuracy)
    let (low, high) = (layout.costScale.low, layout.costScale.high)
    let dash = Self.referenceDashes[number % Self.referenceDashes.count]
    return "set arrow from \(GnuplotText.number(low)),\(height) to \(GnuplotText.number(high)),\(height) "
      + "nohead dt \(dash) lc rgb '#444444' lw 1 back"
  }

  /// How strongly a band covers what is below: many bands must let each other through.
  static func bandOpacity(_ count: Int) -> Double {
    count <= 2 ? 0.18 : count <= 4 ? 0.13 : 0.075
  }
}

/// A curve's data blocks and the plot elements that draw them.
struct CurveData {
  let series: FigureSeries
  let name: String
  /// The factor by which the points are moved along the cost axis.
  let shift: Double

  init(_ series: FigureSeries, name: String, shift: Double = 1) {
    self.series = series
    self.name = name
    self.shift = shift
  }

  /// The blocks: the points with their intervals, sure and doubtful points, whole and dashed stretches.
  var blocks: [String] {
    [
      block("", series.points.map { row($0) + " " + interval($0) }),
      block("sure", series.points.filter { !$0.isDoubtful }.map(row)),
      block("open", series.points.filter(\.isDoubtful).map(row)),
      block("whole", stretches(dashed: false)),
      block("dashed", stretches(dashed: true)),
    ].compactMap { $0 }
  }

  /// The interval as a band with faint edges; as a bar where a curve has a single point.
  func bands(opacity: Double) -> [String] {
    let edge = "lc rgb '\(translucent(0.35))' lw 0.7"
    guard series.points.count > 1 else {
      let bar = "\(name) using 1:2:3:4 with yerrorbars pt 0 lc rgb '\(translucent(0.7))' lw 1"
      return series.points.isEmpty ? [] : [bar]
    }
    return [
      "\(name) using 1:3:4 with filledcurves fc rgb '\(series.style.color)' "
        + "fs transparent solid \(GnuplotText.number(opacity)) noborder",
      "\(name) using 1:3 with lines dt 1 \(edge)",
      "\(name) using 1:4 with lines dt 1 \(edge)",
    ]
  }

  /// The curve: whole where both ends of a stretch are sure, dashed elsewhere.
  var lines: [String] {
    let stroke = "lc rgb '\(series.style.color)' lw 1.9"
    var lines: [String] = []
    if !stretches(dashed: false).isEmpty { lines.append("\(name)whole using 1:2 with lines dt 1 \(stroke)") }
    if !stretches(dashed: true).isEmpty { lines.append("\(name)dashed using 1:2 with lines dt (8,5) \(stroke)") }
    return lines
  }

  /// The markers: filled where the point is sure, open where it is doubtful.
  var markers: [String] {
    var markers: [String] = []
    if series.points.contains(where: { !$0.isDoubtful }) {
      markers.append("\(name)sure using 1:2 with points \(Self.filled(series.style))")
    }
    if series.points.contains(where: \.isDoubtful) {
      // White inside, so that no line shows through.
      markers.append("\(name)open using 1:2 with points \(Self.filled(series.style, color: "#FFFFFF"))")
      markers.append("\(name)open using 1:2 with points \(Self.open(series.style))")
    }
    return markers
  }

  static func filled(_ style: SeriesStyle, color: String? = nil) -> String {
    let stroke = style.filledMarker == style.openMarker ? "lw 1.8" : "lw 1"
    return "pt \(style.filledMarker) ps \(style.size) lc rgb '\(color ?? style.color)' \(stroke)"
  }

  static func open(_ style: SeriesStyle) -> String {
    "pt \(style.openMarker) ps \(style.size) lc rgb '\(style.color)' lw 1.5"
  }

  private func block(_ kind: String, _ rows: [String]) -> String? {
    rows.isEmpty ? nil : "\(name)\(kind) << EOD\n" + rows.joined(separator: "\n") + "\nEOD"
  }

  private func row(_ point: FigurePoint) -> String {
    "\(GnuplotText.number(shift * point.cost)) \(GnuplotText.number(100 * point.accuracy))"
  }

  private func interval(_ point: FigurePoint) -> String {
    "\(GnuplotText.number(100 * point.interval.low)) \(GnuplotText.number(100 * point.interval.high))"
  }

  /// Rows of the stretches between neighbours of one kind, an empty row between stretches that do not meet.
  private func stretches(dashed: Bool) -> [String] {
    var rows: [String] = []
    var isConnected = false
    for (left, right) in zip(series.points, series.points.dropFirst()) {
      guard (left.isDoubtful || right.isDoubtful) == dashed else {
        isConnected = false
        continue
      }
      if !isConnected {
        if !rows.isEmpty { rows.append("") }
        rows.append(row(left))
      }
      rows.append(row(right))
      isConnected = true
    }
    return rows
  }

  /// The colour as gnuplot's `#AARRGGBB`, where 00 is opaque.
  private func translucent(_ opacity: Double) -> String {
    let transparency = Int(((1 - opacity) * 255).rounded())
    let digits = String(transparency, radix: 16, uppercase: true)
    return "#" + (digits.count < 2 ? "0" + digits : digits) + series.style.color.dropFirst()
  }
}
