import Estimation

/// A curve of a panel; series of one name share a legend entry.
public struct FigureSeries: Hashable, Sendable {
  /// The name in the legend.
  public var name: String
  /// Colour and marker.
  public var style: SeriesStyle
  /// The points in ascending order of their budgets.
  public let points: [FigurePoint]

  /// Creates a curve; points are put into the order of their budgets.
  public init(name: String, style: SeriesStyle, points: [FigurePoint]) {
    self.name = name
    self.style = style
    self.points = points.sorted { $0.budget < $1.budget }
  }
}

/// A point of a curve.
public struct FigurePoint: Hashable, Sendable {
  /// The budget N, at least 1.
  public var budget: Int
  /// The accuracy, 0...1.
  public var accuracy: Double
  /// The accuracy's interval, inside 0...1.
  public var interval: Interval
  /// Whether coverage is low: drawn with an open marker, and dashed on both sides.
  public var isDoubtful: Bool

  /// Creates a point.
  public init(budget: Int, accuracy: Double, interval: Interval, isDoubtful: Bool = false) {
    self.budget = budget
    self.accuracy = accuracy
    self.interval = interval
    self.isDoubtful = isDoubtful
  }

  /// Whether all numbers lie where they can be drawn.
  var isDrawable: Bool {
    budget >= 1 && (0...1).contains(accuracy) && (0...1).contains(interval.low) && (0...1).contains(interval.high)
      && interval.low <= interval.high
  }
}
