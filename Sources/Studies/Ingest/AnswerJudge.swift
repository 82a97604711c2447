import AnswerGrading
import Traces

/// Grades the answers of rollouts: extraction, class, verdict. Pure, so that records can be graded on several threads.
struct AnswerJudge: Sendable {
  private let extractor = AnswerExtractor()
  private let grader = Grader()

  /// What the answer of each rollout of a record comes to.
  ///
  /// Equal answers are graded once a record: among many rollouts of a problem most are.
  func judge(_ record: TraceRecord) -> GradedAnswers {
    var answers = GradedAnswers(expecting: record.rollouts.count)
    let gold = record.problem.answer.map { PreparedGold($0, grader: grader) }
    for index in record.rollouts.indices {
      if let gold, let text = answer(of: record, index) {
        answers.add(text) { grade($0, against: gold) }
      } else {
        answers.addNone()
      }
    }
    return answers
  }

  /// Whether two gold answers are one, however they are written.
  func areEqual(_ one: String, _ other: String) -> Bool {
    grader.areEqual(gold: one, answer: other) || grader.areEqual(gold: other, answer: one)
  }

  private func answer(of record: TraceRecord, _ index: Int) -> String? {
    guard record.rollouts[index].finish != .open else { return nil }
    if let stated = record.rollouts[index].answer { return stated }
    return record.rollouts[index].content.withUTF8 { extractor.extract(from: $0.bindMemory(to: UInt8.self)) }
  }

  /// All right answers take the gold answer's class. A wrong answer of the same class (25 % where the gold answer is
  /// 0.25: a rule on pairs decides against it) has a class of its own.
  private func grade(_ text: String, against gold: PreparedGold) -> GradedAnswer {
    let verdict = gold.verdict(on: text)
    let isClash = !verdict.equal && verdict.answer.key == gold.form.key
    let key = verdict.equal ? gold.form.key : isClash ? "not " + verdict.answer.key : verdict.answer.key
    return GradedAnswer(
      text: text, classKey: key, isRight: verdict.equal, status: verdict.answer.isFallback ? .fallback : .parsed)
  }
}
