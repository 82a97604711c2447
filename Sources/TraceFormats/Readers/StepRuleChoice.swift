import Traces

/// The step rules that one line of a search-and-learn file agrees with.
struct StepRuleChoice {
  /// A reward model reads at least this many tokens, and a token has at least one byte: only longer texts can have been
  /// cut off by its window and have fewer scores than steps.
  static let smallestWindow = 2048

  private let row: SearchAndLearnRow
  private let counts: [StepCounts]
  /// The rules by which every completion has as many steps as scores.
  let exact: UInt32

  init(_ row: SearchAndLearnRow) {
    self.row = row
    counts = row.completions.map { completion in
      var text = completion
      return text.withUTF8 { StepCounts(UnsafeRawBufferPointer($0)) }
    }
    var exact = StepRule.all
    for (count, scores) in zip(counts, row.scores) where !scores.isEmpty { exact &= count.rules(giving: scores.count) }
    self.exact = exact
  }

  /// The rules that the line agrees with, the window of the reward model allowed for where no rule is exact.
  ///
  /// - Throws: `UnacceptableData` for the first completion that disagrees with the rule most likely to be meant.
  func rules(preference: [StepRule]) throws -> UInt32 {
    if exact != 0 { return exact }
    let cutOff = rulesWithWindow()
    if cutOff != 0 { return cutOff }
    let likely = preference.first ?? .paragraphs
    let index = row.scores.indices.first { index in
      !row.scores[index].isEmpty && counts[index][likely] != row.scores[index].count
    }
    throw disagreement(at: index ?? 0)
  }

  private func rulesWithWindow() -> UInt32 {
    var possible = StepRule.all
    var exactSomewhere: UInt32 = 0
    for (index, scores) in row.scores.enumerated() where !scores.isEmpty {
      let exact = counts[index].rules(giving: scores.count)
      exactSomewhere |= exact
      let isLong = row.completions[index].utf8.count >= Self.smallestWindow
      possible &= isLong ? counts[index].rules(givingAtLeast: scores.count) : exact
    }
    return possible & exactSomewhere
  }

  private func disagreement(at index: Int) -> UnacceptableData {
    let expectations = StepRule.allCases.map { "\(counts[index][$0]) (\($0.words))" }
    return UnacceptableData(
      field: "scores[\(index)]", found: "\(row.scores[index].count) scores",
      expected: "as many as completions[\(index)] has steps: " + expectations.joined(separator: ", or "),
      remedy: "the list was cut or belongs to another completion; --skip-invalid leaves the record out")
  }
}
