import AnswerGrading
import Testing

/// Answers that the last sentence concludes.
struct ConclusionTests {
  @Test(arguments: cases)
  func conclusion(text: String, expected: String?) {
    #expect(AnswerExtractor().extract(from: text) == expected)
  }

  static let cases: [(String, String?)] = [
    ("We find x = 7.", "x = 7"),
    ("Thus, there are 24 ways.", "24"),
    ("So the probability is 3/8.", "3/8"),
    ("The total is $15.", "15"),
    ("She has 12 apples left.", "12"),
    ("He paid $3.50 for 2 pens.", "3.50"),
    (#"Hence the sum is $\frac{n(n+1)}{2}$."#, #"\frac{n(n+1)}{2}"#),
    ("Therefore\n\\[ x = 4. \\]", "x = 4"),
    ("Therefore\n$$x = 4$$", "x = 4"),
    ("\\begin{align*}\nx &= 3+4\\\\\n&= 7\n\\end{align*}", "7"),
    (#"\[\begin{aligned} x &= 3+4\\ &= 7\end{aligned}\]"#, "7"),
    ("we get 2 + 2 = 4", "4"),
    ("42", "42"),
    ("-3/4", "-3/4"),
    ("x^2+1", "x^2+1"),
    ("$x^2+1$", "x^2+1"),
    ("(1, 2)", "(1, 2)"),
    (#"\frac{1}{2}"#, #"\frac{1}{2}"#),
    ("The value of x is 5", "5"),
    ("So x is 5", "5"),
    ("Step 1: add.\nStep 2: multiply 3 by 4 to get 12.\n", "12"),
    ("The largest possible value is 100, attained at x = 3.", "100"),
    ("Thus he needs 3 more hours.", "3"),
    ("That makes 3 + 4 = 7 apples.", "7"),
    ("So they meet at 10:30 a.m.", "10:30 a.m."),
    ("Tom is 12 years old.", "12 years"),
    ("The ratio is 3:4.", "3:4"),
    ("The solution set is {1, 2}.", "{1, 2}"),
    ("The solutions are x = 1 and x = 2.", "x = 1, x = 2"),
    ("The solutions are $x = 1$ and $x = 2$.", "x = 1, x = 2"),
    ("**12**", "12"),
    ("The result is **12**", "12"),
    ("12 cm", "12 cm"),
    ("Result: 12", "12"),
    ("= 12", "12"),
    ("So $a = 3$, $b = 4$ and $c = 5$.", "a = 3, b = 4, c = 5"),
  ]
}
