import Testing

@testable import AnswerGrading

/// Canonical forms in writing.
struct CanonicalPrintTests {
  private static let examples: [(String, String)] = [
    ("\\frac{6}{8}", "\\frac{3}{4}"), ("2^{10}", "1024"), ("0.\\overline{3}", "\\frac{1}{3}"),
    ("\\sqrt{72}", "6\\sqrt{2}"), ("\\frac{1}{\\sqrt{2}}", "\\frac{\\sqrt{2}}{2}"),
    ("\\sin 60^\\circ", "\\frac{\\sqrt{3}}{2}"),
    ("\\frac{6\\pi}{4}", "\\frac{3\\pi}{2}"), ("(1+i)^2", "2 i"), ("3\\ln 2", "\\ln\\left(8\\right)"),
    ("(x+1)^2", "{x}^{2} + 2 x + 1"), ("3,1,2", "1, 2, 3"), ("\\{2,1,2\\}", "\\{1, 2\\}"), ("25\\%", "\\frac{1}{4}"),
    ("(2, 4/2)", "(2, 2)"), ("\\text{even}", "\\text{even}"),
  ]

  @Test(arguments: examples) func isWrittenOut(_ answer: String, _ expected: String) {
    #expect(Grader().canonicalForm(answer).printed == expected)
  }

  @Test(arguments: AnswerPair.all) func parsesToTheSameClass(_ pair: AnswerPair) {
    for answer in [pair.gold, pair.answer] {
      let form = Grader().canonicalForm(answer)
      #expect(Grader().canonicalForm(form.printed) == form, "\(answer) | \(form.printed)")
    }
  }

  @Test(arguments: AnswerPair.all) func classesAreStableUnderRewriting(_ pair: AnswerPair) {
    for answer in [pair.gold, pair.answer] where Rewriting.isBalanced(answer) && !answer.isBlank {
      let form = Grader().canonicalForm(answer)
      for rewritten in Rewriting.all(answer) {
        #expect(Grader().canonicalForm(rewritten) == form, "\(answer) | \(rewritten)")
      }
    }
  }
}

extension AnswerPair {
  /// The equal pairs of all kinds.
  static var all: [AnswerPair] {
    NumberPairTests.equal + RadicalPairTests.equal + FunctionPairTests.equal + ComplexPairTests.equal
      + ExpressionPairTests.equal + EquationPairTests.equal + RegionPairTests.equal + CollectionPairTests.equal
      + MatrixPairTests.equal + DoubleSignPairTests.equal + BasePairTests.equal + UnitPairTests.equal
      + PercentPairTests.equal + WordPairTests.equal + TimePairTests.equal
  }
}
