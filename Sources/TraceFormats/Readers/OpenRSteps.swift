import Traces

/// The steps of a record's texts: the rules that agree with its values, and where the steps end by a rule.
struct OpenRSteps {
  private let texts: [SharedText]
  /// How many values each text has.
  private let values: [Int]
  /// The texts without their marks, where any has marks; no other rule is tried then.
  private let marked: [MarkedText]?
  private let completions: StepRuleChoice
  /// The same with only those line breaks that lie between parts which are not blank: its `paragraphs` are OpenR's.
  private let filled: StepRuleChoice
  /// The rules by which every text with values has as many steps, as a set of their bits.
  let exact: UInt32

  /// - Parameters:
  ///   - texts: The texts as they are written.
  ///   - values: How many values each has; none where it was not scored.
  init(texts: [SharedText], values: [Int]) {
    self.texts = texts
    self.values = values
    marked = texts.contains(where: MarkedText.isMarked) ? texts.map(MarkedText.init) : nil
    completions = StepRuleChoice(breaks: LineBreaks(of: texts), scores: values, emptyIsUnscored: true)
    filled = StepRuleChoice(breaks: LineBreaks(betweenFilledPartsOf: texts), scores: values, emptyIsUnscored: true)
    guard let marked else {
      exact = Self.rules(filled.exact, completions.exact)
      return
    }
    let agrees = zip(marked, values).allSatisfy { $1 == 0 || $0.ends.count == $1 }
    exact = agrees ? OpenRStepRule.marks.bit : 0
  }

  /// Whether any text has several steps by the rules of the two programs.
  static func areSeveral(in texts: [SharedText]) -> Bool {
    let breaks = LineBreaks(betweenFilledPartsOf: texts)
    return texts.indices.contains { index in
      MarkedText.isMarked(texts[index])
        ? MarkedText(texts[index]).ends.count > 1 : StepCounts(breaks[index])[.paragraphs] > 1
    }
  }

  /// The rules that the record agrees with, the window of the reward model allowed for where no rule is exact.
  ///
  /// - Throws: `UnacceptableData` for the first text that disagrees with the programs' own rule.
  func rules() throws -> UInt32 {
    if exact != 0 { return exact }
    if let marked { throw disagreement(with: marked) }
    let cutOff = Self.rules(filled.rulesWithWindow(), completions.rulesWithWindow())
    if cutOff != 0 { return cutOff }
    let index = filled.disagreeing(with: .paragraphs)
    throw completions.disagreement(
      at: index, other: "\(filled.steps(of: index, by: .paragraphs)) (\(OpenRStepRule.filledParagraphs.words))")
  }

  private static func rules(_ filled: UInt32, _ completions: UInt32) -> UInt32 {
    (filled & StepRule.paragraphs.bit != 0 ? OpenRStepRule.filledParagraphs.bit : 0) | completions << 1
  }

  private func disagreement(with marked: [MarkedText]) -> UnacceptableData {
    let index = values.indices.first { values[$0] > 0 && values[$0] != marked[$0].ends.count } ?? 0
    return UnacceptableData(
      field: "[\(index)]", found: values[index].counted("score"),
      expected: "as many as text \(index) has steps: \(marked[index].ends.count) (\(OpenRStepRule.marks.words))",
      remedy: "the list was cut or belongs to another completion; --skip-invalid leaves the record out")
  }

  /// The texts as they are kept, and where their steps end by a rule.
  func cut(by rule: OpenRStepRule) -> [(text: SharedText, ends: SharedNumbers<Int32>)] {
    switch rule {
    case .marks: (marked ?? texts.map(MarkedText.init)).map { ($0.content, SharedNumbers($0.ends)) }
    case .filledParagraphs: Array(zip(texts, filled.ends(by: .paragraphs)).map { ($0, $1) })
    case .completion(let rule): Array(zip(texts, completions.ends(by: rule)).map { ($0, $1) })
    }
  }
}

extension LineBreaks {
  private static let blankLine = Array("\n\n".utf8)

  /// The pairs of line breaks between which no part is blank: what is blank belongs to the part before it, or to the
  /// first one.
  init(betweenFilledPartsOf texts: [SharedText]) {
    self.init()
    var start = 0
    for text in texts {
      var breaks: [Int] = []
      text.withUTF8 { bytes in
        var hasPart = false
        for piece in bytes.pieces(between: Self.blankLine) where !bytes[piece].allSatisfy(\.isBlank) {
          if hasPart { breaks += [start + piece.lowerBound - 2, start + piece.lowerBound - 1] }
          hasPart = true
        }
      }
      start += text.count
      add(breaks, ofTextUpTo: start)
    }
  }
}
