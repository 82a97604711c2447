import AnswerGrading
import Estimation
import TraceStore

/// Compares what a source predicts of a problem with what the same rule makes of our answers.
struct PredictionJudge {
  private let extractor = AnswerExtractor()
  private let grader = Grader()

  /// What became of one prediction.
  enum Outcome: Hashable {
    case equal
    case different(rollout: Int?, ours: String?)
    /// The rollouts or scores that the prediction is about are not recorded.
    case notCompared
  }

  /// Compares a prediction.
  ///
  /// - Parameters:
  ///   - prediction: What the source states.
  ///   - completions: The rollouts that the source's own are among, in recorded order.
  func outcome(
    of prediction: SourcePrediction,
    _ target: PredictionTarget,
    _ completions: [SourceCompletion]
  ) -> Outcome {
    switch target {
    case .rollout(let position):
      guard completions.indices.contains(position) else { return .notCompared }
      return compare(prediction, with: completions[position], rollout: completions[position].index)
    case .choice(let rule, let count):
      guard completions.count >= count ?? 1 else { return .notCompared }
      switch rule.choose(among: Array(completions.prefix(count ?? completions.count))) {
      case .completion(let chosen): return compare(prediction, with: chosen, rollout: nil)
      case .nothing, nil: return .notCompared
      }
    case .verdict(let rule):
      guard let verdict = Self.verdict(prediction.value), let choice = rule.choose(among: completions) else {
        return .notCompared
      }
      guard case .completion(let chosen) = choice else {
        return verdict ? .different(rollout: nil, ours: nil) : .equal
      }
      return chosen.isRight == verdict ? .equal : .different(rollout: nil, ours: chosen.answer)
    }
  }

  private func compare(_ prediction: SourcePrediction, with completion: SourceCompletion, rollout: Int?) -> Outcome {
    isEqual(prediction, to: completion) ? .equal : .different(rollout: rollout, ours: completion.answer)
  }

  /// Whether a prediction, a bare answer or a text that ends in one, names the class of our answer.
  private func isEqual(_ prediction: SourcePrediction, to completion: SourceCompletion) -> Bool {
    let extracted = Self.noAnswers.contains(prediction.value) ? nil : extractor.extract(from: prediction.value)
    guard let answer = completion.answer else { return extracted == nil }
    guard !Self.noAnswers.contains(prediction.value) else { return false }
    return ([extracted, prediction.value] as [String?]).contains { stated in
      guard let stated else { return false }
      if grader.areEqual(gold: stated, answer: answer) { return true }
      // All right answers are one class, whatever their form.
      guard completion.isRight, let gold = prediction.gold else { return false }
      return grader.areEqual(gold: gold, answer: stated)
    }
  }

  /// What stands for no answer: nothing, an empty box, and what lm-evaluation-harness and compute-optimal-tts write.
  private static let noAnswers: Set<String> = ["", "\\boxed{}", "[invalid]"]

  private static func verdict(_ value: String) -> Bool? {
    switch value {
    case "1", "1.0", "true": true
    case "0", "0.0", "false": false
    default: nil
    }
  }
}

extension PredictionComparison {
  /// Counts a prediction and what became of it.
  mutating func add(_ prediction: SourcePrediction, _ outcome: PredictionJudge.Outcome) {
    stated += 1
    switch outcome {
    case .notCompared: return
    case .equal: equal += 1
    case .different(let rollout, let ours):
      differences.append(
        Difference(
          problem: prediction.problem, recording: prediction.recording, rollout: rollout, source: prediction.value,
          ours: ours))
    }
    compared += 1
  }
}
