import Foundation

/// The range and the ticks of the logarithmic cost axis, the same for all panels.
struct CostScale: Hashable {
  /// A place that carries a number.
  struct Tick: Hashable {
    var cost: Double
    var label: String
  }

  /// The lower end.
  let low: Double
  /// The upper end.
  let high: Double
  /// The places that carry a number, ascending.
  let ticks: [Tick]
  /// Whether there is one cost only: curves are then single points, drawn side by side.
  let isSingle: Bool

  /// Chooses the axis for the costs of all panels on a plot of a width, at a font size.
  init(_ costs: Set<Double>, plotWidth: Double, fontSize: Double) {
    let first = costs.min() ?? 1
    let last = costs.max() ?? 1
    // The first and the last marker stand clear of the frame; a single cost gets an octave.
    let octaves = max(log2(last / first), 1)
    isSingle = first == last
    let margin = exp2(0.04 * octaves) * (isSingle ? exp2(0.5) : 1)
    low = first / margin
    high = last * margin
    ticks = Self.thinned(
      Self.candidates(costs, within: low...high), octaveWidth: plotWidth / log2(high / low), fontSize: fontSize)
  }

  /// By how much a curve's points are moved sideways, as a factor: 1 unless there is one cost only.
  func shift(ofSeries index: Int, of count: Int) -> Double {
    isSingle ? exp2((Double(index) - Double(count - 1) / 2) * 0.8 / Double(max(count, 1))) : 1
  }

  /// Whole numbers are budgets: powers of two where all are, or where they span two octaves, otherwise the budgets
  /// themselves. Measured costs get round numbers.
  private static func candidates(_ costs: Set<Double>, within range: ClosedRange<Double>) -> [Double] {
    let sorted = costs.sorted()
    guard let first = sorted.first, let last = sorted.last else { return [] }
    let areWhole = sorted.allSatisfy { $0 == $0.rounded() && $0 < 0x1p53 }
    let powers = (0..<62).map { exp2(Double($0)) }.filter { $0 >= first && $0 <= last }
    if areWhole, sorted.allSatisfy(powers.contains) || last / first >= 4 { return powers }
    guard !areWhole else { return sorted }
    let round = (-3...15).flatMap { decade in [1.0, 2, 5].map { $0 * pow(10, Double(decade)) } }
    let inside = round.filter(range.contains)
    return inside.isEmpty ? [first] : inside
  }

  /// Every k-th candidate, with the smallest k whose labels stand apart.
  private static func thinned(_ candidates: [Double], octaveWidth: Double, fontSize: Double) -> [Tick] {
    for stride in 1...max(candidates.count, 1) {
      let kept = candidates.enumerated().filter { $0.offset % stride == 0 }
        .map { Tick(cost: $0.element, label: label($0.element)) }
      let apart = zip(kept, kept.dropFirst()).allSatisfy { left, right in
        let room = log2(right.cost / left.cost) * octaveWidth
        let widths = TextMetrics.width(left.label, size: fontSize) + TextMetrics.width(right.label, size: fontSize)
        return room >= widths / 2 + 0.6 * fontSize
      }
      if apart { return kept }
    }
    return []
  }

  /// `16`, `4096`, `50k`, `2M`; what is not whole has two significant decimals at most.
  private static func label(_ cost: Double) -> String {
    for (unit, suffix) in [(1e9, "G"), (1e6, "M"), (1e3, "k")] where cost >= unit {
      let share = cost / unit
      if share == share.rounded(), share < 1000 { return GnuplotText.number(share) + suffix }
    }
    return GnuplotText.number(cost, decimals: cost < 1 ? 3 : cost < 100 ? 1 : 0)
  }
}
