import Estimation

/// A curve of a panel; series of one name share a legend entry.
public struct FigureSeries: Hashable, Sendable {
  /// The name in the legend.
  public var name: String
  /// Colour and marker.
  public var style: SeriesStyle
  /// The points in ascending order of their costs.
  public let points: [FigurePoint]

  /// Creates a curve; points are put into the order of their costs.
  public init(name: String, style: SeriesStyle, points: [FigurePoint]) {
    self.name = name
    self.style = style
    self.points = points.sorted { $0.cost < $1.cost }
  }
}

/// A point of a curve.
public struct FigurePoint: Hashable, Sendable {
  /// Where the point stands on the cost axis, above 0: the budget N, or what runs cost in the mean.
  public var cost: Double
  /// The accuracy, 0...1.
  public var accuracy: Double
  /// The accuracy's interval, inside 0...1.
  public var interval: Interval
  /// Whether coverage is low: drawn with an open marker, and dashed on both sides.
  public var isDoubtful: Bool

  /// Creates a point at a budget.
  public init(budget: Int, accuracy: Double, interval: Interval, isDoubtful: Bool = false) {
    self.init(cost: Double(budget), accuracy: accuracy, interval: interval, isDoubtful: isDoubtful)
  }

  /// Creates a point at a cost.
  public init(cost: Double, accuracy: Double, interval: Interval, isDoubtful: Bool = false) {
    self.cost = cost
    self.accuracy = accuracy
    self.interval = interval
    self.isDoubtful = isDoubtful
  }

  /// Whether all numbers lie where they can be drawn.
  var isDrawable: Bool {
    cost > 0 && cost.isFinite && (0...1).contains(accuracy) && (0...1).contains(interval.low)
      && (0...1).contains(interval.high)
      && interval.low <= interval.high
  }
}
