/// Ways to write the same answer, and other answers that look alike.
enum Rewriting {
  /// The answer with other fraction commands, sized parentheses, spaces, a box, dollars and a final period.
  static func all(_ answer: String) -> [String] {
    var result = [
      replace(answer, "\\frac", "\\dfrac"), replace(answer, "\\frac", "\\tfrac"), " " + answer + " ", answer + ".",
      "\\boxed{" + answer + "}",
    ]
    if !answer.contains("$") { result += ["$" + answer + "$", "\\(" + answer + "\\)", "\\[" + answer + "\\]"] }
    if !answer.contains("\\left") && count("(", answer) == count(")", answer) && !answer.contains("\\(") {
      result.append(replace(replace(answer, "(", "\\left("), ")", "\\right)"))
    }
    return result
  }

  /// The answer with each of its digits replaced by the next.
  static func digitChanges(_ answer: String) -> [String] {
    var bytes = Array(answer.utf8)
    var result: [String] = []
    for index in bytes.indices where bytes[index] >= 48 && bytes[index] <= 57 {
      let old = bytes[index]
      bytes[index] = old == 57 ? 49 : old + 1
      result.append(String(decoding: bytes, as: UTF8.self))
      bytes[index] = old
    }
    return result
  }

  /// Every brace that opens closes.
  static func isBalanced(_ answer: String) -> Bool { count("{", answer) == count("}", answer) }

  private static func replace(_ text: String, _ old: String, _ new: String) -> String {
    text.split(separator: old, omittingEmptySubsequences: false).joined(separator: new)
  }

  private static func count(_ character: Character, _ text: String) -> Int { text.count { $0 == character } }
}
