import Testing

@testable import AnswerGrading

/// Which rule decides, and the two rules that look at which side is the gold answer.
struct VerdictTests {
  private let grader = Grader()

  private func rule(_ gold: String, _ answer: String) -> Verdict.Rule { grader.equals(gold: gold, answer: answer).rule }

  @Test func rulesAreNamed() {
    #expect(rule("5", "5") == .sameClass)
    #expect(rule("5", "6") == .different)
    #expect(rule("25\\%", "25") == .percentSignOmitted)
    #expect(rule("\\frac13", "0.333333333") == .roundedDecimal)
    #expect(rule("(1,2)", "1,2") == .bareTuple)
    #expect(rule("\\text{4:30 p.m.}", "4:30") == .clockTime)
    #expect(rule("7", "7 m") == .unitOmitted)
    #expect(rule("x=5", "y=5") == .contradiction)
    #expect(rule("5\\text{ cm}", "5\\text{ kg}") == .contradiction)
    #expect(rule("a+b=c", "a+b") == .contradiction)
  }

  @Test func percentRuleIsDirectional() {
    #expect(grader.areEqual(gold: "25\\%", answer: "25"))
    #expect(!grader.areEqual(gold: "25", answer: "25\\%"))
    #expect(grader.areEqual(gold: "0.25", answer: "25\\%"))
    #expect(!grader.areEqual(gold: "0.25", answer: "25"))
  }

  @Test(arguments: [("0.666667", true), ("0.66666667", true), ("0.66667", false), ("0.666666", false), ("0.7", false)])
  func decimalsOfSixDigitsRound(_ decimal: String, _ equal: Bool) {
    #expect(grader.areEqual(gold: "\\frac{2}{3}", answer: decimal) == equal)
    #expect(grader.areEqual(gold: decimal, answer: "\\frac{2}{3}") == equal)
  }

  @Test func exactFormsHaveNoTolerance() {
    #expect(!grader.areEqual(gold: "2^{-99}", answer: "2^{-98}"))
    #expect(!grader.areEqual(gold: "\\frac{1}{2004!}", answer: "\\frac{1}{2006!}"))
    #expect(!grader.areEqual(gold: "\\sqrt{2}", answer: "\\sqrt{2}+10^{-60}"))
    #expect(!grader.areEqual(gold: "3^{5000}", answer: "3^{5000}+1"))
    #expect(!grader.areEqual(gold: "\\pi", answer: "\\frac{355}{113}"))
  }

  @Test func emptyAnswersEqualOnlyEachOther() {
    for gold in ["5", "x", "\\text{yes}"] {
      for answer in ["", "   ", "\\boxed{}", "$$", "."] { #expect(!grader.areEqual(gold: gold, answer: answer)) }
    }
  }

  @Test func preparedGoldAgreesWithTheGrader() {
    for pair in NumberPairTests.equal + NumberPairTests.different {
      let prepared = PreparedGold(pair.gold)
      #expect(prepared.verdict(on: pair.answer).equal == pair.isEqual)
      #expect(prepared.verdict(on: grader.canonicalForm(pair.answer)).equal == pair.isEqual)
    }
  }
}
