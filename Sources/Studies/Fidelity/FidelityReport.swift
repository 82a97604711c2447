import Estimation
import Foundation
import Reporting
import Traces

/// A fidelity study's results as text and tables.
public struct FidelityReport: Sendable {
  private let results: FidelityResults

  /// Reports results.
  public init(_ results: FidelityResults) { self.results = results }

  /// The document that `--json` prints.
  public var json: String {
    JSONValue.object([
      .init("settings", results.settings.json), .init("rows", .array(results.rows.map(\.json))),
    ]).text(unfolded: 2) + "\n"
  }

  /// The names of the columns of the CSV.
  static let columns = [
    "method", "preset", "aggregate", "scorer", "recording", "options", "policy", "mergePrefixes", "budget", "recorded",
    "problems", "replayed", "online", "onlineRuns", "bias", "low", "high", "pValue", "recordedShare", "borrowedShare",
    "sharedShare", "refused", "warnings", "presetVersion",
  ]

  /// The rows as CSV, the columns of the JSON rows; accuracies as fractions.
  public var csv: String { CommaSeparated.text([Self.columns] + results.rows.map(fields)) }

  private func fields(_ row: FidelityRow) -> [String] {
    let identity = Self.identity(row.cell) + [row.policy?.name ?? "", "\(row.mergesPrefixes)"]
    let interval = row.difference.interval
    let numbers = [row.difference.difference, interval.low, interval.high, row.difference.pValue]
    let shares = [row.coverage.recorded, row.coverage.borrowed, row.coverage.shared]
    return identity + ["\(row.cell.budget)", "\(row.recorded)", "\(row.problems)", "\(row.replayed)", "\(row.online)"]
      + ["\(row.onlineRuns)"] + numbers.map { $0.isFinite ? "\($0)" : "" } + shares.map { "\($0)" }
      + ["\(row.refused)", row.warnings.map(\.rawValue).joined(separator: ";"), row.cell.presetVersion ?? ""]
  }

  /// What was replayed, but for the budget; options in one field.
  static func identity(_ cell: Cell) -> [String] {
    let options = cell.options.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }.joined(separator: ";")
    return [
      cell.method, cell.preset ?? "", cell.aggregate ?? "", cell.scorer ?? "", cell.recording, options,
    ]
  }

  /// The rows as a table for people, points of accuracy in percent.
  public var table: String {
    let head = [
      "method", "aggregate", "N", "K", "policy", "online", "replayed", "bias", "95 % interval", "recorded", "borrowed",
      "shared", "refused", "warnings",
    ]
    let recordings = Set(results.rows.map(\.cell.recording)).sorted().joined(separator: ", ")
    return MarkdownTable.text(head: head, body: results.rows.map(cells)) + "\n"
      + "Bias is replayed minus online in points of accuracy, with its interval from the paired bootstrap over "
      + "problems. Recording: \(MarkdownTable.escaped(recordings)); equal prefixes "
      + (results.mergesPrefixes ? "merged" : "not merged") + ".\n"
  }

  private func cells(_ row: FidelityRow) -> [String] {
    let interval = row.difference.interval
    return [
      row.cell.method, row.cell.aggregate ?? "–", "\(row.cell.budget)", "\(row.recorded)", row.policy?.name ?? "–",
      Self.percent(row.online), Self.percent(row.replayed), Self.signed(row.difference.difference),
      "\(Self.signed(interval.low)) to \(Self.signed(interval.high))", Self.percent(row.coverage.recorded),
      Self.percent(row.coverage.borrowed), Self.percent(row.coverage.shared), "\(row.refused)",
      row.warnings.map(\.rawValue).joined(separator: ", "),
    ]
  }

  static func percent(_ fraction: Double) -> String { String(format: "%.1f", 100 * fraction) }

  static func signed(_ fraction: Double) -> String {
    let text = String(format: "%+.1f", 100 * fraction)
    return text == "-0.0" ? "+0.0" : text.replacing("-", with: "−")
  }
}
