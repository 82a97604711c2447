import Testing

@testable import AnswerGrading

/// Numbers in bases.
struct BasePairTests {
  static let equal: [AnswerPair] = [
    AnswerPair(#"x_1x_2"#, #"x_2x_1"#),
    AnswerPair(#"1011_2"#, #"1011_{2}"#),
    AnswerPair(#"1011_2"#, #"1011_{\text{two}}"#),
    AnswerPair(#"1011_2"#, #"(1011)_2"#),
    AnswerPair(#"1011_2"#, #"1011_{(2)}"#),
    AnswerPair(#"12_{10}"#, #"12_{10}"#),
    AnswerPair(#"FF_{16}"#, #"\text{FF}_{16}"#),
  ]

  static let different: [AnswerPair] = [
    AnswerPair(#"1011_2"#, #"1011_3"#),
    AnswerPair(#"1011_2"#, #"1101_2"#),
  ]

  @Test(arguments: equal) func isEqual(_ pair: AnswerPair) {
    #expect(pair.isEqual)
  }

  @Test(arguments: different) func isDifferent(_ pair: AnswerPair) {
    #expect(!pair.isEqual)
  }
}
