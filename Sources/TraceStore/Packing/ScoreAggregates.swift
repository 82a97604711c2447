import Traces

/// The usual aggregates of a rollout's scores, which stand beside them as plain columns.
struct ScoreAggregates: Sendable {
  var last: Double
  var minimum: Double
  /// Of probabilities only.
  var product: Double?
  var mean: Double

  /// - Parameter scores: One score at least.
  init(_ scores: UnsafeBufferPointer<Double>, scale: ScoreScale) {
    var minimum = Double.infinity
    var product = 1.0
    var sum = 0.0
    for score in scores {
      minimum = min(minimum, score)
      product *= score
      sum += score
    }
    last = scores.last ?? 0
    self.minimum = minimum
    self.product = scale == .probability ? product : nil
    mean = sum / Double(scores.count)
  }
}
