import Testing

@testable import AnswerGrading

/// Plus-minus signs.
struct DoubleSignPairTests {
  static let equal: [AnswerPair] = [
    AnswerPair(#"\pm 3"#, #"3,-3"#),
    AnswerPair(#"\pm 3"#, #"x=\pm3"#),
    AnswerPair(#"\pm 3"#, #"3\text{ and }-3"#),
    AnswerPair(#"\pm 3"#, #"\{3,-3\}"#),
    AnswerPair(#"\pm 3"#, #"+3,-3"#),
    AnswerPair(#"2\pm\sqrt{5}"#, #"2+\sqrt5,2-\sqrt5"#),
    AnswerPair(#"\frac{1\pm\sqrt5}{2}"#, #"\frac{1+\sqrt5}{2},\frac{1-\sqrt5}{2}"#),
    AnswerPair(#"1\mp\sqrt2"#, #"1\pm\sqrt2"#),
    AnswerPair(#"\pm i"#, #"i,-i"#),
    AnswerPair(#"k=\pm2"#, #"\pm2"#),
  ]

  static let different: [AnswerPair] = [
    AnswerPair(#"\pm 3"#, #"3"#),
    AnswerPair(#"\pm 3"#, #"-3"#),
  ]

  @Test(arguments: equal) func isEqual(_ pair: AnswerPair) {
    #expect(pair.isEqual)
  }

  @Test(arguments: different) func isDifferent(_ pair: AnswerPair) {
    #expect(!pair.isEqual)
  }
}
