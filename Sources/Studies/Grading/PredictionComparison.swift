import AnswerGrading
import TraceStore
import Traces

/// The predictions of one name that sources state, compared with ours.
///
/// search-and-learn's `pred_naive@n`, `pred_weighted@n` and `pred_maj@n` are the answers that its scoring stage chose
/// among the first n completions (search-and-learn at 6f81cac, `src/sal/utils/score.py`): the one with the best last
/// score, the class with the largest sum of last scores, the largest class; first in ties. The same choices are made
/// here over our classes. Other predictions are listed with their number only.
public struct PredictionComparison: Sendable, Encodable {
  /// A problem whose prediction differs from ours.
  public struct Difference: Sendable, Encodable {
    /// The problem.
    public var problem: String
    /// The recording.
    public var recording: String
    /// The source's prediction.
    public var source: String
    /// Ours; `nil` where none of the rollouts has an answer.
    public var ours: String?
  }

  /// The prediction's name.
  public var name: String
  /// Problems and recordings for which a source states one.
  public var stated: Int
  /// How many of them were compared.
  public var compared: Int
  /// How many are equal to ours.
  public var equal: Int
  /// The others.
  public var differences: [Difference]

  /// Compares all predictions of a store, by name.
  static func all(in store: TraceStore) throws -> [PredictionComparison] {
    let predictions = try store.sourcePredictions()
    var byName: [ExactText: PredictionComparison] = [:]
    var start = 0
    while start < predictions.count {
      let problem = predictions[start].problem
      let end = predictions[start...].firstIndex { !$0.problem.isSameText(as: problem) } ?? predictions.count
      let rollouts = try store.rollouts(of: store.problem(key: problem))
      for prediction in predictions[start..<end] {
        byName[
          ExactText(prediction.name),
          default: PredictionComparison(name: prediction.name, stated: 0, compared: 0, equal: 0, differences: [])
        ].add(prediction, rollouts.filter { $0.recording.isSameText(as: prediction.recording) })
      }
      start = end
    }
    return byName.values.sorted { ($0.kind, $0.budget, $0.name) < ($1.kind, $1.budget, $1.name) }
  }

  private var kind: String { String(name.prefix { $0 != "@" }) }
  private var budget: Int { Int(name.drop { $0 != "@" }.dropFirst()) ?? 0 }

  private mutating func add(_ prediction: SourcePrediction, _ rollouts: [StoredRollout]) {
    stated += 1
    guard let rule = PredictionRule(rawValue: kind), budget > 0,
      let choice = rule.choose(among: rollouts.filter { $0.record.finish != .open }, first: budget)
    else { return }
    compared += 1
    let source = AnswerExtractor().extract(from: prediction.value) ?? prediction.value
    if let ours = choice.answer, Grader().areEqual(gold: source, answer: ours) {
      equal += 1
    } else if choice.answer == nil, source.isEmpty || source == "\\boxed{}" {
      equal += 1
    } else {
      differences.append(
        Difference(
          problem: prediction.problem, recording: prediction.recording, source: prediction.value, ours: choice.answer))
    }
  }
}

/// A choice among the first completions by the rules of search-and-learn's scoring stage.
enum PredictionRule: String {
  case naive = "pred_naive"
  case weighted = "pred_weighted"
  case majority = "pred_maj"

  /// An answer that was chosen.
  struct Choice {
    var answer: String?
  }

  /// The choice; `nil` where there are fewer rollouts, or no scores for a rule that needs them.
  func choose(among rollouts: [StoredRollout], first count: Int) -> Choice? {
    guard rollouts.count >= count else { return nil }
    let candidates = Array(rollouts.prefix(count))
    switch self {
    case .majority: return heaviest(candidates, weights: candidates.map { _ in 1 })
    case .weighted: return lastScores(of: candidates).flatMap { heaviest(candidates, weights: $0) }
    case .naive:
      guard let scores = lastScores(of: candidates), let best = scores.max(),
        let index = scores.firstIndex(of: best)
      else { return nil }
      return Choice(answer: candidates[index].answer)
    }
  }

  /// The last step score of each rollout, by the only scorer with a step channel that has seen all of them.
  private func lastScores(of rollouts: [StoredRollout]) -> [Double]? {
    guard let columns = rollouts.first?.columns else { return nil }
    let complete = columns.indices.filter { column in
      columns[column].channel == .step && rollouts.allSatisfy { !$0.record.scores[column].isEmpty }
    }
    guard complete.count == 1 else { return nil }
    return rollouts.compactMap { $0.record.scores[complete[0]].last }
  }

  /// The class with the largest weight, the first to appear among equals; rollouts without an answer are a class.
  private func heaviest(_ rollouts: [StoredRollout], weights: [Double]) -> Choice? {
    var sums: [String?: Double] = [:]
    for (rollout, weight) in zip(rollouts, weights) { sums[rollout.classForm, default: 0] += weight }
    guard let most = sums.values.max(), let winner = rollouts.first(where: { sums[$0.classForm] == most }) else {
      return nil
    }
    return Choice(answer: winner.answer)
  }
}
