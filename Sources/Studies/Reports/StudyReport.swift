import Estimation
import Reporting
import Traces

/// A study's results as text, tables and figures.
public struct StudyReport: Sendable {
  private let document: ReplayDocument
  private let report: CurveReport

  /// Estimates the rows of a study.
  ///
  /// - Parameters:
  ///   - results: What was replayed.
  ///   - figureAggregate: The aggregation of the figure by method; `last`, or the first replayed, when left out.
  public init(_ results: StudyResults, figureAggregate: String? = nil) {
    document = results.document()
    let curves = CurveFigures(
      rows: document.rows, settings: document.settings, dataset: results.dataset, evidence: results.evidence)
    report = CurveReport(document: document, curves: curves, aggregate: figureAggregate)
  }

  /// Whether there is no point at all.
  public var isEmpty: Bool { document.rows.isEmpty }

  /// The document that `--json` prints.
  public var json: String { document.text }

  /// The rows as CSV.
  public var csv: String { CurveRecords.csv(document.rows) }

  /// The rows as a table for people.
  public var table: String { CurveTable(document.rows).markdown }

  /// Makes sure of a directory to write to.
  ///
  /// - Throws: `UnacceptableData` where it cannot be made or written.
  public static func directory(_ path: String) throws -> OutputDirectory { try OutputDirectory(path: path) }

  /// Writes the tables; returns the paths written.
  public func writeTables(to directory: OutputDirectory) throws -> [String] { try report.writeTables(to: directory) }

  /// Draws the figures; returns the paths written.
  ///
  /// - Throws: `FigureError` where gnuplot is missing or fails.
  public func writeFigures(to directory: OutputDirectory) async throws -> [String] {
    try await report.writeFigures(to: directory)
  }
}
