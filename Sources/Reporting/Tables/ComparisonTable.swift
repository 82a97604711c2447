import Estimation
import Foundation

/// A comparison of two curves for people: differences by budget, then scaling rates.
public struct ComparisonTable: Sendable {
  private let comparison: CurveComparison
  private let leftName: String
  private let rightName: String

  /// Names the curves by what tells them apart.
  public init(_ comparison: CurveComparison) {
    self.comparison = comparison
    let cells = [comparison.left, comparison.right].map { cell in
      var cell = cell
      cell.budget = 0
      return cell
    }
    let names = CurveNames(cells)
    leftName = names.full(cells[0])
    rightName = names.full(cells[1])
  }

  /// The comparison in Markdown: points of accuracy with their 95 % interval and p, and the rates in words.
  public var markdown: String { layout(MarkdownTable.escaped) }

  /// The same for a terminal, where nothing needs to be escaped.
  public var text: String { layout { $0.replacing("\n", with: " ") } }

  private func layout(_ escaped: (String) -> String) -> String {
    let head = ["N", leftName, rightName, "difference", "95 % interval", "p"].map(escaped)
    let rates = comparison.rates.map { "- \(escaped($0.text))\n" }.joined()
    let table = MarkdownTable.text(head: head, body: comparison.rows.map(Self.fields))
    guard !rates.isEmpty else { return table }
    let heading = escaped("Budget that \(rightName) needs for the accuracy of \(leftName), over N:")
    return table + "\n\(heading)\n\n" + rates
  }

  private static func fields(_ row: CurveComparison.Row) -> [String] {
    [
      "\(row.budget)", CurveTable.percent(row.left), CurveTable.percent(row.right),
      signed(row.comparison.difference),
      "\(signed(row.comparison.interval.low)) to \(signed(row.comparison.interval.high))",
      probability(row.comparison.pValue),
    ]
  }

  /// The differences as CSV, accuracies as fractions.
  public var csv: String {
    let head = "budget,problems,left,right,difference,low,high,pValue\n"
    return head
      + comparison.rows.map { row in
        let numbers = [
          row.left, row.right, row.comparison.difference, row.comparison.interval.low, row.comparison.interval.high,
          row.comparison.pValue,
        ]
        return "\(row.budget),\(row.comparison.problems)," + numbers.map { "\($0)" }.joined(separator: ",") + "\n"
      }.joined()
  }

  private static func signed(_ fraction: Double) -> String {
    let text = String(format: "%+.1f", 100 * fraction)
    return text == "-0.0" ? "+0.0" : text.replacing("-", with: "−")
  }

  private static func probability(_ value: Double) -> String {
    value < 0.001 ? "< 0.001" : String(format: "%.3f", value)
  }
}
