/// The removal of units in Qwen2.5-Math's normalisation.
enum QwenUnits {
  /// Removes every unit word that no letter, digit or underscore touches, one word after the other in the order of
  /// the list, twice. A removal that would leave nothing is not done.
  ///
  /// The character before a unit and the one behind it stay, and the one behind it is not looked at again: of `5 m m`
  /// one round leaves the second m. (The original replaces `(^|\\W)unit($|\\W)` by its two groups.)
  static func remove(from text: inout ScalarText) {
    let letters = letters(of: text.scalars)
    for _ in 0..<2 {
      for unit in units where unit.letters & ~letters == 0 {
        let rest = removing(unit.pattern, from: text.scalars)
        if let rest, !rest.isEmpty { text.scalars = rest }
      }
    }
  }

  /// The text without a unit, nil where it does not occur.
  private static func removing(_ pattern: [UInt32], from text: [UInt32]) -> [UInt32]? {
    var output: [UInt32] = []
    var copied = 0
    var index = 0
    while index < text.count {
      guard let start = startOfUnit(pattern, in: text, at: index) else {
        index += 1
        continue
      }
      output += text[copied..<start]
      copied = start + pattern.count
      index = max(copied + 1, index + 1)
    }
    if copied == 0 { return nil }
    output += text[copied...]
    return output
  }

  /// Where the unit begins in a match of the original's expression at an index: there, at the beginning of the text,
  /// or behind a character that is no part of a word.
  private static func startOfUnit(_ pattern: [UInt32], in text: [UInt32], at index: Int) -> Int? {
    if index == 0, matches(pattern, in: text, at: 0) { return 0 }
    guard index + 1 < text.count, text[index + 1] == pattern[0] else { return nil }
    return !CharacterClass.isWord(text[index]) && matches(pattern, in: text, at: index + 1) ? index + 1 : nil
  }

  /// Whether the unit stands at an index with no part of a word behind it. A period in a unit stands for any character,
  /// as it does in the original's expression.
  private static func matches(_ pattern: [UInt32], in text: [UInt32], at start: Int) -> Bool {
    let end = start + pattern.count
    guard end <= text.count else { return false }
    for offset in 0..<pattern.count
    where pattern[offset] != text[start + offset] && pattern[offset] != UInt32(ASCII.period) {
      return false
    }
    return end == text.count || !CharacterClass.isWord(text[end])
  }

  /// A set of code points, folded to 64 bits: a unit whose set is not within the text's cannot occur in it.
  private static func letters(of text: [UInt32]) -> UInt64 {
    text.reduce(0) { $0 | 1 << UInt64($1 & 63) }
  }

  private struct Unit {
    let pattern: [UInt32]
    let letters: UInt64

    init(_ name: Substring, suffix: String) {
      pattern = (name + suffix).unicodeScalars.map(\.value)
      letters = QwenUnits.letters(of: pattern.filter { $0 != UInt32(ASCII.period) })
    }
  }

  /// All words, then all words with an s.
  private static let units: [Unit] = {
    let words = unitWords.split(separator: "|")
    return words.map { Unit($0, suffix: "") } + words.map { Unit($0, suffix: "s") }
  }()
}

/// The unit words of Qwen2.5-Math (`unit_texts` in `evaluation/parser.py`, "mainly from MathQA"), in their order, which
/// decides what remains.
private let unitWords = """
  east|degree|mph|kmph|ft|m sqaure| m east|sq m|deg|mile|q .|monkey|prime|ratio|profit of rs|rd|o|gm|\
  p . m|lb|tile|per|dm|lt|gain|ab|way|west|a .|b .|c .|d .|e .|f .|g .|h .|t|a|h|no change|men|\
  soldier|pie|bc|excess|st|inches|noon|percent|by|gal|kmh|c|acre|rise|a . m|th|π r 2|sq|mark|l|toy|\
  coin|sq . m|gallon|° f|profit|minw|yr|women|feet|am|pm|hr|cu cm|square|v â € ™|are|rupee|rounds|\
  cubic|cc|mtr|s|ohm|number|kmph|day|hour|minute|min|second|man|woman|sec|cube|mt|sq inch|mp|∏ cm ³|\
  hectare|more|sec|unit|cu . m|cm 2|rs .|rs|kg|g|month|km|m|cm|mm|apple|liter|loss|yard|pure|year|\
  increase|decrease|d|less|Surface|litre|pi sq m|s .|metre|meter|inch
  """
