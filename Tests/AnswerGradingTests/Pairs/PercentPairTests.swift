import Testing

@testable import AnswerGrading

/// Percentages.
struct PercentPairTests {
  static let equal: [AnswerPair] = [
    AnswerPair(#"0.25"#, #"25\%"#),
    AnswerPair(#"40\%"#, #"40%"#),
    AnswerPair(#"40\%"#, #"0.4"#),
    AnswerPair(#"40\%"#, #"40"#),
    AnswerPair(#"40\%"#, #"\frac{2}{5}"#),
    AnswerPair(#"40\%"#, #"40 percent"#),
    AnswerPair(#"40\%"#, #"40\text{ percent}"#),
    AnswerPair(#"40\%"#, #"40\,\%"#),
    AnswerPair(#"12.5\%"#, #"\frac18"#),
    AnswerPair(#"150\%"#, #"1.5"#),
    AnswerPair(#"66\frac{2}{3}\%"#, #"\frac{200}{3}\%"#),
    AnswerPair(#"66\frac{2}{3}\%"#, #"\frac{2}{3}"#),
    AnswerPair(#"\frac{3}{5}"#, #"60\%"#),
    AnswerPair(#"7.5\%"#, #"0.075"#),
  ]

  static let different: [AnswerPair] = [
    AnswerPair(#"40\%"#, #"4\%"#),
    AnswerPair(#"40\%"#, #"0.4\%"#),
    AnswerPair(#"40\%"#, #"4"#),
    AnswerPair(#"40"#, #"40\%"#),
    AnswerPair(#"7.5\%"#, #"75\%"#),
  ]

  @Test(arguments: equal) func isEqual(_ pair: AnswerPair) {
    #expect(pair.isEqual)
  }

  @Test(arguments: different) func isDifferent(_ pair: AnswerPair) {
    #expect(!pair.isEqual)
  }
}
