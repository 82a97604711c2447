@testable import Replay

/// A source of random numbers that runs through all combinations of m equally likely values a draw.
struct EnumeratedUniforms: UniformSource {
  let cells: Int
  private(set) var digits: [Int] = []
  private var position = 0

  init(cells: Int) { self.cells = cells }

  mutating func uniform() -> Double {
    if position == digits.count { digits.append(0) }
    defer { position += 1 }
    return (Double(digits[position]) + 0.5) / Double(cells)
  }

  /// The probability of the combination that was just used.
  var probability: Double { (0..<position).reduce(1.0) { product, _ in product / Double(cells) } }

  /// Goes on to the next combination; false after the last.
  mutating func next() -> Bool {
    digits.removeLast(digits.count - position)
    position = 0
    while let last = digits.popLast() {
      if last + 1 < cells {
        digits.append(last + 1)
        return true
      }
    }
    return false
  }
}
