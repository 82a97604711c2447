import Foundation
import Traces

/// The methods run as they run online: every continuation is drawn afresh from the simulated generator. Written
/// apart from the replay engine, plainly, so that it can serve as its truth.
public enum OnlineSearch: String, Sendable, CaseIterable {
  /// Particle filter: odds as weights, systematic resampling of all particles at every step, nothing after the last
  /// step, the answer with the highest aggregated score.
  case pf
  /// Beam search of width 4.
  case beam
  /// Diverse verifier tree search of width 4.
  case dvts
  /// Candidates drawn for each kept beam or subtree.
  public static let width = 4

  /// Whether one run's answer is right.
  ///
  /// - Throws: `SimulationError` for a window of scores, or a budget that the width does not divide.
  public func run(
    _ model: SimulatedModel,
    problem: Int,
    budget: Int,
    aggregation: Aggregation,
    using random: inout RandomStream
  ) throws(SimulationError) -> Bool {
    try check(budget: budget, aggregation: aggregation)
    var run = OnlineRun(model: model, problem: problem, aggregation: aggregation, random: random)
    let right =
      switch self {
      case .pf: run.particleFilter(budget)
      case .beam: run.beamSearch(budget, width: Self.width)
      case .dvts: run.verifierTreeSearch(budget, width: Self.width)
      }
    random = run.random
    return right
  }

  private func check(budget: Int, aggregation: Aggregation) throws(SimulationError) {
    if case .window = aggregation { throw .aggregationNotFollowed(aggregation.name) }
    let unit = self == .pf ? 1 : Self.width
    guard budget > 0, budget.isMultiple(of: unit) else { throw .budgetNotAMultiple(budget: budget, width: unit) }
  }
}

/// One online run.
struct OnlineRun {
  let model: SimulatedModel
  let problem: Int
  let aggregation: Aggregation
  var random: RandomStream

  mutating func particleFilter(_ count: Int) -> Bool {
    var particles = (0..<count).map { _ in model.start(problem: problem, using: &random) }
    while particles.contains(where: { !$0.isOver }) {
      particles = systematicResample(particles)
      for index in particles.indices where !particles[index].isOver {
        model.advance(&particles[index], problem: problem, using: &random)
      }
    }
    return particles[best(particles)].isRight
  }

  mutating func beamSearch(_ count: Int, width: Int) -> Bool {
    var pool = (0..<count).map { _ in model.start(problem: problem, using: &random) }
    var completed: [SimulatedPath] = []
    while true {
      completed += pool.filter(\.isOver)
      let active = ranked(pool.filter { !$0.isOver })
      if active.isEmpty || completed.count >= count { break }
      let kept = active.prefix(count / width)
      pool = (0..<count).map { kept[$0 % kept.count] }
      for index in pool.indices { model.advance(&pool[index], problem: problem, using: &random) }
    }
    return completed[best(completed)].isRight
  }

  mutating func verifierTreeSearch(_ count: Int, width: Int) -> Bool {
    var candidates: [SimulatedPath] = []
    for _ in 0..<(count / width) {
      var level = (0..<width).map { _ in model.start(problem: problem, using: &random) }
      while true {
        let kept = level[best(level)]
        if kept.isOver { break }
        level = Array(repeating: kept, count: width)
        for index in level.indices { model.advance(&level[index], problem: problem, using: &random) }
      }
      candidates += level
    }
    return candidates[best(candidates)].isRight
  }

  private func score(_ path: SimulatedPath) -> Double { path.score(aggregation) ?? .nan }

  /// The index of the highest score, ties broken at random.
  private mutating func best(_ paths: [SimulatedPath]) -> Int {
    var best = 0
    var ties = 1
    for index in paths.indices.dropFirst() {
      let difference = score(paths[index]) - score(paths[best])
      if difference > 0 {
        best = index
        ties = 1
      } else if difference == 0 {
        ties += 1
        if random.below(ties) == 0 { best = index }
      }
    }
    return best
  }

  /// Best first, ties in random order.
  private mutating func ranked(_ paths: [SimulatedPath]) -> [SimulatedPath] {
    let keyed = paths.map { (score: score($0), tie: random.uniform(), path: $0) }
    return keyed.sorted { $0.score == $1.score ? $0.tie < $1.tie : $0.score > $1.score }.map(\.path)
  }

  private mutating func systematicResample(_ particles: [SimulatedPath]) -> [SimulatedPath] {
    let odds = particles.map { particle in
      let clipped = min(max(score(particle), 1e-7), 1 - 1e-7)
      return clipped / (1 - clipped)
    }
    let spacing = odds.reduce(0, +) / Double(particles.count)
    var pointer = random.uniform() * spacing
    var cumulative = 0.0
    var drawn: [SimulatedPath] = []
    for (index, particle) in particles.enumerated() {
      cumulative += odds[index]
      while pointer < cumulative, drawn.count < particles.count {
        drawn.append(particle)
        pointer += spacing
      }
    }
    while drawn.count < particles.count { drawn.append(particles[particles.count - 1]) }
    return drawn
  }
}
