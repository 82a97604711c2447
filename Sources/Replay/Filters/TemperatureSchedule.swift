import Foundation

/// The temperature T of a filter's weights, softmax(log w / T), step by step.
enum TemperatureSchedule: Hashable, Sendable {
  /// The same at all steps.
  case constant(Double)
  /// T0 - (T0 - T1) t / (S - 1) at step t = 1, 2, ..., then T1: probabilistic-inference-scaling at f75d461,
  /// `src/sal/search/particle_gibbs_batch.py`.
  case linear(from: Double, to: Double, steps: Int)
  /// Entropic annealing by the effective sample size: arXiv 2510.05825 and its-hub 1.2.0,
  /// `core/algorithms/particle_gibbs.py`.
  case effectiveSampleSize
  /// Entropic annealing by the entropy of the weights.
  case entropy
  /// Annealing by progress alone.
  case base

  /// The options' spelling.
  static let forms: [MethodOption.CallForm] = [
    .init("none"),
    .init(
      "linear", .init("T0", 0.01...100), .init("T1", 0.01...100), .init("S", 1...100_000, isWhole: true)),
    .init("ess"), .init("entropy"), .init("base"),
  ]

  init(_ call: OptionCall, constant: Double) {
    switch (call.name, call.arguments.count) {
    case ("linear", 3):
      self = .linear(from: call.arguments[0], to: call.arguments[1], steps: Int(call.arguments[2]))
    case ("ess", _): self = .effectiveSampleSize
    case ("entropy", _): self = .entropy
    case ("base", _): self = .base
    default: self = .constant(constant)
    }
  }

  /// Whether the temperature depends on the weights themselves.
  var isEntropic: Bool {
    switch self {
    case .constant, .linear: false
    default: true
    }
  }

  /// The temperature of a schedule that does not look at the weights; 1 for the others.
  func temperature(step: Int) -> Double {
    switch self {
    case .constant(let temperature): temperature
    case .linear(let from, let to, let steps):
      step < steps ? from - (from - to) * Double(step) / Double(max(steps - 1, 1)) : to
    default: 1
    }
  }

  /// The temperature that entropic annealing chooses.
  ///
  /// p = clip(softmax(log w), 1e-7), not renormalised; ess = 1 / sum p^2; only while ess / N < 0.5 and progress < 0.5 is
  /// T above 1. One candidate: T = 1.
  ///
  /// - Parameters:
  ///   - probabilities: softmax(log w) of the candidates.
  ///   - count: N.
  ///   - progress: t / maxSteps, t = 1 after the first step.
  func temperature(probabilities: borrowing FlatStorage<Double>, count: Int, progress: Double) -> Double {
    guard count > 1 else { return 1 }
    var squares = 0.0
    var entropy = 0.0
    for i in 0..<count {
      let p = min(max(probabilities[i], 1e-7), 1 - 1e-7)
      squares += p * p
      entropy -= p * log(p)
    }
    let ratio = 1 / squares / Double(count)
    guard ratio < 0.5, progress < 0.5 else { return 1 }
    let remaining = 1 - progress
    switch self {
    case .effectiveSampleSize: return max(1, remaining / ratio)
    case .entropy:
      let share = count > 2 ? entropy / log(Double(count)) : entropy
      return max(1, 1 / (share + (1 - share) * progress))
    case .base: return max(1, 2 - progress)
    default: return 1
    }
  }
}
