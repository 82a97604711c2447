import Traces

/// What resampling draws its numbers from: the run's stream, or in tests an enumeration of all outcomes.
protocol UniformSource {
  /// A uniform number in [0, 1).
  mutating func uniform() -> Double
}

extension RandomStream: UniformSource {}
