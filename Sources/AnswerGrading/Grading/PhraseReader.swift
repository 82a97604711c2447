/// Words and phrases that name a number or a set.
enum PhraseReader {
  /// The form of a phrase; nil when the tokens are anything but a known phrase.
  static func read(_ tokens: [Token], _ bytes: [UInt8]) -> Form? {
    guard tokens.count <= 5, tokens[0].kind == .word else { return nil }
    var text: [UInt8] = []
    for token in tokens {
      guard token.kind == .word || token.kind == .letter else { return nil }
      text += bytes[Int(token.start)..<Int(token.end)].map(\.lowercased)
    }
    let hash = Commands.hash(text)
    if let value = numbers[hash] {
      var form = Form(.scalar, Number.rationalKey(value, 1))
      form.value = .rational(value, 1)
      return form
    }
    guard let region = regions[hash] else { return nil }
    return Canonicalizer(SyntaxTree(), .standard).form(of: region)
  }

  private static let numbers: [UInt64: Int64] = {
    let words = [
      "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
      "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty",
    ]
    var table: [UInt64: Int64] = [:]
    for (value, word) in words.enumerated() { table[Commands.hash(word.utf8)] = Int64(value) }
    return table
  }()

  private static let regions: [UInt64: Region] = {
    var table: [UInt64: Region] = [:]
    for phrase in ["nosolution", "nosolutions", "norealsolution", "norealsolutions", "emptyset", "theemptyset"] {
      table[Commands.hash(phrase.utf8)] = .empty
    }
    for phrase in ["allrealnumbers", "allreals", "realnumbers", "therealnumbers", "allrealnumber"] {
      table[Commands.hash(phrase.utf8)] = .reals
    }
    return table
  }()
}
