import Testing

@testable import AnswerGrading

/// Complex numbers.
struct ComplexPairTests {
  static let equal: [AnswerPair] = [
    AnswerPair(#"2+3i"#, #"3i+2"#),
    AnswerPair(#"2+3i"#, #"2+3 i"#),
    AnswerPair(#"2+3i"#, #"2+i3"#),
    AnswerPair(#"2+3i"#, #"2 + 3\cdot i"#),
    AnswerPair(#"2+3i"#, #"2 + 3*I"#),
    AnswerPair(#"(1+i)^2"#, #"2i"#),
    AnswerPair(#"\frac{1}{1+i}"#, #"\frac{1-i}{2}"#),
    AnswerPair(#"i^{2}"#, #"-1"#),
    AnswerPair(#"|3+4i|"#, #"5"#),
    AnswerPair(#"\sqrt{-4}"#, #"2i"#),
    AnswerPair(#"z=3-2i"#, #"3-2i"#),
  ]

  static let different: [AnswerPair] = [
    AnswerPair(#"2+3i"#, #"2-3i"#),
    AnswerPair(#"2+3i"#, #"3+2i"#),
    AnswerPair(#"2+3i"#, #"5i"#),
  ]

  @Test(arguments: equal) func isEqual(_ pair: AnswerPair) {
    #expect(pair.isEqual)
  }

  @Test(arguments: different) func isDifferent(_ pair: AnswerPair) {
    #expect(!pair.isEqual)
  }
}
