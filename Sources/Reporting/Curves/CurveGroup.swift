import Estimation
import Traces

/// The points of one curve: cells that differ in their budget alone.
struct CurveGroup {
  /// The cell of the first point; its budget means nothing here.
  let cell: Cell
  /// The points in ascending order of their budgets.
  let points: [CurvePoint]

  /// Gathers rows into curves, in the order of first appearance.
  static func all(in rows: [CurvePoint]) -> [CurveGroup] {
    var order: [Cell] = []
    var members: [Cell: [CurvePoint]] = [:]
    for row in rows {
      var cell = row.cell
      cell.budget = 0
      if members[cell] == nil { order.append(cell) }
      members[cell, default: []].append(row)
    }
    return order.map { cell in
      CurveGroup(cell: cell, points: (members[cell] ?? []).sorted { $0.cell.budget < $1.cell.budget })
    }
  }

  /// The curve as a figure's series; points whose cost is unknown are left out.
  func series(name: String, style: SeriesStyle, against axis: CostAxis) -> FigureSeries {
    FigureSeries(
      name: name, style: style,
      points: points.compactMap { point in
        axis.cost(of: point).map {
          FigurePoint(
            cost: $0, accuracy: point.accuracy, interval: point.interval,
            isDoubtful: point.warnings.contains(.lowCoverage))
        }
      })
  }
}

/// Names for curves that say what tells them apart, and no more.
struct CurveNames {
  private let cells: [Cell]

  /// The names for the curves of a figure or table.
  init(_ groups: [CurveGroup]) { self.init(groups.map(\.cell)) }

  /// The names for curves by their cells.
  init(_ cells: [Cell]) { self.cells = cells }

  /// The method's full name and, after commas, what differs among the curves of that method.
  func full(_ cell: Cell) -> String {
    ([MethodName(cell.method).full] + distinctions(cell)).joined(separator: ", ")
  }

  /// The same with the method's abbreviation.
  func short(_ cell: Cell) -> String {
    ([MethodName(cell.method).short] + distinctions(cell)).joined(separator: " ")
  }

  /// What differs among the curves of the cell's method.
  func distinctions(_ cell: Cell) -> [String] {
    let rivals = cells.filter { $0.method == cell.method }
    var parts: [String] = []
    if differ(rivals, \.preset), let preset = cell.preset { parts.append(preset) }
    if differ(rivals, \.aggregate), let aggregate = cell.aggregate { parts.append(aggregate) }
    if differ(rivals, \.scorer), let scorer = cell.scorer { parts.append(scorer) }
    let options = Set(rivals.flatMap(\.options.keys)).sorted()
    for option in options where differ(rivals, { $0.options[option] }) {
      if let value = cell.options[option] { parts.append("\(option)=\(value)") }
    }
    return parts
  }

  private func differ<Value: Hashable>(_ cells: [Cell], _ value: (Cell) -> Value) -> Bool {
    Set(cells.map(value)).count > 1
  }
}
