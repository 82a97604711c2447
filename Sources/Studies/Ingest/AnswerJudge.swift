import AnswerGrading
import Traces

/// Grades the answers of rollouts: extraction, class, verdict. Pure, so that records can be graded on several threads.
struct AnswerJudge: Sendable {
  private let extractor = AnswerExtractor()
  private let grader = Grader()

  /// What a rollout's answer comes to for each rollout of a record; `nil` where there is none.
  ///
  /// Equal answers are graded once a record: among many rollouts of a problem most are.
  func judge(_ record: TraceRecord) -> [GradedAnswer?] {
    guard let gold = record.problem.answer else { return record.rollouts.map { _ in nil } }
    let prepared = grader.prepare(gold: gold)
    var known: [String: GradedAnswer] = [:]
    return record.rollouts.map { rollout in
      guard let text = answer(of: rollout) else { return nil }
      if let graded = known[text] { return graded }
      let graded = grade(text, against: prepared)
      known[text] = graded
      return graded
    }
  }

  private func answer(of rollout: RolloutRecord) -> String? {
    guard rollout.finish != .open else { return nil }
    return rollout.answer ?? extractor.extract(from: rollout.text)
  }
}
