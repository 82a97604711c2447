import TraceStore

/// How a program that writes predictions chooses one answer among completions; the first in ties.
struct ChoiceRule: Hashable, Sendable {
  /// What a completion counts.
  enum Weight: Hashable, Sendable {
    case one
    case last
    case minimum
    case mean
  }

  /// What a completion counts.
  var weight: Weight
  /// Whether the class with the largest sum wins instead of the single completion.
  var isVote: Bool
  /// Whether completions without an answer take part, as a class of their own.
  var countsNoAnswer: Bool

  /// search-and-learn's scoring stage (search-and-learn at 6f81cac, `src/sal/utils/score.py` and `math.py`).
  static let naive = ChoiceRule(weight: .last, isVote: false, countsNoAnswer: true)
  static let weighted = ChoiceRule(weight: .last, isVote: true, countsNoAnswer: true)
  static let majority = ChoiceRule(weight: .one, isVote: true, countsNoAnswer: true)

  /// The rules of compute-optimal-tts' `result` by name (RyanLiu112/compute-optimal-tts,
  /// `src/reason/reranking/vote_utils.py`).
  static let ofResults: [String: ChoiceRule] = [
    "majority_vote": ChoiceRule(weight: .one, isVote: true, countsNoAnswer: false),
    "prm_min_max": ChoiceRule(weight: .minimum, isVote: false, countsNoAnswer: false),
    "prm_min_vote": ChoiceRule(weight: .minimum, isVote: true, countsNoAnswer: false),
    "prm_last_max": ChoiceRule(weight: .last, isVote: false, countsNoAnswer: false),
    "prm_last_vote": ChoiceRule(weight: .last, isVote: true, countsNoAnswer: false),
    "prm_avg_max": ChoiceRule(weight: .mean, isVote: false, countsNoAnswer: false),
    "prm_avg_vote": ChoiceRule(weight: .mean, isVote: true, countsNoAnswer: false),
  ]

  /// An outcome of a choice.
  enum Choice: Hashable, Sendable {
    /// The completion whose answer it is.
    case completion(SourceCompletion)
    /// No completion has an answer.
    case nothing
  }

  /// Chooses; `nil` where a completion has no scores and the rule reads them.
  func choose(among completions: [SourceCompletion]) -> Choice? {
    let candidates = countsNoAnswer ? completions : completions.filter { $0.answer != nil }
    guard !candidates.isEmpty else { return completions.isEmpty ? nil : .nothing }
    let weights = candidates.compactMap(weight(of:))
    guard weights.count == candidates.count else { return nil }
    guard isVote else { return Self.first(largest: weights).map { .completion(candidates[$0]) } }
    var sums: [String?: Double] = [:]
    for (candidate, weight) in zip(candidates, weights) { sums[candidate.classForm, default: 0] += weight }
    return Self.first(largest: candidates.map { sums[$0.classForm] ?? 0 }).map { .completion(candidates[$0]) }
  }

  private func weight(of completion: SourceCompletion) -> Double? {
    switch weight {
    case .one: 1
    case .last: completion.scores?.last ?? unscored
    case .minimum: completion.scores?.minimum ?? unscored
    case .mean: completion.scores?.mean ?? unscored
    }
  }

  /// compute-optimal-tts counts -1 for an empty list of scores.
  private var unscored: Double? { countsNoAnswer ? nil : -1 }

  private static func first(largest weights: [Double]) -> Int? {
    weights.max().flatMap { weights.firstIndex(of: $0) }
  }
}
