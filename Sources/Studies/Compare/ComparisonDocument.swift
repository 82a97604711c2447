import Estimation
import Reporting
import Traces

/// What `retrace compare` prints: settings, and for each recording the differences and scaling rates.
public struct ComparisonDocument: Sendable {
  /// One comparison with the reasons to doubt its sides, by budget.
  public struct Entry: Sendable {
    /// Differences and rates.
    public var comparison: CurveComparison
    /// The first side's rows by budget: what a replay of it alone says.
    public var leftRows: [Int: CurvePoint]
    /// The second side's rows by budget.
    public var rightRows: [Int: CurvePoint]

    /// The first side's warnings by budget.
    public var leftDoubts: [Int: [ResultWarning]] { leftRows.mapValues(\.warnings) }
    /// The second side's warnings by budget.
    public var rightDoubts: [Int: [ResultWarning]] { rightRows.mapValues(\.warnings) }
  }

  /// The settings that decided the numbers.
  public var settings: ReplaySettings
  /// The comparisons, in the order of the first side's recordings.
  public var entries: [Entry]

  /// The document with its keys in a fixed order.
  public var json: JSONValue {
    .object([.init("settings", settings.json), .init("comparisons", .array(entries.map(\.json)))])
  }

  /// The document as JSON text, with a line break at its end.
  public var jsonText: String { json.text(unfolded: 4) + "\n" }

  /// The differences and rates as CSV: one line a recording and budget.
  public var csv: String { ComparisonRecords.csv(entries.map(\.comparison)) }

  /// Tables for people, one a recording.
  public var table: String {
    entries.map { $0.heading + "\n\n" + ComparisonTable($0.comparison).text }.joined(separator: "\n")
  }

  /// The reasons to doubt the numbers, in words.
  public func notices() -> [String] {
    entries.flatMap { entry in
      Self.sentences(of: entry.comparison.left, entry.leftDoubts)
        + Self.sentences(of: entry.comparison.right, entry.rightDoubts)
    }
  }

  private static func sentences(of cell: Cell, _ doubts: [Int: [ResultWarning]]) -> [String] {
    ResultWarning.allCases.compactMap { warning in
      let budgets = doubts.filter { $0.value.contains(warning) }.keys.sorted()
      guard !budgets.isEmpty else { return nil }
      let list = budgets.map(String.init).joined(separator: ", ")
      return "\(cell.recording): \(cell.method) at N = \(list): \(warning.explanation)"
    }
  }
}

extension ComparisonDocument.Entry {
  /// The recordings and problems that the comparison is over.
  var heading: String {
    let (left, right) = (comparison.left.recording, comparison.right.recording)
    let problems = comparison.rows.map(\.comparison.problems)
    let (fewest, most) = (problems.min() ?? 0, problems.max() ?? 0)
    let count = fewest == most ? "\(most)" : "\(fewest) to \(most)"
    return "\(left == right ? left : "\(left) against \(right)"), \(count) problems"
  }

  /// The comparison's members, and the warnings and known biases of each side by budget.
  var json: JSONValue {
    guard case .object(let members) = comparison.json else { return comparison.json }
    let warnings = JSONValue.object([
      .init("left", Self.json(leftDoubts)), .init("right", Self.json(rightDoubts)),
    ])
    let biases = JSONValue.object([.init("left", Self.biases(leftRows)), .init("right", Self.biases(rightRows))])
    return .object(members + [.init("warnings", warnings), .init("biases", biases)])
  }

  /// What is known of each budget's bias, measured online and predicted; budgets of which nothing is known are left out.
  private static func biases(_ rows: [Int: CurvePoint]) -> JSONValue {
    let known = rows.sorted { $0.key < $1.key }.filter { $0.value.bias != nil || $0.value.predictedBias != nil }
    return .array(
      known.map { budget, row in
        .object([
          .init("budget", .integer(budget)), .init("bias", row.bias?.json ?? .null),
          .init("predictedBias", row.predictedBias?.json ?? .null),
        ])
      })
  }

  private static func json(_ doubts: [Int: [ResultWarning]]) -> JSONValue {
    .array(
      doubts.filter { !$0.value.isEmpty }.sorted { $0.key < $1.key }.map { budget, warnings in
        .object([
          .init("budget", .integer(budget)), .init("warnings", .array(warnings.map { .string($0.rawValue) })),
        ])
      })
  }
}
