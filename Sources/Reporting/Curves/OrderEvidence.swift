import Estimation
import Traces

/// Which curves the data cannot put into an order.
public struct OrderEvidence: Sendable {
  /// Whether two points' order is supported; `nil` where nothing is known about the pair.
  private let isSupported: @Sendable (Cell, Cell) -> Bool?
  /// What the statement rests on, e.g. `paired differences`.
  let basis: String

  /// Evidence from paired comparisons, the stronger kind; pairs without one are judged by their intervals.
  public init(paired: @escaping @Sendable (Cell, Cell) -> Bool?) {
    isSupported = paired
    basis = "paired 95\u{A0}% intervals"
  }

  /// Evidence from the problems' values behind the points, by the interval of each pair's difference.
  /// - Parameters:
  ///   - values: each cell's success probabilities in the order of the resamples' problems.
  ///   - resamples: the resamples that the points' own intervals come from.
  public init(values: [Cell: [Double]], resamples: ProblemResamples) {
    self.init { left, right in
      guard let ours = values[left], let theirs = values[right] else { return nil }
      let interval = resamples.interval(of: zip(ours, theirs).map { $0 - $1 })
      return interval.low.isNaN ? nil : !interval.contains(0)
    }
  }

  /// Evidence from the points' own intervals: overlapping ones support no order. It errs on the side of caution.
  public static let intervals = OrderEvidence()

  private init() {
    isSupported = { _, _ in nil }
    basis = "95\u{A0}% intervals"
  }

  private func separates(_ left: CurvePoint, _ right: CurvePoint) -> Bool {
    isSupported(left.cell, right.cell) ?? !left.interval.overlaps(right.interval)
  }

  /// The largest groups of points, best first, in which no pair's order is supported.
  func unordered(_ points: [CurvePoint]) -> [[CurvePoint]] {
    let ranked = points.enumerated().sorted { ($1.element.accuracy, $0.offset) < ($0.element.accuracy, $1.offset) }
      .map(\.element)
    var groups: [[CurvePoint]] = []
    var reached = 0
    for start in ranked.indices {
      var end = start + 1
      while end < ranked.count, ranked[start..<end].allSatisfy({ !separates($0, ranked[end]) }) { end += 1 }
      if end - start > 1, end > reached { groups.append(Array(ranked[start..<end])) }
      reached = max(reached, end)
    }
    return groups
  }
}
