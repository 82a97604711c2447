import AnswerGrading
import Testing

/// Texts that give no answer or break off.
struct BrokenTextTests {
  @Test(arguments: cases)
  func broken(text: String, expected: String?) {
    #expect(AnswerExtractor().extract(from: text) == expected)
  }

  static let cases: [(String, String?)] = [
    ("", nil),
    ("I do not know.", nil),
    ("Let us compute 3 + 4", nil),
    ("Step 1: We have 12 apples. Step 2: We take away 5 and then", nil),
    ("So the total is 3 times 4 plus", nil),
    (#"The number of ways is $\binom{5}"#, nil),
    (#"\boxed{\frac{1}{2}"#, nil),
    ("Hmm.", nil),
    ("What is 2+2?", nil),
    ("Sorry, I cannot help with 3 problems.", nil),
    (#"\boxed"#, nil),
    (#"\boxed{?}"#, nil),
    (#"\boxed{\text{}}"#, nil),
    ("....", nil),
    (#"\boxed{...}"#, nil),
    ("asdf qwer", nil),
    ("To solve this, first note that 2x + 3 = 7, so 2x = 4. Next we", nil),
    (#"\boxed{5"#, nil),
    (#"The answer is 12. \boxed{"#, "12"),
    (#"\boxed{4} \boxed{5"#, "4"),
    ("We have 12.\n\n\\boxed{}", "12"),
  ]
}
