/// The other classes of a vote in which the right class has a given number of votes.
///
/// `table[s1, s2]` is the probability that the classes which could outvote it draw s1 and s2 rollouts from the strata,
/// none of them more than its votes, weighted by its share 1 / (1 + t) of the win when t of them tie with it.
struct Rivals {
  /// The summed sizes of the classes too small to matter.
  private(set) var harmless: SIMD2<Int> = .zero
  private let reach: SIMD2<Int>
  private var table: [Double]

  /// Runs the dynamic programme over the classes that have at least `votes` rollouts.
  init(votes: Int, draws: SIMD2<Int>, classes: [SIMD2<Int>], laws: [ClassLaw]) {
    let left = draws.wrappedSum() - votes
    reach = SIMD2(min(draws.x, left), min(draws.y, left))
    var dangerous: [ClassLaw] = []
    for (sizes, law) in zip(classes, laws) {
      if sizes.wrappedSum() < votes { harmless &+= sizes } else { dangerous.append(law) }
    }
    var states = TieStates(reach: reach, mostTies: min(dangerous.count, left / votes))
    for law in dangerous { states.absorb(law, votes: votes) }
    table = states.shared()
  }

  /// The weighted probability that rivals and bystanders together fill the remaining draws.
  func yielding(_ rest: SIMD2<Int>, with bystanders: ClassLaw) -> Double {
    var probability = 0.0
    for first in 0...min(rest.x, reach.x) {
      for second in 0...min(rest.y, reach.y) {
        probability +=
          table[first * (reach.y + 1) + second] * bystanders.probability(rest.x - first, rest.y - second)
      }
    }
    return probability
  }
}

/// Probabilities by draws from each stratum and number of ties, as one flat array with the ties innermost.
private struct TieStates {
  let reach: SIMD2<Int>
  let ties: Int
  var current: [Double]
  var next: [Double]

  init(reach: SIMD2<Int>, mostTies: Int) {
    self.reach = reach
    ties = mostTies + 1
    current = [Double](repeating: 0, count: (reach.x + 1) * (reach.y + 1) * ties)
    next = current
    current[0] = 1
  }

  /// Lets one more class draw up to `votes` rollouts; exactly `votes` is a tie.
  mutating func absorb(_ law: ClassLaw, votes: Int) {
    for index in next.indices { next[index] = 0 }
    for first in 0...min(votes, reach.x, law.first.count - 1) {
      for second in 0...min(votes - first, reach.y, law.second.count - 1) {
        let weight = law.probability(first, second)
        if weight > PluralityVote.negligible * 1e-10 {
          add(weight, first: first, second: second, ties: first + second == votes ? 1 : 0)
        }
      }
    }
    swap(&current, &next)
  }

  /// Adds the states shifted by a class's draws, a whole row at once.
  ///
  /// A tie beyond the last column would run into the next cell, but only from states that draw more than is left,
  /// and those are never read.
  private mutating func add(_ weight: Double, first: Int, second: Int, ties added: Int) {
    let width = reach.y + 1
    let span = (width - second) * ties - added
    guard span > 0 else { return }
    current.withUnsafeBufferPointer { source in
      next.withUnsafeMutableBufferPointer { target in
        for row in 0...(reach.x - first) {
          let from = row * width * ties
          let to = ((row + first) * width + second) * ties + added
          for offset in 0..<span { target[to + offset] += weight * source[from + offset] }
        }
      }
    }
  }

  /// The states with the right class's share of each number of ties.
  func shared() -> [Double] {
    var table = [Double](repeating: 0, count: (reach.x + 1) * (reach.y + 1))
    for index in table.indices {
      for tied in 0..<ties { table[index] += current[index * ties + tied] / Double(1 + tied) }
    }
    return table
  }
}
