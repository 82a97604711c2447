import Estimation

extension CurveTable {
  /// The table in Markdown, one part a recording, with a line that says what the cells are.
  public var markdown: String {
    let parts = recordings.map { recording in
      let heading = recordings.count > 1 ? "### \(Self.escaped(recording))\n\n" : ""
      return heading + grid(of: rows.filter { $0.recording == recording })
    }
    return (parts + [legend(dash: "; ") + "\n"]).joined(separator: "\n")
  }

  private func grid(of rows: [Row]) -> String {
    let head = ["Method"] + budgets.map { "N = \($0)" }
    let body = rows.map { [Self.escaped($0.name)] + $0.points.map(Self.cell) }
    let widths = head.indices.map { column in ([head] + body).map { $0[column].count }.max() ?? 0 }
    let rule = widths.enumerated().map { column, width in
      column == 0 ? String(repeating: "-", count: width) : String(repeating: "-", count: width - 1) + ":"
    }
    return ([head, rule] + body).map { cells in
      let padded = cells.enumerated().map { column, cell in
        let space = String(repeating: " ", count: widths[column] - cell.count)
        return column == 0 ? cell + space : space + cell
      }
      return "| " + padded.joined(separator: " | ") + " |\n"
    }.joined()
  }

  private static func cell(_ point: CurvePoint?) -> String {
    guard let point else { return "–" }
    let mark = point.warnings.contains(.lowCoverage) ? "\\*" : ""
    return "\(percent(point.accuracy))\(mark) (\(percent(point.interval.low))–\(percent(point.interval.high)))"
  }

  private static func escaped(_ text: String) -> String {
    text.reduce(into: "") { result, character in
      if "\\`*_[]<>|".contains(character) { result.append("\\") }
      result.append(character == "\n" ? " " : character)
    }
  }
}
