import Traces

/// The step rules that a record's completions and lists of scores agree with.
struct StepRuleChoice {
  /// A reward model reads at least this many tokens, and a token has at least one byte: only longer texts can have been
  /// cut off by its window and have fewer scores than steps.
  static let smallestWindow = 2048

  private let breaks: LineBreaks
  /// How many scores each completion has.
  private let scores: [Int]
  private let counts: [StepCounts]
  /// The rules by which every completion has as many steps as scores.
  let exact: UInt32

  /// Whether an empty list says that a completion was not scored, instead of disagreeing with its steps.
  private let emptyIsUnscored: Bool

  /// - Parameter emptyIsUnscored: Whether completions may have no scores at all.
  init(breaks: LineBreaks, scores: [Int], emptyIsUnscored: Bool = false) {
    self.breaks = breaks
    self.scores = scores
    self.emptyIsUnscored = emptyIsUnscored
    counts = breaks.indices.map { StepCounts(breaks[$0]) }
    var exact = StepRule.all
    for (count, scores) in zip(counts, scores) where scores > 0 || !emptyIsUnscored {
      exact &= count.rules(giving: scores)
    }
    self.exact = exact
  }

  /// The rules that the line agrees with, the window of the reward model allowed for where no rule is exact.
  ///
  /// - Parameter followed: The rule that most records of the file's beginning follow exactly, if any follows one. A window
  ///   may have ended in every completion of a record, or in one whose scores then are as many as another rule's steps.
  /// - Throws: `UnacceptableData` for the first completion that disagrees with the rule most likely to be meant.
  func rules(followed: StepRule?) throws -> UInt32 {
    // A record without any score shows no rule.
    let likely = scores.contains { $0 > 0 } ? followed?.bit ?? 0 : 0
    if exact & likely != 0 { return exact }
    let (possible, exactSomewhere) = rulesAllowingForWindow()
    if exact != 0 { return exact | possible & likely }
    let rules = possible & (exactSomewhere | likely)
    guard rules != 0 else { throw disagreement(at: disagreeing(with: followed ?? .paragraphs)) }
    return rules
  }

  /// The first completion that a rule gives another number of steps than it has scores.
  func disagreeing(with rule: StepRule) -> Int {
    let index = scores.indices.first { index in
      counts[index][rule] != scores[index] && !(scores[index] == 0 && emptyIsUnscored)
    }
    return index ?? 0
  }

  /// How many steps a rule gives a completion.
  func steps(of index: Int, by rule: StepRule) -> Int { counts[index][rule] }

  /// The rules by which completions have as many steps as scores, or more where a window may have ended, and one at least
  /// as many.
  func rulesWithWindow() -> UInt32 {
    let (possible, exactSomewhere) = rulesAllowingForWindow()
    return possible & exactSomewhere
  }

  private func rulesAllowingForWindow() -> (possible: UInt32, exactSomewhere: UInt32) {
    var possible = StepRule.all
    var exactSomewhere: UInt32 = 0
    for (index, scores) in scores.enumerated() where scores > 0 || !emptyIsUnscored {
      let exact = counts[index].rules(giving: scores)
      exactSomewhere |= exact
      let isLong = breaks[index].count >= Self.smallestWindow
      possible &= isLong ? counts[index].rules(givingAtLeast: scores) : exact
    }
    return (possible, exactSomewhere)
  }

  /// - Parameter other: What a rule gives that is tried before these, in words.
  func disagreement(at index: Int, other: String? = nil) -> UnacceptableData {
    let expectations = (other.map { [$0] } ?? []) + StepRule.allCases.map { "\(counts[index][$0]) (\($0.words))" }
    return UnacceptableData(
      field: "[\(index)]", found: scores[index].counted("score"),
      expected: "as many as text \(index) has steps: " + expectations.joined(separator: ", or "),
      remedy: "the list was cut or belongs to another completion; --skip-invalid leaves the record out")
  }

  /// The first rule in an order that any record follows exactly.
  static func followed(among choices: [StepRuleChoice], in preference: [StepRule]) -> StepRule? {
    preference.first { rule in choices.contains { $0.exact & rule.bit != 0 } }
  }

  /// The order in which rules are tried: by the number of records that agree with them.
  static func preference(among choices: [StepRuleChoice]) -> [StepRule] {
    var votes = [Int](repeating: 0, count: StepRule.allCases.count)
    for choice in choices {
      for rule in StepRule.allCases where choice.exact & rule.bit != 0 { votes[rule.rawValue] += 1 }
    }
    return StepRule.allCases.sorted { left, right in
      (votes[right.rawValue], left.rawValue) < (votes[left.rawValue], right.rawValue)
    }
  }

  /// Where each completion's steps end by a rule.
  func ends(by rule: StepRule) -> [SharedNumbers<Int32>] {
    var block: [Int32] = []
    block.reserveCapacity(scores.reduce(0) { $0 + max($1, 1) })
    var lastOnes: [Int] = []
    lastOnes.reserveCapacity(scores.count)
    for index in breaks.indices {
      // A completion without scores has its steps all the same.
      let steps = scores[index] == 0 ? max(1, counts[index][rule]) : scores[index]
      rule.addEnds(of: breaks[index], steps: steps, to: &block)
      lastOnes.append(block.count)
    }
    return SharedNumbers.lists(in: block, ends: lastOnes)
  }
}
