import Estimation

/// A figure of accuracy against budget or another cost as a value: panels with curves, reference lines, one legend and a caption.
///
/// Accuracies are fractions, 0...1; the drawing shows percent.
public struct FigureSpecification: Hashable, Sendable {
  /// The panels in reading order, at least one; up to six keep a comfortable size.
  public var panels: [FigurePanel]
  /// The label of the cost axis.
  public var costLabel: String
  /// The label of the accuracy axis.
  public var accuracyLabel: String
  /// The text under the legend: what the reader must know to trust the figure.
  public var caption: String

  /// Creates a figure.
  public init(
    panels: [FigurePanel],
    costLabel: String = CostAxis.budget.label,
    accuracyLabel: String = "Accuracy (%)",
    caption: String = ""
  ) {
    self.panels = panels
    self.costLabel = costLabel
    self.accuracyLabel = accuracyLabel
    self.caption = caption
  }

  /// The legend's entries: every series once, in the order of first appearance.
  var legend: [(name: String, style: SeriesStyle)] {
    var seen: Set<String> = []
    return panels.flatMap(\.series).filter { seen.insert($0.name).inserted }.map { ($0.name, $0.style) }
  }

  /// Whether any point is drawn as doubtful.
  public var hasDoubtfulPoints: Bool {
    panels.contains { $0.series.contains { $0.points.contains(where: \.isDoubtful) } }
  }

  /// Refuses a figure that could not be drawn or would mislead.
  /// - Throws: ``FigureError`` where a panel has no point, or a number is no accuracy or no cost.
  public func validate() throws {
    guard !panels.isEmpty else { throw FigureError.noData(panel: "the figure") }
    for panel in panels {
      guard panel.series.contains(where: { !$0.points.isEmpty }) else { throw FigureError.noData(panel: panel.title) }
      for series in panel.series {
        for point in series.points where !point.isDrawable {
          throw FigureError.unusablePoint(panel: panel.title, series: series.name, cost: point.cost)
        }
      }
      for reference in panel.references where !(0...1).contains(reference.accuracy) {
        throw FigureError.unusableReference(panel: panel.title, name: reference.name, accuracy: reference.accuracy)
      }
    }
  }
}

/// One coordinate system of a figure: a model, a data set or a method.
public struct FigurePanel: Hashable, Sendable {
  /// The heading.
  public var title: String
  /// The curves, the most important first: it is drawn on top.
  public var series: [FigureSeries]
  /// Accuracies to compare with.
  public var references: [ReferenceLine]

  /// Creates a panel.
  public init(title: String, series: [FigureSeries], references: [ReferenceLine] = []) {
    self.title = title
    self.series = series
    self.references = references
  }
}

/// A horizontal line at an accuracy from elsewhere, e.g. another model's published number.
public struct ReferenceLine: Hashable, Sendable {
  /// The text beside the line.
  public var name: String
  /// The accuracy, 0...1.
  public var accuracy: Double

  /// Creates a line.
  public init(name: String, accuracy: Double) {
    self.name = name
    self.accuracy = accuracy
  }
}
