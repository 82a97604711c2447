import Estimation
import Foundation

/// Accuracy with its interval by method and budget: rows are curves, columns are budgets, as papers print them.
public struct CurveTable: Sendable {
  /// A curve's name, and a cell for each budget of the table.
  public struct Row: Hashable, Sendable {
    /// The recording.
    public var recording: String
    /// The curve's name.
    public var name: String
    /// The points in the order of the table's budgets; `nil` where the curve has none.
    public var points: [CurvePoint?]
  }

  /// The budgets, ascending.
  public let budgets: [Int]
  /// The curves in the order of first appearance, those of one recording together.
  public let rows: [Row]

  /// Arranges the rows of a replay.
  public init(_ points: [CurvePoint]) {
    let budgets = Set(points.map(\.cell.budget)).sorted()
    let groups = CurveGroup.all(in: points)
    let names = CurveNames(groups)
    var order: [String] = []
    var byRecording: [String: [Row]] = [:]
    for group in groups {
      let recording = group.cell.recording
      if byRecording[recording] == nil { order.append(recording) }
      let byBudget = Dictionary(group.points.map { ($0.cell.budget, $0) }, uniquingKeysWith: { first, _ in first })
      byRecording[recording, default: []].append(
        Row(recording: recording, name: names.full(group.cell), points: budgets.map { byBudget[$0] }))
    }
    self.budgets = budgets
    rows = order.flatMap { byRecording[$0] ?? [] }
  }

  /// The recordings in the order of their rows.
  var recordings: [String] {
    var seen: Set<String> = []
    return rows.map(\.recording).filter { seen.insert($0).inserted }
  }

  /// What the cells mean, and which marks they carry.
  func legend(dash: String) -> String {
    let marked = rows.flatMap(\.points).contains { $0?.warnings.contains(.lowCoverage) ?? false }
    let mark = marked ? " * low coverage: many continuations were borrowed, not recorded." : ""
    return "Accuracy in percent with its 95 % interval (bootstrap over problems)\(dash)budget N across.\(mark)"
  }

  /// A percentage with one decimal.
  static func percent(_ fraction: Double) -> String { String(format: "%.1f", 100 * fraction) }
}
