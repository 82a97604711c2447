import Estimation
import Foundation
import Reporting
import Traces

/// A self-check's results as text and tables.
public struct SelfCheckReport: Sendable {
  private let results: SelfCheckResults

  /// Reports results.
  public init(_ results: SelfCheckResults) { self.results = results }

  /// The document that `--json` prints.
  public var json: String {
    JSONValue.object([
      .init("settings", results.settings.json), .init("rows", .array(results.rows.map(\.json))),
    ]).text(unfolded: 2) + "\n"
  }

  /// The names of the columns of the CSV.
  static let columns = [
    "method", "preset", "aggregate", "scorer", "recording", "options", "policy", "mergePrefixes", "budget", "recorded",
    "problems", "replayed", "modelOnline", "modelReplayed", "predictedBias", "low", "high", "misfit", "misfitLow",
    "misfitHigh", "recordedShare", "borrowedShare", "sharedShare", "fromOtherDepths", "refused", "warnings",
    "presetVersion", "fromOtherProblems",
  ]

  /// The rows as CSV, the columns of the JSON rows; accuracies as fractions.
  public var csv: String { CommaSeparated.text([Self.columns] + results.rows.map(fields)) }

  private func fields(_ row: SelfCheckRow) -> [String] {
    let identity = FidelityReport.identity(row.cell) + [row.policy.name, "\(row.mergesPrefixes)"]
    let numbers = [row.replayed, row.modelOnline, row.modelReplayed]
    let differences = [row.predictedBias, row.misfit].flatMap { [$0.value, $0.interval.low, $0.interval.high] }
    let shares = [row.coverage.recorded, row.coverage.borrowed, row.coverage.shared, row.fromOtherDepths]
    return identity + ["\(row.cell.budget)", "\(row.recorded)", "\(row.problems)"]
      + (numbers + differences + shares).map { $0.isFinite ? "\($0)" : "" }
      + [
        "\(row.refused)", row.warnings.map(\.rawValue).joined(separator: ";"), row.cell.presetVersion ?? "",
        "\(row.fromOtherProblems)",
      ]
  }

  /// The rows as a table for people, points of accuracy in percent.
  public var table: String {
    let head = [
      "method", "aggregate", "N", "K", "policy", "replayed", "model online", "model replayed", "predicted bias",
      "95 % interval", "off the model", "recorded", "borrowed", "shared", "warnings",
    ]
    let recordings = Set(results.rows.map(\.cell.recording)).sorted().joined(separator: ", ")
    return MarkdownTable.text(head: head, body: results.rows.map(cells)) + "\n"
      + "Predicted bias is what replays of recordings of the fitted model come to minus what the method reaches online "
      + "in that model, in points of accuracy, with its interval from the paired bootstrap over problems; off the model "
      + "is the replay of the record minus the model's online accuracy. Recording: \(MarkdownTable.escaped(recordings)).\n"
  }

  private func cells(_ row: SelfCheckRow) -> [String] {
    let interval = row.predictedBias.interval
    return [
      row.cell.method, row.cell.aggregate ?? "–", "\(row.cell.budget)", "\(row.recorded)", row.policy.name,
      FidelityReport.percent(row.replayed), FidelityReport.percent(row.modelOnline),
      FidelityReport.percent(row.modelReplayed), FidelityReport.signed(row.predictedBias.value),
      "\(FidelityReport.signed(interval.low)) to \(FidelityReport.signed(interval.high))",
      FidelityReport.signed(row.misfit.value), FidelityReport.percent(row.coverage.recorded),
      FidelityReport.percent(row.coverage.borrowed), FidelityReport.percent(row.coverage.shared),
      row.warnings.map(\.rawValue).joined(separator: ", "),
    ]
  }
}
