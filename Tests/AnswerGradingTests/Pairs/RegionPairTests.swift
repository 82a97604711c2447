import Testing

@testable import AnswerGrading

/// Intervals, inequalities and sets of numbers.
struct RegionPairTests {
  static let equal: [AnswerPair] = [
    AnswerPair(#"42"#, #"\left\{42\right\}"#),
    AnswerPair(#"\frac{7}{12}"#, #"\left(\frac{12}{7}\right)^{-1}"#),
    AnswerPair(#"(2,3)"#, #"\left(2,3\right)"#),
    AnswerPair(#"[1,3)"#, #"\left[1,3\right)"#),
    AnswerPair(#"[1,3)"#, #"1\le x<3"#),
    AnswerPair(#"[1,3)"#, #"x\in[1,3)"#),
    AnswerPair(#"[1,3)"#, #"3>x\ge1"#),
    AnswerPair(#"[1,3)"#, #"\{x\mid 1\le x<3\}"#),
    AnswerPair(#"[1,3)"#, #"\{x:1\le x<3\}"#),
    AnswerPair(#"[1,3)"#, #"\{x\in\mathbb{R}: 1\le x<3\}"#),
    AnswerPair(#"(-\infty,0)\cup(0,\infty)"#, #"x\ne0"#),
    AnswerPair(#"(-\infty,0)\cup(0,\infty)"#, #"\mathbb{R}\setminus\{0\}"#),
    AnswerPair(#"(-\infty,0)\cup(0,\infty)"#, #"x<0 \text{ or } x>0"#),
    AnswerPair(#"(-\infty,\infty)"#, #"\mathbb{R}"#),
    AnswerPair(#"(-\infty,\infty)"#, #"\text{all real numbers}"#),
    AnswerPair(#"[0,\infty)"#, #"x\ge0"#),
    AnswerPair(#"[0,\infty)"#, #"x \geqslant 0"#),
    AnswerPair(#"[0,\infty)"#, #"[0,+\infty)"#),
    AnswerPair(#"(0,2]\cup[3,4)"#, #"[3,4)\cup(0,2]"#),
    AnswerPair(#"x>2"#, #"2<x"#),
    AnswerPair(#"x>2"#, #"x-2>0"#),
    AnswerPair(#"x>2"#, #"2x>4"#),
    AnswerPair(#"x>2"#, #"(2,+\infty)"#),
    AnswerPair(#"a\leq 3"#, #"a \le 3"#),
    AnswerPair(#"a\leq 3"#, #"a<=3"#),
    AnswerPair(#"a\leq 3"#, #"(-\infty,3]"#),
    AnswerPair(#"1<x<5"#, #"5>x>1"#),
    AnswerPair(#"1<x<5"#, #"x>1\text{ and }x<5"#),
    AnswerPair(#"1<x<5"#, #"x\in(1,5)"#),
    AnswerPair(#"1<x<5"#, #"(1,5)"#),
    AnswerPair(#"|x|<3"#, #"-3<x<3"#),
    AnswerPair(#"x+y>3"#, #"y+x>3"#),
    AnswerPair(#"x+y>3"#, #"3<x+y"#),
    AnswerPair(#"x+y>3"#, #"2x+2y>6"#),
    AnswerPair(#"x\neq 2"#, #"x\ne 2"#),
    AnswerPair(#"x\neq 2"#, #"x\not=2"#),
    AnswerPair(#"\{1,2\}"#, #"\left\{ 1 , 2 \right\}"#),
    AnswerPair(#"\emptyset"#, #"\varnothing"#),
    AnswerPair(#"\emptyset"#, #"\{\}"#),
    AnswerPair(#"\emptyset"#, #"\{ \}"#),
    AnswerPair(#"\text{no solution}"#, #"\emptyset"#),
    AnswerPair(#"\infty"#, #"+\infty"#),
    AnswerPair(#"\infty"#, #"∞"#),
    AnswerPair(#"\infty"#, #"infinity"#),
    AnswerPair(#"\infty"#, #"\text{infinity}"#),
    AnswerPair(#"\sqrt{\frac{k}{m}}"#, #"\left(\frac{k}{m}\right)^{1/2}"#),
    AnswerPair(#"x \in (1,2)\cup(3,4)"#, #"(1,2)\cup(3,4)"#),
    AnswerPair(#"-\frac{1}{2}<m<0"#, #"m\in\left(-\frac12,0\right)"#),
    AnswerPair(#"[-1,1]"#, #"-1\leq y\leq 1"#),
    AnswerPair(#"\{1,3\}\cup\{2,4\}"#, #"\{1,2,3,4\}"#),
    AnswerPair(#"(3,\infty)"#, #"x>3"#),
    AnswerPair(#"\left\{-2,3\right\}"#, #"-2,3"#),
    AnswerPair(#"x>5\text{ cm}"#, #"x>5"#),
    AnswerPair(#"x^2<4"#, #"-2<x<2"#),
    AnswerPair(#"x^2\ge 9"#, #"x\le-3\text{ or }x\ge3"#),
    AnswerPair(#"|x-1|\le 2"#, #"[-1,3]"#),
    AnswerPair(#"(x-1)(x-2)>0"#, #"(-\infty,1)\cup(2,\infty)"#),
    AnswerPair(#"(1,2)\cup[3,4]"#, #"[3,4]\cup(1,2)"#),
    AnswerPair(#"[2,2]"#, #"2"#),
    AnswerPair(#"\{x\mid x>2\}"#, #"x>2"#),
    AnswerPair(#"\{x\mid x>2\}"#, #"(2,\infty)"#),
    AnswerPair(#"\{x \in \mathbb{R} \mid x \neq 1\}"#, #"(-\infty,1)\cup(1,\infty)"#),
    AnswerPair(#"\mathbb{R}"#, #"(-\infty, \infty)"#),
    AnswerPair(#"\mathbb{R} \setminus \{1,2\}"#, #"x\neq 1,2"#),
    AnswerPair(#"(-\infty,1)\cup(1,\infty)"#, #"\mathbb{R}-\{1\}"#),
    AnswerPair(#"x\geq 1 \text{ and } x\neq 2"#, #"[1,2)\cup(2,\infty)"#),
    AnswerPair(#"2n+1, n\in\mathbb{Z}"#, #"2n+1, n\in\mathbb{Z}"#),
  ]

  static let different: [AnswerPair] = [
    AnswerPair(#"(2,3)"#, #"[2,3]"#),
    AnswerPair(#"[1,3)"#, #"(1,3)"#),
    AnswerPair(#"[1,3)"#, #"[1,3]"#),
    AnswerPair(#"[1,3)"#, #"(1,3]"#),
    AnswerPair(#"[1,3)"#, #"[1,3.5)"#),
    AnswerPair(#"(0,2]\cup[3,4)"#, #"(0,4)"#),
    AnswerPair(#"x>2"#, #"x\ge2"#),
    AnswerPair(#"x>2"#, #"x<2"#),
    AnswerPair(#"x>2"#, #"x=2"#),
    AnswerPair(#"x>2"#, #"y>2"#),
    AnswerPair(#"x+y>3"#, #"x+y<3"#),
    AnswerPair(#"x=3"#, #"x>3"#),
    AnswerPair(#"\emptyset"#, #"\{0\}"#),
    AnswerPair(#"\infty"#, #"-\infty"#),
    AnswerPair(#"\{1,2\}"#, #"\{1,2\}\cup\{3\}"#),
    AnswerPair(#"\mathbb{R}"#, #"\mathbb{Z}"#),
  ]

  @Test(arguments: equal) func isEqual(_ pair: AnswerPair) {
    #expect(pair.isEqual)
  }

  @Test(arguments: different) func isDifferent(_ pair: AnswerPair) {
    #expect(!pair.isEqual)
  }
}
