/// Random choices that were made elsewhere, to be repeated: how a run recorded online repeats exactly.
struct DrawScript: Sendable {
  private let choices: [Int32]
  private var next = 0
  /// For each choice the weights, normalised, by which it would have been drawn here.
  private(set) var weights: [[Double]] = []

  init(_ choices: [Int32]) { self.choices = choices }

  /// The next choice; `nil` after the last.
  mutating func take(weights: borrowing FlatStorage<Double>, count: Int) -> Int32? {
    guard next < choices.count else { return nil }
    defer { next += 1 }
    let total = ResamplingScheme.total(weights, count)
    self.weights.append(weights.prefix(count).map { $0 / total })
    return choices[next]
  }

  /// Whether all choices have been taken.
  var isSpent: Bool { next == choices.count }
}
