import Estimation
import Traces

/// Everything that is drawn and printed from one replay: figures in every format, tables for people and programs.
public struct CurveReport: Sendable {
  /// A figure under the name of its files.
  public struct NamedFigure: Hashable, Sendable {
    /// The files' name without its extension.
    public var name: String
    /// The figure.
    public var specification: FigureSpecification

    /// Names a figure.
    public init(name: String, specification: FigureSpecification) {
      self.name = name
      self.specification = specification
    }
  }

  /// The replay.
  public var document: ReplayDocument
  /// The figures.
  public var figures: [NamedFigure]

  /// A report with figures of one's own.
  public init(document: ReplayDocument, figures: [NamedFigure]) {
    self.document = document
    self.figures = figures
  }

  /// The usual report: `accuracy`, and `aggregation` where a method was replayed under several aggregations.
  /// - Parameters:
  ///   - document: the replay.
  ///   - curves: its rows with headings and reference lines.
  ///   - aggregate: the aggregation of the figures by method; `last`, or the first that occurs, when left out.
  ///   - costs: further figures by method against these costs, `accuracy-by-tokens` and so on.
  public init(
    document: ReplayDocument, curves: CurveFigures, aggregate: String? = nil, costs: [CostAxis] = []
  ) {
    var drawn = [
      ("accuracy", curves.methods(aggregate: aggregate)), ("aggregation", curves.aggregations()),
    ]
    for axis in costs {
      drawn.append(("accuracy-by-\(axis.rawValue)", curves.methods(aggregate: aggregate, against: axis)))
    }
    self.init(
      document: document,
      figures: drawn.compactMap { name, figure in figure.map { NamedFigure(name: name, specification: $0) } })
  }

  /// Writes the tables: `curves.csv`, `curves.json`, `curves.md`, `curves.tex`.
  /// - Returns: the paths written.
  /// - Throws: `UnacceptableData` where a file cannot be written.
  @discardableResult
  public func writeTables(to directory: OutputDirectory) throws -> [String] {
    let table = CurveTable(document.rows)
    let files = [
      ("curves.csv", CurveRecords.csv(document.rows)), ("curves.json", document.text),
      ("curves.md", table.markdown), ("curves.tex", table.latex),
    ]
    return try files.map { name, text in try directory.write(Array(text.utf8), to: name) }
  }

  /// Draws the figures in the formats asked for.
  ///
  /// A figure's formats are drawn before the first of them is written.
  /// - Returns: the paths written.
  /// - Throws: ``FigureError`` where gnuplot is missing or fails, `UnacceptableData` where a file cannot be written.
  @discardableResult
  public func writeFigures(
    to directory: OutputDirectory,
    formats: [FigureFormat] = FigureFormat.allCases,
    gnuplot: Gnuplot = Gnuplot()
  ) async throws -> [String] {
    var written: [String] = []
    for figure in figures {
      var drawings: [(FigureFormat, [UInt8])] = []
      for format in formats { drawings.append((format, try await gnuplot.render(figure.specification, as: format))) }
      for (format, bytes) in drawings {
        written.append(try directory.write(bytes, to: "\(figure.name).\(format.rawValue)"))
      }
    }
    return written
  }

  /// Writes the tables, which need no other program, then the figures.
  /// - Returns: the paths written.
  /// - Throws: what ``writeTables(to:)`` and ``writeFigures(to:formats:gnuplot:)`` throw; tables stand by then.
  @discardableResult
  public func write(
    to directory: OutputDirectory,
    formats: [FigureFormat] = FigureFormat.allCases,
    gnuplot: Gnuplot = Gnuplot()
  ) async throws -> [String] {
    let tables = try writeTables(to: directory)
    return tables + (try await writeFigures(to: directory, formats: formats, gnuplot: gnuplot))
  }
}
