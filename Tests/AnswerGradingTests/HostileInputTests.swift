import Testing

@testable import AnswerGrading

/// Inputs that stall or break graders get a verdict within the budget of operations.
struct HostileInputTests {
  private static func nested(_ open: String, _ inside: String, _ close: String, _ count: Int) -> String {
    String(repeating: open, count: count) + inside + String(repeating: close, count: count)
  }

  private static let inputs: [String] = [
    "7^{7^{7^{7}}}", "(8^{8^{8}})!", "123456789!", "\\binom{10^{9}}{10^{8}}", "\\sum_{k=1}^{10^{12}} k",
    "\\prod_{k=1}^{10^{9}} k", "0.3^{10^{12}}", "1e999999999", "\\sin(10^{10^{9}})", "(x+y+1)^{300}",
    "\\lim_{n\\to\\infty} n^{1/n}", "\\begin{pmatrix}1&2\\\\3\\end{pmatrix}", "\\frac{1}{0}", "0^0", "\\infty-\\infty",
    "\\log 0", "\\def\\x{\\x\\x}\\x", "9**9**9**9", "%s%n{0}", "([)]{(})", "5\u{0}", "1\u{0}5", "\u{202e}21\u{202c}",
    "a" + String(repeating: "\u{301}", count: 5_000), nested("\\frac{1}{1+", "1", "}", 500),
    nested("(", "1", ")", 3_000),
    nested("{", "1", "}", 3_000), nested("\\sqrt{", "2", "}", 1_000), nested("\\{1,", "2", "\\}", 500),
    nested("|", "1", "|", 500), nested("\\text{", "a", "}", 500), nested("2^{", "2", "}", 300),
    nested("\\begin{pmatrix}", "1", "\\end{pmatrix}", 200), String(repeating: "-", count: 5_000) + "1",
    String(repeating: "\\frac", count: 3_000), String(repeating: "1/", count: 3_000) + "2",
    String(repeating: "1+", count: 20_000) + "1", String(repeating: "5!", count: 2_000),
    String(repeating: "\\pm 1", count: 64), String(repeating: "1 ,", count: 5_000),
    String(repeating: "\\", count: 9_999),
    "x" + String(repeating: "'", count: 3_000), String(repeating: "x\\cap ", count: 2_000) + "x",
    String(repeating: "5%", count: 2_000), String(repeating: "\\sin ", count: 2_000) + "x",
  ]

  @Test(arguments: inputs) func isEqualToItselfAndNotToAnother(_ input: String) {
    let grader = Grader()
    #expect(grader.areEqual(gold: input, answer: input))
    #expect(!grader.areEqual(gold: "-123.5", answer: input))
  }

  @Test func fitsTheOrdinaryStackOfAThread() {
    SmallStack.run {
      for input in Self.inputs { _ = Grader().canonicalForm(input).printed }
    }
  }

  @Test func overTheBudgetSaysSo() {
    let grader = Grader()
    #expect(grader.canonicalForm("7^{7^{7^{7}}}").status == .fallback(.noValue))
    #expect(grader.canonicalForm(Self.nested("(", "1", ")", 200)).status == .fallback(.tooLarge))
    #expect(grader.canonicalForm("\\frac{1}{").status == .fallback(.syntax))
    #expect(grader.canonicalForm("  ").status == .fallback(.empty))
    #expect(grader.canonicalForm("\\frac12").status == .parsed)
    #expect(
      Grader(limits: GraderLimits(bytes: 3, tokens: 9, depth: 9, operations: 9, exactBits: 9))
        .canonicalForm("x+1=2").status == .fallback(.tooLarge))
  }

  @Test func longNumbersAreComparedDigitByDigit() {
    let digits = String(repeating: "7", count: 200_000)
    let grader = Grader()
    #expect(grader.areEqual(gold: digits, answer: digits))
    #expect(!grader.areEqual(gold: digits, answer: digits.dropLast() + "8"))
    #expect(grader.areEqual(gold: "7", answer: String(repeating: "0", count: 200_000) + "7"))
  }

  @Test func longListsAreUnordered() {
    let members = (0..<3_000).map { String($0 * 7) }
    let forward = members.joined(separator: ", ")
    #expect(Grader().areEqual(gold: forward, answer: members.reversed().joined(separator: ", ")))
    #expect(!Grader().areEqual(gold: forward, answer: members.dropLast().joined(separator: ", ")))
  }
}
