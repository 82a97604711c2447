import Foundation

/// The range and the ticks of the budget axis, the same for all panels.
struct BudgetAxis: Hashable {
  /// The lower end.
  let low: Double
  /// The upper end.
  let high: Double
  /// The budgets that carry a number.
  let ticks: [Int]
  /// Whether there is one budget only: curves are then single points, drawn side by side.
  let isSingle: Bool

  /// Chooses the axis for the budgets of all panels on a plot of a width, at a font size.
  init(_ budgets: Set<Int>, plotWidth: Double, fontSize: Double) {
    let first = Double(budgets.min() ?? 1)
    let last = Double(budgets.max() ?? 1)
    // The first and the last marker stand clear of the frame; a single budget gets an octave.
    let octaves = max(log2(last / first), 1)
    let margin = exp2(0.04 * octaves) * (last > first ? 1 : exp2(0.5))
    isSingle = first == last
    low = first / margin
    high = last * margin
    ticks = Self.thinned(
      Self.candidates(budgets), octaveWidth: plotWidth / log2(high / low), fontSize: fontSize)
  }

  /// Powers of two where all budgets are, or where they span two octaves; otherwise the budgets themselves.
  private static func candidates(_ budgets: Set<Int>) -> [Int] {
    let sorted = budgets.sorted()
    guard let first = sorted.first, let last = sorted.last else { return [] }
    let isPowers = sorted.allSatisfy { $0.nonzeroBitCount == 1 }
    guard isPowers || last / max(first, 1) >= 4 else { return sorted }
    return (0..<62).map { 1 << $0 }.filter { $0 >= first && $0 <= last }
  }

  /// Every k-th candidate, with the smallest k whose labels stand apart.
  private static func thinned(_ candidates: [Int], octaveWidth: Double, fontSize: Double) -> [Int] {
    for stride in 1...max(candidates.count, 1) {
      let kept = candidates.enumerated().filter { $0.offset % stride == 0 }.map(\.element)
      let apart = zip(kept, kept.dropFirst()).allSatisfy { left, right in
        let room = log2(Double(right) / Double(left)) * octaveWidth
        let widths = TextMetrics.width("\(left)", size: fontSize) + TextMetrics.width("\(right)", size: fontSize)
        return room >= widths / 2 + 0.6 * fontSize
      }
      if apart { return kept }
    }
    return candidates.prefix(1).map { $0 }
  }

  /// By how much a curve's points are moved sideways, as a factor: 1 unless there is one budget only.
  func shift(ofSeries index: Int, of count: Int) -> Double {
    isSingle ? exp2((Double(index) - Double(count - 1) / 2) * 0.8 / Double(max(count, 1))) : 1
  }
}
