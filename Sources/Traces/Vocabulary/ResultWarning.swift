/// A reason to doubt a result; shown alike in the terminal, in captions and in JSON.
public enum ResultWarning: String, Hashable, Sendable, CaseIterable, Codable, Comparable {
  /// A large share of the continuations was borrowed or shared instead of recorded.
  case lowCoverage
  /// Too few problems for the interval to be trusted.
  case fewProblems
  /// One replicate of a stochastic method: its own noise is not averaged.
  case singleReplicate
  /// A noticeable share of the rollouts has no answer that could be read.
  case unparsedAnswers
  /// Runs were refused because a continuation was not recorded (policy `strict`).
  case refusedRuns
  /// Some problems have fewer rollouts than the budget and were left out of this point.
  case missingProblems
  /// The budget uses up much of the record, so that replay is known to be biased.
  case exhaustedRecord
  /// Token counts of steps were apportioned from the rollout's total by length of text.
  case apportionedTokens
  /// Recorded online runs of the same method came out differently, by more than chance.
  case biasedReplay
  /// A model fitted to the record predicts that this replay is off, by more than chance.
  case predictedBias
  /// The replay is far from what the model fitted to the record reaches online: the model is not the generator, and its
  /// prediction says little.
  case modelMisfit
  /// Borrowing by score alone gives another number than the hidden states: the scores hide something.
  case policiesDisagree
  /// Rollouts that the scorer has not seen throughout were left out.
  case unscoredRollouts

  /// Declaration order.
  public static func < (left: ResultWarning, right: ResultWarning) -> Bool {
    left.rank < right.rank
  }

  private var rank: Int { Self.allCases.firstIndex(of: self) ?? 0 }

  /// The warning in words, for captions and the terminal.
  public var explanation: String {
    switch self {
    case .lowCoverage: "many continuations were borrowed, not recorded"
    case .fewProblems: "few problems: the interval itself is uncertain"
    case .singleReplicate: "a single replicate: the method's own noise is in the number"
    case .unparsedAnswers: "many rollouts without a readable answer"
    case .refusedRuns: "runs without a recorded continuation were left out"
    case .missingProblems: "problems with too few rollouts were left out"
    case .exhaustedRecord: "the budget uses up much of the record"
    case .apportionedTokens: "tokens of single steps are apportioned from totals"
    case .biasedReplay: "recorded online runs came out differently"
    case .predictedBias: "the record is too small for the method: a fitted model predicts a bias"
    case .modelMisfit: "the model fitted to the record is not its generator: what it predicts says little"
    case .policiesDisagree: "continuations borrowed by score alone give another accuracy"
    case .unscoredRollouts: "rollouts that the scorer has not seen were left out"
    }
  }
}
