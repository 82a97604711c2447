/// The exact law of a plurality vote among rollouts drawn without replacement from two strata.
///
/// With independent binomial class counts, conditioning on their sum gives the hypergeometric law of a random subset,
/// whatever the success probability. So the probability that the right class wins is
///
///     sum over a of P(right = a) P(others: none above a, t at a; all sum to n) / (1 + t)  /  P(all sum to n),
///
/// a dynamic programme over the other classes whose terms are probabilities: they are positive, never cancel, and are
/// of ordinary size at any K. Classes smaller than a cannot matter and join the silent rollouts. A single stratum is
/// the majority vote; two are what the k shortest rollouts need when lengths tie.
struct PluralityVote {
  /// Sizes or draws in the first and the second stratum.
  typealias Pair = SIMD2<Int>

  /// Rollouts of the right class.
  var right: Pair
  /// Rollouts of each other class.
  var wrong: [Pair]
  /// Rollouts without a vote.
  var silent: Pair

  /// Creates a vote; classes without rollouts are dropped.
  init(right: Pair, wrong: [Pair], silent: Pair) {
    self.right = right
    self.wrong = wrong.filter { $0.wrappedSum() > 0 }
    self.silent = silent
  }

  /// The probability that the right class wins when so many of each stratum are drawn, ties shared equally.
  func rightWins(drawing draws: Pair) -> Double {
    let most = min(right.wrappedSum(), draws.wrappedSum())
    guard most > 0 else { return 0 }
    let total = wrong.reduce(right &+ silent, &+)
    let law = StratifiedLaw(total: total, draws: draws)
    let rightLaw = law.probabilities(of: right)
    let wrongLaws = wrong.map { law.probabilities(of: $0) }
    let everything = law.probabilities(of: total)
    let condition = everything.first[draws.x] * everything.second[draws.y]
    var probability = 0.0
    for votes in 1...most {
      if isNegligible(votes, rightLaw: rightLaw, wrongLaws: wrongLaws, condition: condition) { continue }
      let rivals = Rivals(votes: votes, draws: draws, classes: wrong, laws: wrongLaws)
      let bystanders = law.probabilities(of: silent &+ rivals.harmless)
      for first in max(0, votes - draws.y)...min(votes, draws.x) {
        let share = rightLaw.probability(first, votes - first)
        guard share > 0 else { continue }
        let rest = draws &- Pair(first, votes - first)
        probability += share * rivals.yielding(rest, with: bystanders)
      }
    }
    return min(probability / condition, 1)
  }

  /// Terms below this share of the result's scale are left out: all of them together stay below rounding.
  static let negligible = 1e-20

  /// Whether so many votes for the right class can hardly occur, or can hardly win against the strongest rival.
  private func isNegligible(_ votes: Int, rightLaw: ClassLaw, wrongLaws: [ClassLaw], condition: Double) -> Bool {
    var bound = rightLaw.mass(exactly: votes) / condition
    for law in wrongLaws where bound >= Self.negligible { bound *= law.mass(upTo: votes) }
    return bound < Self.negligible
  }
}

/// Independent binomial laws of the two strata, with the success probabilities that centre them on the draws.
struct StratifiedLaw {
  var total: SIMD2<Int>
  var draws: SIMD2<Int>

  /// The laws of how many of a class are drawn from each stratum.
  func probabilities(of sizes: SIMD2<Int>) -> ClassLaw {
    ClassLaw(
      first: BinomialLaw.probabilities(trials: sizes.x, success: share(total.x, draws.x), upTo: draws.x),
      second: BinomialLaw.probabilities(trials: sizes.y, success: share(total.y, draws.y), upTo: draws.y))
  }

  private func share(_ total: Int, _ draws: Int) -> Double {
    total == 0 ? 0 : Double(draws) / Double(total)
  }
}

/// How many rollouts of one class are drawn from each stratum.
struct ClassLaw {
  var first: [Double]
  var second: [Double]

  /// The probability of a pair of counts; 0 where a count is impossible.
  func probability(_ firstCount: Int, _ secondCount: Int) -> Double {
    guard firstCount < first.count, secondCount < second.count else { return 0 }
    return first[firstCount] * second[secondCount]
  }

  /// The probability of a sum of both counts.
  func mass(exactly sum: Int) -> Double {
    (0...sum).reduce(0) { $0 + probability($1, sum - $1) }
  }

  /// The probability that the sum of both counts is at most a bound.
  func mass(upTo bound: Int) -> Double {
    var below = 0.0
    for firstCount in 0...min(bound, first.count - 1) {
      let most = min(bound - firstCount, second.count - 1)
      below += first[firstCount] * second[...most].reduce(0, +)
    }
    return below
  }
}
