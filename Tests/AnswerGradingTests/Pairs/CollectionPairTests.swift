import Testing

@testable import AnswerGrading

/// Lists, sets and tuples.
struct CollectionPairTests {
  static let equal: [AnswerPair] = [
    AnswerPair(#"10^{20}"#, #"100{,}000{,}000{,}000{,}000{,}000{,}000"#),
    AnswerPair(#"(2,3)"#, #"(2, 3)"#),
    AnswerPair(#"(2,3)"#, #"(x,y)=(2,3)"#),
    AnswerPair(#"(2,3)"#, #"x=2, y=3"#),
    AnswerPair(#"(2,3)"#, #"(2.0,\frac{6}{2})"#),
    AnswerPair(#"(2,3)"#, #"( 2 , 3 )."#),
    AnswerPair(#"(1,2,3)"#, #"\langle 1,2,3\rangle"#),
    AnswerPair(#"(1,2,3)"#, #"(a,b,c)=(1,2,3)"#),
    AnswerPair(#"3,-4"#, #"-4,3"#),
    AnswerPair(#"3,-4"#, #"-4 and 3"#),
    AnswerPair(#"3,-4"#, #"3; -4"#),
    AnswerPair(#"3,-4"#, #"x=3\text{ or }x=-4"#),
    AnswerPair(#"3,-4"#, #"x_1=3, x_2=-4"#),
    AnswerPair(#"3,-4"#, #"\{-4,3\}"#),
    AnswerPair(#"3,-4"#, #"3 \text{ or } -4"#),
    AnswerPair(#"(1,2),(3,4)"#, #"(3,4) \text{ and } (1,2)"#),
    AnswerPair(#"\int_0^2 3x^2\,dx"#, #"8"#),
    AnswerPair(#"\max(2,9)"#, #"9"#),
    AnswerPair(#"\text{A and C}"#, #"A, C"#),
    AnswerPair(#"x=2\text{ and }y=3"#, #"(2,3)"#),
    AnswerPair(#"a=1,b=2"#, #"b=2,a=1"#),
    AnswerPair(#"a=1,b=2"#, #"a=1\text{ and }b=2"#),
    AnswerPair(#"(3,4)"#, #"(3;4)"#),
    AnswerPair(#"\text{A, C}"#, #"AC"#),
    AnswerPair(#"\text{A, C}"#, #"C, A"#),
    AnswerPair(#"\text{Alice and Bob}"#, #"Alice and Bob"#),
    AnswerPair(#"1,\ldots,n"#, #"1,\dots,n"#),
    AnswerPair(#"3 \text{ and } 5"#, #"3 \& 5"#),
    AnswerPair(#"10,000\text{ meters}"#, #"10000"#),
  ]

  static let different: [AnswerPair] = [
    AnswerPair(#"(2,3)"#, #"(3,2)"#),
    AnswerPair(#"(2,3)"#, #"(2,-3)"#),
    AnswerPair(#"(2,3)"#, #"2"#),
    AnswerPair(#"(2,3)"#, #"23"#),
    AnswerPair(#"(2,3)"#, #"5"#),
    AnswerPair(#"(1,2,3)"#, #"(1,2)"#),
    AnswerPair(#"(1,2,3)"#, #"1,2,4"#),
    AnswerPair(#"3,-4"#, #"3,4"#),
    AnswerPair(#"3,-4"#, #"-4"#),
    AnswerPair(#"3,-4"#, #"3"#),
    AnswerPair(#"3,-4"#, #"-12"#),
    AnswerPair(#"3,-4"#, #"3-4"#),
    AnswerPair(#"(1,2),(3,4)"#, #"(1,2)"#),
    AnswerPair(#"a=1,b=2"#, #"a=2,b=1"#),
    AnswerPair(#"\text{A, C}"#, #"A"#),
  ]

  @Test(arguments: equal) func isEqual(_ pair: AnswerPair) {
    #expect(pair.isEqual)
  }

  @Test(arguments: different) func isDifferent(_ pair: AnswerPair) {
    #expect(!pair.isEqual)
  }
}
