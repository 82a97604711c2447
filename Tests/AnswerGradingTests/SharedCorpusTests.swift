import Testing

@testable import AnswerGrading

/// Laws of equality and the labelled pairs of the shared cases.
@Suite(.disabled(if: SharedCases.areAbsent))
struct SharedCorpusTests {
  private let grader = Grader()

  private func answers() throws -> [String] {
    var all = Set(try SharedCases.rows("golds.jsonl").compactMap(\.answer))
    for row in try SharedCases.rows("grading.jsonl") where row.mode == "answer" {
      all.formUnion([row.goldText, row.answerText])
    }
    return all.sorted()
  }

  @Test func bareAnswersAreGradedAsLabelled() throws {
    var wrong: [String] = []
    var falsePositives = 0
    let rows = try SharedCases.rows("grading.jsonl").filter { $0.mode == "answer" }
    for row in rows {
      let equal = grader.areEqual(gold: row.goldText, answer: row.answerText)
      if equal == row.expected { continue }
      wrong.append("\(row.goldText) | \(row.answerText)")
      if equal { falsePositives += 1 }
    }
    #expect(wrong.count * 200 <= rows.count, "\(wrong)")
    #expect(falsePositives * 500 <= rows.count)
  }

  @Test func equalityIsReflexiveAndSymmetric() throws {
    let rows = try SharedCases.rows("grading.jsonl").filter { $0.mode == "answer" }
    for answer in try answers() { #expect(grader.areEqual(gold: answer, answer: answer) || answer.isBlank) }
    for row in rows where !row.goldText.contains("%") && !row.answerText.contains("%") {
      let forward = grader.areEqual(gold: row.goldText, answer: row.answerText)
      #expect(
        forward == grader.areEqual(gold: row.answerText, answer: row.goldText), "\(row.goldText) | \(row.answerText)")
    }
  }

  @Test func classesAreStableUnderRewriting() throws {
    for answer in try answers() where !answer.isBlank && Rewriting.isBalanced(answer) {
      let form = grader.canonicalForm(answer)
      for rewritten in Rewriting.all(answer) {
        #expect(grader.canonicalForm(rewritten) == form, "\(answer) | \(rewritten)")
      }
    }
  }

  @Test func canonicalPrintParsesToTheSameClass() throws {
    for answer in try answers() {
      let form = grader.canonicalForm(answer)
      let printed = form.printed
      #expect(grader.canonicalForm(printed) == form, "\(answer) | \(printed)")
    }
  }

  @Test func goldsDifferFromThemselvesWithADigitChanged() throws {
    var changed = 0
    var equal: [String] = []
    for gold in try SharedCases.rows("golds.jsonl").compactMap(\.answer) {
      for other in Rewriting.digitChanges(gold) {
        changed += 1
        if grader.areEqual(gold: gold, answer: other) { equal.append("\(gold) | \(other)") }
      }
    }
    #expect(equal.count * 1_000 <= changed, "\(equal)")
  }

  @Test func hostileInputsGetTheirVerdict() throws {
    for row in try SharedCases.rows("hostile.jsonl") where row.mode == "answer" {
      let verdict = grader.equals(gold: row.goldText, answer: row.answerText)
      if let expected = row.expected { #expect(verdict.equal == expected, "\(row.name ?? "")") }
    }
  }

  @Test func hostileInputsFitASmallStack() throws {
    let rows = try SharedCases.rows("hostile.jsonl")
    SmallStack.run {
      for row in rows { _ = Grader().canonicalForm(row.answerText).printed }
    }
  }
}

extension String {
  var isBlank: Bool { Grader().canonicalForm(self).status == .fallback(.empty) }
}
