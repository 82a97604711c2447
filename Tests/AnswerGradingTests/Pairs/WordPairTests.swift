import Testing

@testable import AnswerGrading

/// Words and choice letters.
struct WordPairTests {
  static let equal: [AnswerPair] = [
    AnswerPair(#"42"#, #"\text{42}"#),
    AnswerPair(#"42"#, #"\boxed{\text{42}}"#),
    AnswerPair(#"-7"#, #"\text{-7}"#),
    AnswerPair(#"\frac{7}{12}"#, #"\frac{7}{12}\text{.}"#),
    AnswerPair(#"2+3i"#, #"2+3\text{i}"#),
    AnswerPair(#"\{1,2\}"#, #"1 \text{ and } 2"#),
    AnswerPair(#"\{1,2\}"#, #"x=1\text{ or }x=2"#),
    AnswerPair(#"\text{True}"#, #"true"#),
    AnswerPair(#"\text{True}"#, #"TRUE"#),
    AnswerPair(#"\text{no}"#, #"No."#),
    AnswerPair(#"\text{no}"#, #"NO"#),
    AnswerPair(#"\text{(B)}"#, #"B"#),
    AnswerPair(#"\text{(B)}"#, #"\text{B}"#),
    AnswerPair(#"\text{(B)}"#, #"(B)"#),
    AnswerPair(#"\text{(B)}"#, #"B)"#),
    AnswerPair(#"\text{(B)}"#, #"B. 12"#),
    AnswerPair(#"\text{(B)}"#, #"\textbf{(B)}"#),
    AnswerPair(#"\text{(B)}"#, #"\mathrm{B}"#),
    AnswerPair(#"\text{(B)}"#, #"Option B"#),
    AnswerPair(#"\text{isosceles}"#, #"isosceles"#),
    AnswerPair(#"\text{isosceles}"#, #"Isosceles."#),
    AnswerPair(#"\text{two lines}"#, #"Two lines"#),
    AnswerPair(#"\text{Saturday}"#, #"\text{saturday}"#),
    AnswerPair(#"\text{right triangle}"#, #"right triangle"#),
    AnswerPair(#"\text{July 4}"#, #"July 4"#),
    AnswerPair(#"2:3"#, #"2\text{ to }3"#),
    AnswerPair(#"F=ma"#, #"ma"#),
    AnswerPair(#"AB"#, #"BA"#),
    AnswerPair(#"\text{six}"#, #"6"#),
    AnswerPair(#"\text{twelve}"#, #"12"#),
    AnswerPair(#"5"#, #"\text{five}"#),
    AnswerPair(#"\text{none}"#, #"None"#),
    AnswerPair(#"C"#, #"\text{(C)}"#),
    AnswerPair(#"\text{Friday}"#, #"friday"#),
    AnswerPair(#"\text{red}"#, #"red"#),
    AnswerPair(#"\text{even function}"#, #"even function"#),
    AnswerPair(#"mgh"#, #"mgh"#),
    AnswerPair(#"mgh"#, #"hgm"#),
  ]

  static let different: [AnswerPair] = [
    AnswerPair(#"\text{(B)}"#, #"b+1"#),
    AnswerPair(#"\text{(B)}"#, #"A"#),
    AnswerPair(#"\text{Saturday}"#, #"Sunday"#),
    AnswerPair(#"\text{July 4}"#, #"July 5"#),
  ]

  @Test(arguments: equal) func isEqual(_ pair: AnswerPair) {
    #expect(pair.isEqual)
  }

  @Test(arguments: different) func isDifferent(_ pair: AnswerPair) {
    #expect(!pair.isEqual)
  }
}
