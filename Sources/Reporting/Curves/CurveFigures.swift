import Estimation
import Traces

/// Figures of scaling curves from the rows of a replay.
public struct CurveFigures: Sendable {
  /// The rows to draw from.
  public var rows: [CurvePoint]
  /// The settings that made them, for captions.
  public var settings: ReplaySettings
  /// Headings of panels by recording; the recording's name where there is none.
  public var recordingTitles: [String: String]
  /// Reference lines by recording.
  public var references: [String: [ReferenceLine]]
  /// The data set's name, for the accuracy axis.
  public var dataset: String?
  /// What captions say about orders rests on this.
  public var evidence: OrderEvidence

  /// Creates figures from rows.
  public init(
    rows: [CurvePoint],
    settings: ReplaySettings,
    recordingTitles: [String: String] = [:],
    references: [String: [ReferenceLine]] = [:],
    dataset: String? = nil,
    evidence: OrderEvidence = .intervals
  ) {
    self.rows = rows
    self.settings = settings
    self.recordingTitles = recordingTitles
    self.references = references
    self.dataset = dataset
    self.evidence = evidence
  }

  /// Accuracy against a cost by method, a panel a recording, as in Figure 2 of arXiv 2502.01618.
  ///
  /// Methods that read scores are shown under one aggregation; a method that was not replayed under it is left out.
  /// - Parameters:
  ///   - aggregate: the aggregation; `last`, or the first that occurs, when left out.
  ///   - axis: the cost, the budget when left out; points whose cost is unknown or zero are left out.
  /// - Returns: `nil` where no row fits.
  public func methods(aggregate: String? = nil, against axis: CostAxis = .budget) -> FigureSpecification? {
    let chosen = aggregate ?? defaultAggregate
    let shown = rows.filter {
      ($0.cell.aggregate == nil || $0.cell.aggregate == chosen) && axis.cost(of: $0) != nil
    }
    return figure(of: shown, aggregate: chosen, against: axis) { group in
      (title(of: group.cell.recording), references[group.cell.recording] ?? [])
    } style: {
      MethodName.styleIndex($0.method)
    }
  }

  /// Accuracy against budget by aggregation, a panel a method and recording, as in Figure 5 of arXiv 2502.01618.
  /// - Parameter methods: the methods shown, all that were replayed under two or more aggregations when left out.
  /// - Returns: `nil` where no method was replayed under two aggregations.
  public func aggregations(of methods: [String]? = nil) -> FigureSpecification? {
    let groups = CurveGroup.all(in: rows.filter { $0.cell.aggregate != nil })
    let counts = Dictionary(grouping: groups) { PanelKey($0.cell) }.mapValues { Set($0.map(\.cell.aggregate)).count }
    let shown = rows.filter { row in
      row.cell.aggregate != nil && (counts[PanelKey(row.cell)] ?? 0) > 1
        && methods?.contains(row.cell.method) ?? true
    }
    let recordings = Set(shown.map(\.cell.recording)).count
    return figure(of: shown, aggregate: nil, against: .budget) { group in
      let name = MethodName(group.cell.method).full
      return (recordings > 1 ? "\(name), \(title(of: group.cell.recording))" : name, [])
    } style: {
      $0.aggregate.flatMap(MethodName.styleIndex(aggregate:))
    }
  }

  private var defaultAggregate: String? {
    let occurring = rows.compactMap(\.cell.aggregate)
    return occurring.contains("last") ? "last" : occurring.first
  }

  private func title(of recording: String) -> String { recordingTitles[recording] ?? recording }

  private func figure(
    of rows: [CurvePoint],
    aggregate: String?,
    against axis: CostAxis,
    panel: (CurveGroup) -> (title: String, references: [ReferenceLine]),
    style: (Cell) -> Int?
  ) -> FigureSpecification? {
    guard !rows.isEmpty else { return nil }
    let groups = CurveGroup.all(in: rows)
    let names = SeriesNames(groups, isAblation: aggregate == nil && rows.allSatisfy { $0.cell.aggregate != nil })
    let styles = SeriesStyles(groups.map { names.full($0.cell) }, wishes: groups.map { style($0.cell) })
    var titles: [String] = []
    var panels: [String: FigurePanel] = [:]
    var members: [String: [CurveGroup]] = [:]
    for group in groups {
      let (title, references) = panel(group)
      if panels[title] == nil { titles.append(title) }
      let name = names.full(group.cell)
      let series = group.series(name: name, style: styles[name], against: axis)
      panels[title, default: FigurePanel(title: title, series: [], references: references)].series.append(series)
      members[title, default: []].append(group)
    }
    let caption = CurveCaption(
      panels: titles.map { members[$0] ?? [] }, settings: settings, names: names, aggregate: aggregate,
      evidence: evidence)
    return FigureSpecification(
      panels: titles.compactMap { panels[$0] },
      costLabel: axis.label,
      accuracyLabel: dataset.map { "\($0) accuracy (%)" } ?? "Accuracy (%)",
      caption: caption.text)
  }
}

/// What the curves of one panel of an ablation have in common.
private struct PanelKey: Hashable {
  var method: String
  var recording: String

  init(_ cell: Cell) {
    method = cell.method
    recording = cell.recording
  }
}

/// The names of a figure's series: methods, or aggregations where only they vary.
struct SeriesNames {
  private let curves: CurveNames
  private let isAblation: Bool

  init(_ groups: [CurveGroup], isAblation: Bool) {
    self.isAblation = isAblation
    // An aggregation is told apart from its rivals of one method and recording only.
    curves = CurveNames(groups)
  }

  func full(_ cell: Cell) -> String { isAblation ? aggregate(cell) : curves.full(cell) }
  func short(_ cell: Cell) -> String { isAblation ? aggregate(cell) : curves.short(cell) }

  private func aggregate(_ cell: Cell) -> String {
    let rest = curves.distinctions(cell).filter { $0 != cell.aggregate }
    return ([cell.aggregate ?? cell.method] + rest).joined(separator: ", ")
  }
}

/// A style for each name: its home colour where that is free, the first free one otherwise.
struct SeriesStyles {
  private var styles: [String: SeriesStyle] = [:]

  init(_ names: [String], wishes: [Int?]) {
    var taken: Set<Int> = []
    var waiting: [String] = []
    for (name, wish) in zip(names, wishes) where styles[name] == nil {
      if let wish, taken.insert(wish).inserted {
        styles[name] = SeriesStyle(wish)
      } else if !waiting.contains(name) {
        waiting.append(name)
      }
    }
    for name in waiting {
      let free = (0...taken.count).first { !taken.contains($0) } ?? taken.count
      taken.insert(free)
      styles[name] = SeriesStyle(free)
    }
  }

  subscript(_ name: String) -> SeriesStyle { styles[name] ?? SeriesStyle(0) }
}
