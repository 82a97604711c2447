import Testing

@testable import AnswerGrading

/// Equations.
struct EquationPairTests {
  static let equal: [AnswerPair] = [
    AnswerPair(#"42"#, #"x=42"#),
    AnswerPair(#"\sum_{k=1}^{n}k^2"#, #"\frac{n(n+1)(2n+1)}{6}"#),
    AnswerPair(#"x^2+y^2=9"#, #"y^2+x^2=9"#),
    AnswerPair(#"x^2+y^2=9"#, #"9-x^2-y^2=0"#),
    AnswerPair(#"x^2+y^2=9"#, #"x^2+y^2=3^2"#),
    AnswerPair(#"y=3x-1"#, #"y-3x+1=0"#),
    AnswerPair(#"y=3x-1"#, #"3x-y=1"#),
    AnswerPair(#"y=3x-1"#, #"3x-1"#),
    AnswerPair(#"y=3x-1"#, #"y=-1+3x"#),
    AnswerPair(#"y=3x-1"#, #"2y=6x-2"#),
    AnswerPair(#"x=3"#, #"3"#),
    AnswerPair(#"x=3"#, #"x=3.0"#),
    AnswerPair(#"x=3"#, #"3=x"#),
    AnswerPair(#"f(x)=x+1"#, #"x+1"#),
    AnswerPair(#"f(x)=x+1"#, #"f(x)=1+x"#),
    AnswerPair(#"A=\frac{1}{2}bh"#, #"\frac{bh}{2}"#),
    AnswerPair(#"\{1,2\}"#, #"x=1,2"#),
    AnswerPair(#"\prod_{k=1}^{4}k"#, #"24"#),
    AnswerPair(#"y = 5x - 2"#, #"5x - y = 2"#),
    AnswerPair(#"\frac{x}{3}+\frac{y}{4}=1"#, #"4x+3y=12"#),
    AnswerPair(#"x^2+y^2-2x=0"#, #"(x-1)^2+y^2=1"#),
    AnswerPair(#"\sum_{i=1}^{n} i"#, #"\frac{n(n+1)}{2}"#),
    AnswerPair(#"E=mc^2"#, #"mc^2"#),
    AnswerPair(#"T=2\pi\sqrt{\frac{L}{g}}"#, #"2\pi\sqrt{L/g}"#),
  ]

  static let different: [AnswerPair] = [
    AnswerPair(#"x^2+y^2=9"#, #"x^2+y^2=3"#),
    AnswerPair(#"x^2+y^2=9"#, #"9"#),
    AnswerPair(#"y=3x-1"#, #"y=3x+1"#),
    AnswerPair(#"y=3x-1"#, #"y=-3x-1"#),
    AnswerPair(#"x=3"#, #"x=-3"#),
    AnswerPair(#"x=3"#, #"y=3"#),
    AnswerPair(#"f(x)=x+1"#, #"f(x)=x-1"#),
    AnswerPair(#"T=2\pi\sqrt{\frac{L}{g}}"#, #"2\pi\sqrt{g/L}"#),
  ]

  @Test(arguments: equal) func isEqual(_ pair: AnswerPair) {
    #expect(pair.isEqual)
  }

  @Test(arguments: different) func isDifferent(_ pair: AnswerPair) {
    #expect(!pair.isEqual)
  }
}
