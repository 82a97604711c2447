import Traces

/// A reward model's rule for cutting a completion into the steps that it scores (search-and-learn at 6f81cac,
/// `src/sal/models/reward_models.py` and `skywork_o1_prm/io_utils.py`).
///
/// Every rule is a separator and whether an empty last part is a step. A rule's raw value is its bit in
/// `ParsedLine.conventions`.
enum StepRule: Int, CaseIterable, Sendable {
  /// RLHFlow and Qwen: each part between blank lines, an empty last part included.
  case paragraphs
  /// Math-Shepherd: the same, but a blank line at the end ends the last step and begins none.
  case paragraphsEnded
  /// Skywork: each line, an empty last one included.
  case lines
  /// Each line; a line break at the end ends the last step and begins none.
  case linesEnded

  /// The rule in words.
  var words: String {
    switch self {
    case .paragraphs: "parts between blank lines, an empty last part included (RLHFlow, Qwen)"
    case .paragraphsEnded: "parts between blank lines, no empty last part (Math-Shepherd)"
    case .lines: "lines, an empty last line included (Skywork)"
    case .linesEnded: "lines, no empty last line"
    }
  }

  /// The text between two steps.
  var delimiter: String {
    switch self {
    case .paragraphs, .paragraphsEnded: "\n\n"
    case .lines, .linesEnded: "\n"
    }
  }

  /// The rule's bit in a set of rules.
  var bit: UInt32 { 1 << UInt32(rawValue) }

  /// All rules as a set.
  static let all: UInt32 = allCases.reduce(0) { $0 | $1.bit }

  /// Adds the places where steps end when the first `steps` are kept apart and all that follows belongs to the last.
  ///
  /// - Parameters:
  ///   - text: A text's line breaks.
  ///   - steps: One at least.
  ///   - ends: Takes one a step.
  func addEnds(of text: LineBreaks.OfText, steps: Int, to ends: inout [Int32]) {
    let isParagraphs = self == .paragraphs || self == .paragraphsEnded
    var missing = steps - 1
    var index = text.places.startIndex
    while missing > 0, index < text.places.endIndex {
      let isPair = index + 1 < text.places.endIndex && text.places[index + 1] == text.places[index] + 1
      if !isParagraphs || isPair {
        ends.append(text.places[index])
        missing -= 1
      }
      index += isParagraphs && isPair ? 2 : 1
    }
    ends.append(Int32(clamping: text.count))
  }
}

/// How many steps a text has by every rule.
struct StepCounts {
  private var paragraphBreaks = 0
  private var lineBreaks = 0
  private var endsWithParagraph = false
  private var endsWithLine = false

  init(_ text: LineBreaks.OfText) {
    let places = text.places
    lineBreaks = places.count
    var isSecond = false
    for index in places.indices.dropFirst() {
      // A third line break in a row begins the next paragraph.
      isSecond = !isSecond && places[index - 1] == places[index] - 1
      if isSecond { paragraphBreaks += 1 }
    }
    endsWithLine = places.last.map { Int($0) == text.count - 1 } ?? false
    endsWithParagraph = endsWithLine && places.count > 1 && Int(places[places.endIndex - 2]) == text.count - 2
  }

  subscript(rule: StepRule) -> Int {
    switch rule {
    case .paragraphs: paragraphBreaks + 1
    case .paragraphsEnded: paragraphBreaks + (endsWithParagraph ? 0 : 1)
    case .lines: lineBreaks + 1
    case .linesEnded: lineBreaks + (endsWithLine ? 0 : 1)
    }
  }

  /// The rules by which there are so many steps, as a set of their bits.
  func rules(giving steps: Int) -> UInt32 {
    StepRule.allCases.reduce(0) { set, rule in self[rule] == steps ? set | rule.bit : set }
  }

  /// The rules by which there are so many steps or more.
  func rules(givingAtLeast steps: Int) -> UInt32 {
    StepRule.allCases.reduce(0) { set, rule in self[rule] >= steps ? set | rule.bit : set }
  }
}
