import Testing

@testable import AnswerGrading

/// Expressions in variables.
struct ExpressionPairTests {
  static let equal: [AnswerPair] = [
    AnswerPair(#"\frac{a+b}{2}"#, #"(a+b)/2"#),
    AnswerPair(#"\frac{a+b}{2}"#, #"\frac{a}{2}+\frac{b}{2}"#),
    AnswerPair(#"\frac{a+b}{2}"#, #"0.5(a+b)"#),
    AnswerPair(#"\frac{x}{y}"#, #"xy^{-1}"#),
    AnswerPair(#"\frac{x}{y}"#, #"x \div y"#),
    AnswerPair(#"\frac{-x}{y}"#, #"-\frac{x}{y}"#),
    AnswerPair(#"\frac{1}{x}+\frac{1}{y}"#, #"\frac{x+y}{xy}"#),
    AnswerPair(#"x^2-4"#, #"(x-2)(x+2)"#),
    AnswerPair(#"x^2-4"#, #"-4+x^2"#),
    AnswerPair(#"x^2-4"#, #"x^2 - 4"#),
    AnswerPair(#"x^2-4"#, #"x\cdot x-4"#),
    AnswerPair(#"x^2-4"#, #"x²-4"#),
    AnswerPair(#"(x+1)(x+2)"#, #"x^2+3x+2"#),
    AnswerPair(#"6x^2y"#, #"6yx^2"#),
    AnswerPair(#"6x^2y"#, #"2x\cdot3xy"#),
    AnswerPair(#"\frac{x^2-4}{x-2}"#, #"x+2"#),
    AnswerPair(#"\frac{1}{x-1}-\frac{1}{x+1}"#, #"\frac{2}{x^2-1}"#),
    AnswerPair(#"3^{2n}"#, #"9^n"#),
    AnswerPair(#"2^{n}\cdot 2"#, #"2^{n+1}"#),
    AnswerPair(#"(n+1)!"#, #"(n+1)n!"#),
    AnswerPair(#"\frac{(n+1)!}{n!}"#, #"n+1"#),
    AnswerPair(#"\binom{n}{2}"#, #"\frac{n(n-1)}{2}"#),
    AnswerPair(#"\binom{2n}{n}"#, #"\frac{(2n)!}{(n!)^2}"#),
    AnswerPair(#"(-1)^n"#, #"(-1)^{n+2}"#),
    AnswerPair(#"(-1)^{2n}"#, #"1"#),
    AnswerPair(#"x_{1}^2"#, #"x_1^2"#),
    AnswerPair(#"a_n"#, #"a_{n}"#),
    AnswerPair(#"\frac{x^2}{2}+C"#, #"\frac12x^2+C"#),
    AnswerPair(#"\frac{x^2}{2}+C"#, #"C+\frac{x^2}{2}"#),
    AnswerPair(#"\frac{GMm}{r^2}"#, #"GMmr^{-2}"#),
    AnswerPair(#"v_0 t-\frac12gt^2"#, #"v_{0}t-\frac{gt^2}{2}"#),
    AnswerPair(#"\frac{dy}{dx}"#, #"\frac{dy}{dx}"#),
    AnswerPair(#"\overline{AB}"#, #"\overline{AB}"#),
    AnswerPair(#"\frac{\pi}{4}+\frac{k\pi}{2}"#, #"\frac{\pi}{4}+k\frac{\pi}{2}"#),
    AnswerPair(#"2k\pi"#, #"2\pi k"#),
    AnswerPair(#"(a-b)^2"#, #"a^2-2ab+b^2"#),
    AnswerPair(#"-(x-3)"#, #"3-x"#),
    AnswerPair(#"\frac{x-1}{2}"#, #"\frac{1}{2}x-\frac{1}{2}"#),
    AnswerPair(#"2(x+3)"#, #"2x+6"#),
    AnswerPair(#"4x^2+4x+1"#, #"(2x+1)^2"#),
    AnswerPair(#"\frac{a^3}{a}"#, #"a^2"#),
    AnswerPair(#"a+bi"#, #"bi+a"#),
    AnswerPair(#"\overline{z}"#, #"\overline{z}"#),
    AnswerPair(#"12, 13, 14"#, #"12, 13, and 14"#),
    AnswerPair(#"C"#, #"C"#),
    AnswerPair(#"\frac{(2n)!}{n!}"#, #"\frac{(2n)!}{n!}"#),
    AnswerPair(#"2^{n}-1"#, #"-1+2^n"#),
    AnswerPair(#"n(n-1)"#, #"n^2-n"#),
    AnswerPair(#"x^{2}y^{-1}"#, #"\frac{x^2}{y}"#),
    AnswerPair(#"\dot{x}"#, #"\dot{x}"#),
    AnswerPair(#"\mu_0 I/(2\pi r)"#, #"\frac{\mu_0 I}{2\pi r}"#),
    AnswerPair(#"\frac{1}{2}kx^2"#, #"\frac{kx^2}{2}"#),
    AnswerPair(#"I"#, #"I"#),
  ]

  static let different: [AnswerPair] = [
    AnswerPair(#"\frac{a+b}{2}"#, #"a+\frac{b}{2}"#),
    AnswerPair(#"x^2-4"#, #"x^2+4"#),
    AnswerPair(#"x^2-4"#, #"(x-2)^2"#),
    AnswerPair(#"x^2-4"#, #"y^2-4"#),
    AnswerPair(#"2^{n}"#, #"n^2"#),
    AnswerPair(#"a_n"#, #"a_{n+1}"#),
    AnswerPair(#"\frac{x^2}{2}+C"#, #"x^2+C"#),
    AnswerPair(#"\frac{x^2}{2}+C"#, #"\frac{x^2}{2}"#),
  ]

  @Test(arguments: equal) func isEqual(_ pair: AnswerPair) {
    #expect(pair.isEqual)
  }

  @Test(arguments: different) func isDifferent(_ pair: AnswerPair) {
    #expect(!pair.isEqual)
  }
}
