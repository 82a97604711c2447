import Foundation

/// Writes search-and-learn-shaped JSON lines: completions of about 1 kB in eight paragraphs, one score each.
struct SyntheticFile {
  let problems: Int
  let completions: Int

  private static let sentences = [
    "First we expand the product: $(x + 3)(x - 5) = x^2 - 2x - 15$, so the constant term is negative.",
    "Dividing both sides by $\\frac{3}{4}$ gives $y = \\frac{4}{3} \\cdot 12 = 16$, which is an integer.",
    "Since $\\sqrt{a^2 + b^2} \\le a + b$ for non-negative $a$ and $b$, the bound holds.",
    "We use the identity \\[\n\\sum_{k=1}^{n} k = \\frac{n(n+1)}{2}.\n\\]",
    "Therefore the remaining cases are \"even\" and \"odd\", and they are treated alike.",
  ]

  /// Writes the file.
  func write(to path: String) throws {
    guard FileManager.default.createFile(atPath: path, contents: nil),
      let file = FileHandle(forWritingAtPath: path)
    else { throw CocoaError(.fileWriteUnknown) }
    defer { try? file.close() }
    var state: UInt64 = 1
    for problem in 0..<problems {
      var line = #"{"problem": "Problem \#(problem)?", "answer": "\#(problem)", "subject": "Algebra", "level": 3, "#
      line += #""unique_id": "test/algebra/\#(problem).json", "completions": ["#
      line += (0..<completions).map { _ in completion(problem, &state) }.joined(separator: ", ") + #"], "scores": ["#
      line += (0..<completions).map { _ in scores(&state) }.joined(separator: ", ") + "]}\n"
      try file.write(contentsOf: Data(line.utf8))
    }
  }

  private func next(_ state: inout UInt64) -> UInt64 {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return state >> 11
  }

  private func completion(_ problem: Int, _ state: inout UInt64) -> String {
    var steps = (0..<7).map { step in
      let first = Int(next(&state) % 5)
      let second = Int(next(&state) % 5)
      return "## Step \(step + 1): \(Self.sentences[first]) \(Self.sentences[second].prefix(40))"
    }
    steps.append("Therefore the final answer is: $\\boxed{\(next(&state) % 2 == 0 ? problem : problem + 1)}$.")
    let text = steps.joined(separator: "\n\n")
    let escaped = text.replacingOccurrences(of: "\\", with: "\\\\").replacingOccurrences(of: "\"", with: "\\\"")
      .replacingOccurrences(of: "\n", with: "\\n")
    return "\"\(escaped)\""
  }

  private func scores(_ state: inout UInt64) -> String {
    // Single-precision numbers printed in double precision, as reward models' outputs are.
    "[" + (0..<8).map { _ in "\(Double(Float(next(&state)) * 0x1p-53))" }.joined(separator: ", ") + "]"
  }
}
