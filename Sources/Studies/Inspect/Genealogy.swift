import Replay

/// One filter's or search's genealogy: who descended from whom, how many ancestors were alive at each step, and where the
/// last right particle died.
///
/// A particle is right where the recorded tree reaches a right answer at or below its node, or, once it has ended, where
/// it ended right. A continuation borrowed from elsewhere in the tree may still lead a particle that is not right to a
/// right answer. Final particles are those of a filter's last generation, and the candidates that a search chose among.
struct Genealogy: Sendable {
  /// One generation in numbers.
  struct Step: Hashable, Sendable {
    /// The step, counted from 1.
    var step: Int
    /// Particles without an end.
    var open: Int
    /// 1 / sum of squared weights; `nil` where the run did not weigh the generation.
    var effectiveSampleSize: Double?
    /// Particles of the generation before that have a copy here; `nil` at the first step.
    var parents: Int?
    /// Particles of the first generation that have a descendant here: ancestors alive.
    var ancestors: Int
    /// Particles that have a final descendant.
    var survivors: Int
    /// Right particles.
    var right: Int
    /// Their share of the weight; `nil` where the run did not weigh the generation.
    var rightWeight: Double?
    /// Whether the generation was resampled from the one before.
    var isResampled: Bool
  }

  /// How a right particle came to leave no right particle behind.
  enum Loss: String, Hashable, Sendable {
    /// Resampling made no copy of it; in a search, it was not continued.
    case notCopied
    /// Each copy drew a step after which no right answer is recorded.
    case drewWrongStep
  }

  /// What became of the right particles.
  enum Fate: Hashable, Sendable {
    /// No particle ever was right.
    case never
    /// These final particles are right.
    case survived([RunRecord.Place])
    /// The last right ones stood at a step, counted from 1.
    case died(step: Int, particles: [Int], losses: [Loss])
  }

  /// The generations in numbers.
  let steps: [Step]
  /// For each generation and particle the number of its final descendants.
  let descendants: [[Int]]
  /// What became of the right particles.
  let fate: Fate

  /// Follows a run.
  ///
  /// - Parameters:
  ///   - run: The run.
  ///   - sweep: The filter among several; `nil` for the last one.
  ///   - isRight: Whether a right answer is recorded at or below a node.
  ///   - isTerminal: Whether a node is an end.
  init(
    _ run: RunRecord, sweep: RunRecord.Sweep? = nil, isRight: (Int) -> Bool, isTerminal: (Int) -> Bool
  ) {
    let generations = sweep?.generations ?? run.generations
    let descendants = Self.descendants(generations)
    let founders = Self.founders(generations)
    let right = generations.map { $0.node.map { isRight(Int($0)) } }
    self.descendants = descendants
    steps = generations.indices.map { index in
      let generation = generations[index]
      let weights = zip(generation.weight, right[index])
      return Step(
        step: index + 1, open: generation.node.count { !isTerminal(Int($0)) },
        effectiveSampleSize: generation.effectiveSampleSize,
        parents: index == 0 ? nil : Set(generation.parent).count, ancestors: Set(founders[index]).count,
        survivors: descendants[index].count { $0 > 0 }, right: right[index].count { $0 },
        rightWeight: generation.weight.isEmpty ? nil : weights.reduce(0) { $0 + ($1.1 ? $1.0 : 0) },
        isResampled: generation.isResampled)
    }
    fate = Self.fate(generations, right) { index, particle in
      run.isSearch
        ? generations[index].finals[particle] > 0 && isTerminal(Int(generations[index].node[particle]))
        : index == generations.count - 1
    }
  }

  private static func descendants(_ generations: [RunRecord.Generation]) -> [[Int]] {
    var counts = generations.map { [Int](repeating: 0, count: $0.node.count) }
    guard let last = generations.indices.last else { return [] }
    for index in generations.indices where !generations[index].finals.isEmpty {
      counts[index] = generations[index].finals
    }
    if generations[last].finals.isEmpty { counts[last] = counts[last].map { _ in 1 } }
    for index in stride(from: last, to: 0, by: -1) {
      for (particle, parent) in generations[index].parent.enumerated() {
        counts[index - 1][Int(parent)] += counts[index][particle]
      }
    }
    return counts
  }

  /// For each generation and particle the particle of the first generation that it descends from.
  private static func founders(_ generations: [RunRecord.Generation]) -> [[Int]] {
    var founders: [[Int]] = []
    for generation in generations {
      let before = founders.last
      founders.append(
        generation.parent.indices.map { particle in
          before.map { $0[Int(generation.parent[particle])] } ?? particle
        })
    }
    return founders
  }

  private static func fate(
    _ generations: [RunRecord.Generation],
    _ right: [[Bool]],
    isFinal: (Int, Int) -> Bool
  ) -> Fate {
    let places = right.indices.flatMap { index in
      right[index].indices.filter { right[index][$0] }.map { RunRecord.Place(generation: index, particle: $0) }
    }
    let survivors = places.filter { isFinal($0.generation, $0.particle) }
    guard survivors.isEmpty else { return .survived(survivors) }
    guard let last = places.last?.generation else { return .never }
    let particles = places.filter { $0.generation == last }.map(\.particle)
    let copied = last + 1 < generations.count ? Set(generations[last + 1].parent) : []
    let losses = particles.map { copied.contains(Int32($0)) ? Loss.drewWrongStep : .notCopied }
    return .died(step: last + 1, particles: particles, losses: losses)
  }
}
