import Traces

/// A condition on problems as a user writes it: an SQL expression over the columns of a problem, and nothing more.
///
/// Only columns, literals, operators and a few harmless functions pass, so that no condition can reach beyond the
/// problem that it judges.
struct ProblemCondition {
  /// The checked expression, in parentheses.
  let sql: String

  static let columns = ["key", "dataset", "statement", "answer", "subject", "level"]
  private static let words: Set<String> = [
    "and", "or", "not", "in", "is", "null", "like", "glob", "between", "case", "when", "then", "else", "end", "cast",
    "as", "text", "integer", "real", "numeric", "collate", "nocase", "binary", "escape", "true", "false", "isnull",
    "notnull",
  ]
  private static let functions: Set<String> = [
    "lower", "upper", "length", "substr", "abs", "instr", "ifnull", "coalesce", "nullif", "trim", "replace", "typeof",
    "round", "min", "max",
  ]

  init(_ text: String) throws {
    var tokens = ConditionTokens(text)
    var depth = 0
    var isEmpty = true
    while let token = try tokens.next() {
      isEmpty = false
      switch token {
      case .word(let word): try Self.check(word, in: text)
      case .open: depth += 1
      case .close: depth -= 1
      case .other: break
      }
      guard depth >= 0 else { throw Self.unacceptable(text, message: "a closing parenthesis without an opening one") }
    }
    guard depth == 0 else { throw Self.unacceptable(text, message: "an opening parenthesis that is not closed") }
    guard !isEmpty else { throw Self.unacceptable(text, message: "nothing") }
    sql = "(\(text))"
  }

  private static func check(_ word: String, in text: String) throws {
    let lower = word.lowercased()
    guard columns.contains(lower) || words.contains(lower) || functions.contains(lower) else {
      throw unacceptable(text, message: "the unknown word \(quoted(word))")
    }
  }

  static func unacceptable(_ text: String, message: String) -> UnacceptableData {
    UnacceptableData(
      field: "--where \(quoted(text))", found: message,
      expected: "an SQL expression over the columns \(columns.joined(separator: ", "))",
      remedy: "for example: --where \"level = 5 AND subject = 'Algebra'\"")
  }
}

/// Cuts a condition into words, parentheses and the rest.
private struct ConditionTokens {
  enum Token {
    case word(String)
    case open
    case close
    case other
  }

  private let text: String
  private var rest: Substring.UnicodeScalarView

  init(_ text: String) {
    self.text = text
    rest = Substring(text).unicodeScalars
  }

  mutating func next() throws -> Token? {
    rest = rest.drop { $0.properties.isWhitespace }
    guard let first = rest.first else { return nil }
    if first == "'" || first == "\"" { return try quotation(of: first) }
    if Self.isLetter(first) { return word() }
    if Self.isDigit(first) || first == "." { return number() }
    rest.removeFirst()
    switch first {
    case "(": return .open
    case ")": return .close
    case "-" where rest.first == "-", "/" where rest.first == "*":
      throw ProblemCondition.unacceptable(text, message: "a comment")
    case "=", "<", ">", "!", "+", "-", "*", "/", "%", "|", "&", "~", ",": return .other
    default: throw ProblemCondition.unacceptable(text, message: "the character \(quoted(String(first)))")
    }
  }

  private mutating func quotation(of quote: Unicode.Scalar) throws -> Token {
    rest.removeFirst()
    guard let end = rest.firstIndex(of: quote) else {
      throw ProblemCondition.unacceptable(text, message: "a quotation that is not closed")
    }
    rest = rest[rest.index(after: end)...]
    return .other
  }

  private mutating func word() -> Token {
    let word = rest.prefix { Self.isLetter($0) || Self.isDigit($0) }
    rest = rest[word.endIndex...]
    return .word(String(word))
  }

  private mutating func number() -> Token {
    let number = rest.prefix { Self.isLetter($0) || Self.isDigit($0) || $0 == "." }
    rest = rest[number.endIndex...]
    return .other
  }

  private static func isLetter(_ scalar: Unicode.Scalar) -> Bool {
    ("a"..."z").contains(scalar) || ("A"..."Z").contains(scalar) || scalar == "_"
  }

  private static func isDigit(_ scalar: Unicode.Scalar) -> Bool { ("0"..."9").contains(scalar) }
}
