import Testing

@testable import AnswerGrading

/// A gold answer and an answer to grade.
struct AnswerPair: CustomTestStringConvertible, Sendable {
  let gold: String
  let answer: String

  init(_ gold: String, _ answer: String) {
    self.gold = gold
    self.answer = answer
  }

  var isEqual: Bool { Grader().areEqual(gold: gold, answer: answer) }

  var testDescription: String { "\(gold) | \(answer)" }
}
