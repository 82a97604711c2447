import Testing

@testable import AnswerGrading

/// Radicals.
struct RadicalPairTests {
  static let equal: [AnswerPair] = [
    AnswerPair(#"\sqrt{3}"#, #"1.7320508"#),
    AnswerPair(#"6\sqrt{2}"#, #"\sqrt{72}"#),
    AnswerPair(#"6\sqrt{2}"#, #"6√2"#),
    AnswerPair(#"6\sqrt{2}"#, #"6*sqrt(2)"#),
    AnswerPair(#"6\sqrt{2}"#, #"\frac{12}{\sqrt{2}}"#),
    AnswerPair(#"6\sqrt{2}"#, #"6\cdot 2^{1/2}"#),
    AnswerPair(#"6\sqrt{2}"#, #"3\sqrt8"#),
    AnswerPair(#"6\sqrt{2}"#, #"\sqrt{2}\cdot 6"#),
    AnswerPair(#"\frac{\sqrt{6}}{3}"#, #"\sqrt{\frac{2}{3}}"#),
    AnswerPair(#"\frac{\sqrt{6}}{3}"#, #"\frac{2}{\sqrt6}"#),
    AnswerPair(#"\frac{\sqrt{6}}{3}"#, #"\frac{\sqrt2}{\sqrt3}"#),
    AnswerPair(#"\sqrt{5+2\sqrt{6}}"#, #"\sqrt2+\sqrt3"#),
    AnswerPair(#"\sqrt[3]{2}"#, #"2^{1/3}"#),
    AnswerPair(#"\sqrt[3]{-8}"#, #"-2"#),
    AnswerPair(#"\sqrt[3]{54}"#, #"3\sqrt[3]{2}"#),
    AnswerPair(#"\sqrt[4]{4}"#, #"\sqrt2"#),
    AnswerPair(#"\frac{1}{\sqrt{2}-1}"#, #"\sqrt{2}+1"#),
    AnswerPair(#"\frac{1}{\sqrt[3]{2}-1}"#, #"1+\sqrt[3]{2}+\sqrt[3]{4}"#),
    AnswerPair(#"\sqrt{2}\sqrt{3}"#, #"\sqrt{6}"#),
    AnswerPair(#"(1+\sqrt2)^3"#, #"7+5\sqrt2"#),
    AnswerPair(#"\sqrt{2+\sqrt{3}}"#, #"\frac{\sqrt6+\sqrt2}{2}"#),
    AnswerPair(#"2\sqrt{3}+3\sqrt{2}"#, #"3\sqrt2+2\sqrt3"#),
    AnswerPair(#"\sqrt{x^2}"#, #"|x|"#),
    AnswerPair(#"\sqrt{x}\sqrt{x}"#, #"x"#),
    AnswerPair(#"x^{3/2}"#, #"x\sqrt{x}"#),
    AnswerPair(#"\sqrt{2}:1"#, #"\sqrt2 : 1"#),
    AnswerPair(#"2:\sqrt{3}"#, #"\frac{2}{\sqrt3}"#),
    AnswerPair(#"1:\sqrt3:2"#, #"1:\sqrt{3}:2"#),
    AnswerPair(#"\sqrt[5]{32}"#, #"2"#),
    AnswerPair(#"(-8)^{1/3}"#, #"-2"#),
    AnswerPair(#"\frac{\sqrt{2}}{2}"#, #"\frac{1}{\sqrt{2}}"#),
    AnswerPair(#"\frac{\sqrt{2}}{2}"#, #"0.70710678"#),
    AnswerPair(#"3\sqrt[3]{x}"#, #"3x^{1/3}"#),
    AnswerPair(#"\frac{1}{\sqrt{x}}"#, #"x^{-1/2}"#),
    AnswerPair(#"\sqrt{12x}"#, #"2\sqrt{3x}"#),
  ]

  static let different: [AnswerPair] = [
    AnswerPair(#"\sqrt{3}"#, #"1.7"#),
    AnswerPair(#"6\sqrt{2}"#, #"2\sqrt{6}"#),
    AnswerPair(#"6\sqrt{2}"#, #"\sqrt{62}"#),
    AnswerPair(#"2\sqrt{3}+3\sqrt{2}"#, #"5\sqrt{5}"#),
    AnswerPair(#"\sqrt{x^2}"#, #"x"#),
    AnswerPair(#"\sqrt{2}+10^{-50}"#, #"\sqrt2"#),
    AnswerPair(#"\sqrt{2}+10^{-400}"#, #"\sqrt2"#),
    AnswerPair(#"\sqrt{x^2y}"#, #"x\sqrt{y}"#),
    AnswerPair(#"\sqrt[4]{x^{2} y^{3}}"#, #"x^{1/2}y^{3/4}"#),
  ]

  @Test(arguments: equal) func isEqual(_ pair: AnswerPair) {
    #expect(pair.isEqual)
  }

  @Test(arguments: different) func isDifferent(_ pair: AnswerPair) {
    #expect(!pair.isEqual)
  }
}
