import Estimation

extension CurveTable {
  /// The table in Markdown, one part a recording, with a line that says what the cells are.
  public var markdown: String {
    let parts = recordings.map { recording in
      let heading = recordings.count > 1 ? "### \(MarkdownTable.escaped(recording))\n\n" : ""
      return heading + grid(of: rows.filter { $0.recording == recording })
    }
    return (parts + [legend(dash: "; ") + "\n"]).joined(separator: "\n")
  }

  private func grid(of rows: [Row]) -> String {
    MarkdownTable.text(
      head: ["Method"] + budgets.map { "N = \($0)" },
      body: rows.map { [MarkdownTable.escaped($0.name)] + $0.points.map(Self.cell) })
  }

  private static func cell(_ point: CurvePoint?) -> String {
    guard let point else { return "–" }
    let mark = point.warnings.contains(.lowCoverage) ? "\\*" : ""
    return "\(percent(point.accuracy))\(mark) (\(percent(point.interval.low))–\(percent(point.interval.high)))"
  }
}
