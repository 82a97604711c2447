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
    if case .window = aggregation { throw .aggregationNotFollowed(aggregation.name) }
    let generator = SimulatedGenerator(model: model, problem: problem, aggregation: aggregation)
    return try run(generator, budget: budget, using: &random)
  }

  /// Whether one run's answer is right, with any generator.
  ///
  /// - Throws: `SimulationError` for a budget that the width does not divide.
  public func run<Generator: OnlineGenerator>(
    _ generator: Generator,
    budget: Int,
    using random: inout RandomStream
  ) throws(SimulationError) -> Bool {
    let unit = self == .pf ? 1 : Self.width
    guard budget > 0, budget.isMultiple(of: unit) else { throw .budgetNotAMultiple(budget: budget, width: unit) }
    var run = OnlineRun(generator: generator, random: random)
    let right =
      switch self {
      case .pf: run.particleFilter(budget)
      case .beam: run.beamSearch(budget, width: Self.width)
      case .dvts: run.verifierTreeSearch(budget, width: Self.width)
      }
    random = run.random
    return right
  }
}

/// What an online run asks of a generator with its reward model.
public protocol OnlineGenerator: Sendable {
  /// A partial answer.
  associatedtype Path: Sendable
  /// The first step of a path.
  func start(using random: inout RandomStream) -> Path
  /// One more step of a path that is not complete.
  func advance(_ path: inout Path, using random: inout RandomStream)
  /// Whether a path is complete.
  func isOver(_ path: Path) -> Bool
  /// Whether a complete path's answer is right.
  func isRight(_ path: Path) -> Bool
  /// The aggregated score, 0...1.
  func score(_ path: Path) -> Double
}

/// A simulated model at work on one problem.
struct SimulatedGenerator: OnlineGenerator {
  let model: SimulatedModel
  let problem: Int
  let aggregation: Aggregation

  func start(using random: inout RandomStream) -> SimulatedPath { model.start(problem: problem, using: &random) }

  func advance(_ path: inout SimulatedPath, using random: inout RandomStream) {
    model.advance(&path, problem: problem, using: &random)
  }

  func isOver(_ path: SimulatedPath) -> Bool { path.isOver }

  func isRight(_ path: SimulatedPath) -> Bool { path.isRight }

  func score(_ path: SimulatedPath) -> Double { path.score(aggregation) ?? .nan }
}

/// One online run.
struct OnlineRun<Generator: OnlineGenerator> {
  typealias Path = Generator.Path
  let generator: Generator
  var random: RandomStream

  mutating func particleFilter(_ count: Int) -> Bool {
    var particles = (0..<count).map { _ in generator.start(using: &random) }
    while particles.contains(where: { !generator.isOver($0) }) {
      particles = systematicResample(particles)
      for index in particles.indices where !generator.isOver(particles[index]) {
        generator.advance(&particles[index], using: &random)
      }
    }
    return generator.isRight(particles[best(particles)])
  }

  mutating func beamSearch(_ count: Int, width: Int) -> Bool {
    var pool = (0..<count).map { _ in generator.start(using: &random) }
    var completed: [Path] = []
    while true {
      completed += pool.filter { generator.isOver($0) }
      let active = ranked(pool.filter { !generator.isOver($0) })
      if active.isEmpty || completed.count >= count { break }
      let kept = active.prefix(count / width)
      pool = (0..<count).map { kept[$0 % kept.count] }
      for index in pool.indices { generator.advance(&pool[index], using: &random) }
    }
    return generator.isRight(completed[best(completed)])
  }

  mutating func verifierTreeSearch(_ count: Int, width: Int) -> Bool {
    var candidates: [Path] = []
    for _ in 0..<(count / width) {
      var level = (0..<width).map { _ in generator.start(using: &random) }
      while true {
        let kept = level[best(level)]
        if generator.isOver(kept) { break }
        level = Array(repeating: kept, count: width)
        for index in level.indices { generator.advance(&level[index], using: &random) }
      }
      candidates += level
    }
    return generator.isRight(candidates[best(candidates)])
  }

  private func score(_ path: Path) -> Double { generator.score(path) }

  /// The index of the highest score, ties broken at random.
  private mutating func best(_ paths: [Path]) -> Int {
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
  private mutating func ranked(_ paths: [Path]) -> [Path] {
    let keyed = paths.map { (score: score($0), tie: random.uniform(), path: $0) }
    return keyed.sorted { $0.score == $1.score ? $0.tie < $1.tie : $0.score > $1.score }.map(\.path)
  }

  private mutating func systematicResample(_ particles: [Path]) -> [Path] {
    let odds = particles.map { particle in
      let clipped = min(max(score(particle), 1e-7), 1 - 1e-7)
      return clipped / (1 - clipped)
    }
    let spacing = odds.reduce(0, +) / Double(particles.count)
    var pointer = random.uniform() * spacing
    var cumulative = 0.0
    var drawn: [Path] = []
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
