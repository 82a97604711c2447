import Traces

/// A method's results on one problem at one budget: one element a replicate in every array.
public struct BudgetOutcome: Sendable {
  /// The budget N.
  public let budget: Int
  /// Why there is no number at this budget; `nil` where there is one.
  public let absence: Absence?
  /// Whether the answer is right, 0 or 1. Refused runs are left out of all arrays.
  public internal(set) var right: [Double] = []
  /// The expected accuracy of a draw from the final weights, 0...1.
  public internal(set) var expected: [Double] = []
  /// The share of the final candidates that had no end, 0...1.
  public internal(set) var openShare: [Double] = []
  /// The verdicts of all answer rules of the filters; empty for methods that have only one.
  public internal(set) var rules: [AnswerRules] = []
  /// Draws begun at the prompt.
  public internal(set) var generations: [Double] = []
  /// Partial paths that a tree search drew continuations after; 0 for other methods.
  public internal(set) var expansions: [Double] = []
  /// Tokens of all drawn steps; NaN where the record has no token counts.
  public internal(set) var tokens: [Double] = []
  /// Judgements of the scorer: one for each drawn step.
  public internal(set) var scorerCalls: [Double] = []
  /// Tokens that the scorer read: the new step's on the step channel, the whole partial answer's on the prefix channel.
  public internal(set) var scorerTokens: [Double] = []
  /// Where the continuations of all runs came from, refused ones left out.
  public internal(set) var coverage = Coverage()
  /// Runs that were refused because a continuation was not recorded.
  public internal(set) var refused = 0

  init(budget: Int, absence: Absence? = nil) {
    self.budget = budget
    self.absence = absence
  }

  /// Runs that count.
  public var runs: Int { right.count }

  mutating func append(_ outcome: RunOutcome, tally: RunTally, hasTokens: Bool, hasRules: Bool) {
    guard !tally.isRefused else {
      refused += 1
      return
    }
    right.append(outcome.right)
    expected.append(outcome.expected)
    openShare.append(outcome.openShare)
    if hasRules { rules.append(outcome.rules) }
    generations.append(Double(tally.generations))
    expansions.append(Double(tally.expansions))
    tokens.append(hasTokens ? Double(tally.tokens) : .nan)
    scorerCalls.append(Double(tally.scorerCalls))
    scorerTokens.append(hasTokens ? Double(tally.scorerTokens) : .nan)
    coverage += tally.coverage
  }

  mutating func reserve(_ replicates: Int, hasRules: Bool) {
    right.reserveCapacity(replicates)
    expected.reserveCapacity(replicates)
    openShare.reserveCapacity(replicates)
    if hasRules { rules.reserveCapacity(replicates) }
    generations.reserveCapacity(replicates)
    expansions.reserveCapacity(replicates)
    tokens.reserveCapacity(replicates)
    scorerCalls.reserveCapacity(replicates)
    scorerTokens.reserveCapacity(replicates)
  }
}

/// Why a method has no number on a problem at a budget.
public enum Absence: Hashable, Sendable {
  /// Nothing of the problem is recorded.
  case nothingRecorded
  /// Something is recorded, and nothing of it has scores of the chosen scorer.
  case nothingScored
  /// The budget is below 1.
  case notPositive
  /// Fewer complete rollouts are recorded than the budget draws.
  case tooFewRollouts(recorded: Int)
  /// Fewer draws from the prompt are recorded than the budget starts.
  case tooFewStarts(recorded: Int)
  /// The budget is not a multiple of what the method divides it into.
  case notMultiple(of: Int, option: String)
  /// No greedy rollout is recorded.
  case noGreedyRollout
  /// Fewer recordings than the method combines, or some of them with too few rollouts.
  case tooFewRecordings(recorded: Int, needed: Int)
  /// Fewer scorers than the method combines.
  case tooFewScorers(recorded: Int)

  /// Whether the budget itself cannot work, whatever is recorded.
  public var isUsageError: Bool {
    switch self {
    case .notMultiple, .notPositive: true
    default: false
    }
  }

  /// Whether the problem has nothing that the method could read, whatever the budget.
  public var isOfProblem: Bool { self == .nothingRecorded || self == .nothingScored }

  /// The reason in words.
  public var explanation: String {
    switch self {
    case .nothingRecorded: "nothing of the problem is recorded"
    case .nothingScored: "no rollout of the problem is scored throughout"
    case .notPositive: "the budget is below 1"
    case .tooFewRollouts(recorded: 0):
      "no complete rollout was drawn from the prompt independently (paths of a search do not count)"
    case .tooFewRollouts(let recorded): "only \(recorded) complete rollouts are recorded"
    case .tooFewStarts(let recorded): "only \(recorded) draws from the prompt are recorded"
    case .notMultiple(let divisor, let option):
      "the budget is not a multiple of \(option) = \(divisor); choose such a budget or set \(option)"
    case .noGreedyRollout: "no greedy rollout (temperature 0) is recorded"
    case .tooFewScorers(let recorded): "\(recorded) scorers are recorded, 2 are needed"
    case .tooFewRecordings(let recorded, let needed): "\(recorded) recordings can be used, \(needed) are needed"
    }
  }
}
