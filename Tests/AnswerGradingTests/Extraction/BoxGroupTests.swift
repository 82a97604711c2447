import AnswerGrading
import Testing

/// Several boxes: which one counts, and when they belong together.
struct BoxGroupTests {
  @Test(arguments: cases)
  func boxes(text: String, expected: String?) {
    #expect(AnswerExtractor().extract(from: text) == expected)
  }

  static let cases: [(String, String?)] = [
    (#"$\boxed{3}$ and $\boxed{5}$"#, "3, 5"),
    (#"$x=\boxed{3}$ or $x=\boxed{5}$"#, "3, 5"),
    (#"$x=\boxed{3}$, $y=\boxed{5}$"#, "x = 3, y = 5"),
    (#"\boxed{3} or \boxed{3}"#, "3"),
    (#"First \boxed{3}. Then \boxed{4}."#, "4"),
    (#"\boxed{3}; \boxed{4}; \boxed{5}"#, "3, 4, 5"),
    ("- \\boxed{3}\n- \\boxed{4}", "3, 4"),
    (#"\boxed{1} is wrong; it is \boxed{2}"#, "2"),
    (#"\boxed{5}\boxed{5}"#, "5"),
    (#"\boxed{1}\boxed{2}"#, "1, 2"),
    (#"\boxed{x=1} \text{ or } \boxed{x=2}"#, "x=1, x=2"),
    (#"The solutions are $\boxed{1}$, $\boxed{2}$, and $\boxed{3}$."#, "1, 2, 3"),
    ("\\boxed{41}\n\nWait, that is wrong.\n\n\\boxed{43}", "43"),
    (#"\boxed{41} \boxed{43}"#, "43"),
    ("\\boxed{7}\n\n\\boxed{7}", "7"),
    (#"The answer is \boxed{12}. (Check: $3\cdot4 = 12$.)"#, "12"),
    (#"Put it in \boxed{}. \boxed{6}"#, "6"),
    (#"\boxed{6} \boxed{}"#, "6"),
    (#"\boxed{6}. Remember: answers go in \boxed{...}"#, "6"),
    ("<think>maybe \\boxed{3}</think>\nFinal: \\boxed{4}", "4"),
    (#"<think>maybe \boxed{3}</think> So it is 4."#, "4"),
    (#"<think>\boxed{3} hmm"#, "3"),
    ("<think>So 12 is it", nil),
    (#"<think>\boxed{3}</think>"#, "3"),
  ]
}
