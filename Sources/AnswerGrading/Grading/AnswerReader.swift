/// Reads one answer: tokens, tree, form.
struct AnswerReader {
  private let source: String
  private let limits: GraderLimits
  private var bytes: [UInt8]
  private var tokens: [Token] = []

  init(_ source: String, _ limits: GraderLimits) {
    self.source = source
    self.limits = limits
    bytes = Array(source.utf8)
  }

  mutating func read() -> CanonicalForm {
    guard tokenize() else { return rawFallback(.tooLarge) }
    if tokens.isEmpty { return reasonFallback(.empty) }
    if let time = TimeReader.read(tokens, bytes) { return form(time) }
    ChoiceReader.dropTitle(&tokens, bytes)
    ChoiceReader.strip(&tokens)
    if let phrase = PhraseReader.read(tokens, bytes) { return form(phrase) }
    return parse()
  }

  /// Splits the answer into tokens; false when it is too long.
  private mutating func tokenize() -> Bool {
    if bytes.count > limits.bytes { return false }
    bytes = Transliteration.ascii(bytes)
    var lexer = Lexer(bytes, limit: limits.tokens)
    lexer.run()
    tokens = lexer.tokens
    TokenTrimmer.trim(&tokens)
    return !lexer.truncated
  }

  /// The canonical form in writing, or the source where there is none.
  mutating func printed() -> String {
    guard tokenize(), !tokens.isEmpty else { return source }
    if TimeReader.read(tokens, bytes) != nil || PhraseReader.read(tokens, bytes) != nil { return source }
    ChoiceReader.dropTitle(&tokens, bytes)
    ChoiceReader.strip(&tokens)
    var parser = Parser(bytes: bytes, tokens: tokens, depthLimit: limits.depth)
    guard let root = try? parser.parse() else { return source }
    var printer = Printer(parser.tree, limits)
    return printer.text(root)
  }

  private mutating func parse() -> CanonicalForm {
    var parser = Parser(bytes: bytes, tokens: tokens, depthLimit: limits.depth)
    do {
      let root = try parser.parse()
      var canonicalizer = Canonicalizer(parser.tree, limits)
      let form = try canonicalizer.form(root)
      let status: CanonicalForm.Status = canonicalizer.usedStructure ? .fallback(.noValue) : .parsed
      return self.form(form, status)
    } catch let failure as ParseFailure {
      return failed(failure)
    } catch {
      return reasonFallback(.noValue)
    }
  }

  private func form(_ form: Form, _ status: CanonicalForm.Status = .parsed) -> CanonicalForm {
    let textKey = status == .parsed ? nil : TextKey.key(tokens, bytes)
    return CanonicalForm(
      source: source, status: status, key: form.key, details: FormDetails(form: form, textKey: textKey))
  }

  /// The key of the normalised text of the answer.
  mutating func textKey() -> ClassKey? {
    guard tokenize() else { return nil }
    ChoiceReader.dropTitle(&tokens, bytes)
    ChoiceReader.strip(&tokens)
    return TextKey.key(tokens, bytes)
  }

  private func failed(_ failure: ParseFailure) -> CanonicalForm {
    switch failure {
    case .empty: return reasonFallback(.empty)
    case .depth: return reasonFallback(.tooLarge)
    case .syntax, .words:
      // Prose is an answer of its own kind.
      let prose = tokens.contains { $0.kind == .word }
      let key = TextKey.key(tokens, bytes)
      return CanonicalForm(
        source: source, status: prose ? .parsed : .fallback(.syntax), key: key,
        details: FormDetails(form: Form(.text, key), textKey: key))
    }
  }

  private func reasonFallback(_ reason: CanonicalForm.FallbackReason) -> CanonicalForm {
    let key = TextKey.key(tokens, bytes)
    return CanonicalForm(
      source: source, status: .fallback(reason), key: key,
      details: FormDetails(form: Form(.text, key), textKey: key))
  }

  /// The bytes themselves, for answers that are too long to split.
  private func rawFallback(_ reason: CanonicalForm.FallbackReason) -> CanonicalForm {
    var builder = KeyBuilder(.text)
    builder.add(Commands.hash(bytes))
    builder.add(bytes.count)
    let key = builder.key
    return CanonicalForm(
      source: source, status: .fallback(reason), key: key,
      details: FormDetails(form: Form(.text, key), textKey: key))
  }
}

extension Parser {
  /// The root of the answer's tree.
  mutating func parse() throws(ParseFailure) -> Int32 {
    if let base = parseLetterDigits() { return base }
    position = 0
    return try parseAnswer()
  }
}

/// The key of an answer as a string: tokens without spaces, fonts and layout.
enum TextKey {
  static func key(_ tokens: [Token], _ bytes: [UInt8]) -> ClassKey {
    let prose = tokens.contains { $0.kind == .word }
    var builder = KeyBuilder(.text)
    for token in tokens {
      switch token.kind {
      case .word: for byte in bytes[Int(token.start)..<Int(token.end)] { builder.add(UInt64(byte.lowercased)) }
      case .letter:
        let letter = UInt8(truncatingIfNeeded: token.code)
        builder.add(UInt64(prose || token.flags.contains(.upright) ? letter.lowercased : letter))
      case .number:
        for byte in bytes[Int(token.start)..<Int(token.end)] where byte != UInt8(ascii: ",") && byte != 32 {
          builder.add(UInt64(byte))
        }
        builder.add(257)
      case .period: break
      case .openBrace, .closeBrace: if !prose { builder.add(UInt64(token.kind.rawValue) + 1_000) }
      default:
        builder.add(UInt64(token.kind.rawValue) + 1_000)
        builder.add(Int(token.code))
      }
    }
    return builder.key
  }
}

extension UInt8 {
  var lowercased: UInt8 { isUppercase ? self | 32 : self }
}
