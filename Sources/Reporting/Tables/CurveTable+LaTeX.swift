import Estimation

extension CurveTable {
  /// The table as a LaTeX `tabular` for the package `booktabs`: the accuracy with its interval below in small type.
  public var latex: String {
    let columns = "l" + String(repeating: "r", count: budgets.count)
    var lines = [
      "% \\usepackage{booktabs}", "% " + legend(dash: "; "), "\\begin{tabular}{\(columns)}", "\\toprule",
      "Method & " + budgets.map { "$N = \($0)$" }.joined(separator: " & ") + " \\\\",
    ]
    for recording in recordings {
      lines.append("\\midrule")
      if recordings.count > 1 {
        lines.append("\\multicolumn{\(budgets.count + 1)}{l}{\\emph{\(Self.latexEscaped(recording))}} \\\\")
      }
      for row in rows where row.recording == recording {
        lines.append(([Self.latexEscaped(row.name)] + row.points.map(Self.accuracy)).joined(separator: " & ") + " \\\\")
        lines.append(([""] + row.points.map(Self.interval)).joined(separator: " & ") + " \\\\")
      }
    }
    lines += ["\\bottomrule", "\\end{tabular}"]
    return lines.joined(separator: "\n") + "\n"
  }

  private static func accuracy(_ point: CurvePoint?) -> String {
    guard let point else { return "--" }
    return percent(point.accuracy) + (point.warnings.contains(.lowCoverage) ? "\\rlap{$^*$}" : "")
  }

  private static func interval(_ point: CurvePoint?) -> String {
    guard let point else { return "" }
    return "{\\scriptsize \(percent(point.interval.low))--\(percent(point.interval.high))}"
  }

  private static func latexEscaped(_ text: String) -> String {
    text.reduce(into: "") { result, character in
      switch character {
      case "\\": result += "\\textbackslash{}"
      case "~": result += "\\textasciitilde{}"
      case "^": result += "\\textasciicircum{}"
      case "&", "%", "$", "#", "_", "{", "}": result += "\\\(character)"
      case "\n": result += " "
      default: result.append(character)
      }
    }
  }
}
