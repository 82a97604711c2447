import Testing

@testable import AnswerGrading

/// Trigonometric functions, logarithms and powers of e.
struct FunctionPairTests {
  static let equal: [AnswerPair] = [
    AnswerPair(#"e^{2x}"#, #"(e^x)^2"#),
    AnswerPair(#"e^{x+1}"#, #"e\cdot e^x"#),
    AnswerPair(#"\ln(x^2)"#, #"2\ln|x|"#),
    AnswerPair(#"\log(x y)"#, #"\log x+\log y"#),
    AnswerPair(#"\ln\frac{x}{y}"#, #"\ln x-\ln y"#),
    AnswerPair(#"\sin^2 x+\cos^2 x"#, #"1"#),
    AnswerPair(#"\sin(2x)"#, #"2\sin x\cos x"#),
    AnswerPair(#"\tan x"#, #"\frac{\sin x}{\cos x}"#),
    AnswerPair(#"\sec^2 x"#, #"1+\tan^2 x"#),
    AnswerPair(#"\sin 75^\circ"#, #"\frac{\sqrt6+\sqrt2}{4}"#),
    AnswerPair(#"\cos\frac{2\pi}{3}"#, #"-\frac12"#),
    AnswerPair(#"\tan 45^\circ"#, #"1"#),
    AnswerPair(#"\sin^{-1}(1/2)"#, #"\frac{\pi}{6}"#),
    AnswerPair(#"\arcsin\frac12"#, #"\frac{\pi}{6}"#),
    AnswerPair(#"2\cos^2\theta-1"#, #"\cos 2\theta"#),
    AnswerPair(#"\cos(x)"#, #"cos x"#),
    AnswerPair(#"\sin(\pi/5)"#, #"\sin 36^\circ"#),
    AnswerPair(#"\arctan 1"#, #"\frac{\pi}{4}"#),
    AnswerPair(#"\log_3 9"#, #"2"#),
    AnswerPair(#"\log_2 8"#, #"3"#),
    AnswerPair(#"\ln e^3"#, #"3"#),
    AnswerPair(#"\log_{10} 1000"#, #"3"#),
    AnswerPair(#"\ln 8"#, #"3\ln 2"#),
    AnswerPair(#"\ln 2+\ln 3"#, #"\ln 6"#),
    AnswerPair(#"\log_2 5"#, #"\frac{\ln 5}{\ln 2}"#),
    AnswerPair(#"\log_2 5"#, #"\log_4 25"#),
    AnswerPair(#"\log_2 5"#, #"\frac{1}{\log_5 2}"#),
    AnswerPair(#"\lg 2"#, #"\log_{10}2"#),
    AnswerPair(#"e^{\ln 5}"#, #"5"#),
    AnswerPair(#"\ln\sqrt{2}"#, #"\frac12\ln 2"#),
    AnswerPair(#"e^{i\pi/3}"#, #"\frac12+\frac{\sqrt3}{2}i"#),
    AnswerPair(#"e^{i\pi}"#, #"-1"#),
    AnswerPair(#"\log_a b"#, #"\frac{\ln b}{\ln a}"#),
    AnswerPair(#"1 - 3e^{-2t} + 2e^{-5t}"#, #"2e^{-5t}-3e^{-2t}+1"#),
    AnswerPair(#"\frac{\sqrt{2}}{2}"#, #"\sin 45^{\circ}"#),
    AnswerPair(#"\cot 30^\circ"#, #"\sqrt{3}"#),
    AnswerPair(#"\csc\frac{\pi}{6}"#, #"2"#),
    AnswerPair(#"\sin^3 x"#, #"(\sin x)^3"#),
    AnswerPair(#"\sin x\cos x"#, #"\frac12\sin 2x"#),
    AnswerPair(#"\ln(xy)"#, #"\ln x+\ln y"#),
    AnswerPair(#"\log_2(x^3)"#, #"3\log_2 x"#),
    AnswerPair(#"-\ln 2"#, #"\ln\frac12"#),
  ]

  static let different: [AnswerPair] = [
    AnswerPair(#"\sin x"#, #"\cos x"#),
    AnswerPair(#"\sin 30"#, #"\frac12"#),
    AnswerPair(#"\log_2 5"#, #"\log_5 2"#),
    AnswerPair(#"1 - 3e^{-2t} + 2e^{-5t}"#, #"2e^{-6t}-3e^{-2t}+1"#),
    AnswerPair(#"\ln x^2"#, #"2\ln x"#),
  ]

  @Test(arguments: equal) func isEqual(_ pair: AnswerPair) {
    #expect(pair.isEqual)
  }

  @Test(arguments: different) func isDifferent(_ pair: AnswerPair) {
    #expect(!pair.isEqual)
  }
}
