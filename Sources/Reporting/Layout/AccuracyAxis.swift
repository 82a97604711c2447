import Foundation

/// The range and the ticks of a panel's accuracy axis, in percent.
struct AccuracyAxis: Hashable {
  /// The lower end; slightly below 0 where a curve touches 0, so that its markers stay whole.
  let low: Double
  /// The upper end; slightly above 100 where a curve touches 100.
  let high: Double
  /// The distance of ticks.
  let step: Double
  /// The ticks, all inside 0...100.
  let ticks: [Double]

  /// No panel spans less: noise must not fill it.
  static let leastSpan = 10.0
  private static let steps = [1.0, 2, 5, 10, 20, 25]

  /// Chooses the axis for a panel's intervals and reference lines.
  init(_ panel: FigurePanel) {
    var values = panel.series.flatMap(\.points).flatMap { [$0.interval.low, $0.interval.high, $0.accuracy] }
    values += panel.references.map(\.accuracy)
    self.init(lowest: 100 * (values.min() ?? 0), highest: 100 * (values.max() ?? 1))
  }

  /// Chooses the axis for the lowest and the highest percentage to be shown.
  init(lowest: Double, highest: Double) {
    var span = max(highest - lowest, Self.leastSpan)
    let center = min(max((lowest + highest) / 2, span / 2), 100 - span / 2)
    let margin = 0.03 * span
    let bottom = min(lowest - margin, center - span / 2)
    let top = max(highest + margin, center + span / 2)
    let step = Self.steps.first { (top - bottom) / $0 <= 7 } ?? 25
    let floor = max((bottom / step).rounded(.down) * step, 0)
    let ceiling = min((top / step).rounded(.up) * step, 100)
    span = ceiling - floor
    low = lowest - floor < 0.015 * span ? floor - 0.03 * span : floor
    high = ceiling - highest < 0.015 * span ? ceiling + 0.03 * span : ceiling
    self.step = step
    ticks = Array(stride(from: floor, through: ceiling + step / 1000, by: step))
  }

  /// Where a percentage lies between the ends, 0...1.
  func position(of percent: Double) -> Double { (percent - low) / (high - low) }
}
