import Traces

/// A YAML text in which byte order marks inside of texts are written as another character, and back.
///
/// Yams drops a mark that a scalar begins with. A character of the private area that the text does not use, raw or as
/// an escape, stands for it while the text is parsed.
struct YAMLText {
  /// The text to parse.
  let text: String
  /// Bytes of the text as it was, and of what stands for them.
  private let pairs: [(mark: [UInt8], stand: [UInt8])]

  /// - Throws: `UnacceptableData` for invalid UTF-8.
  init(_ document: UnsafeRawBufferPointer) throws {
    let mark = Array("\u{FEFF}".utf8)
    let content = UnsafeRawBufferPointer(rebasing: document[(document.starts(with: mark) ? mark.count : 0)...])
    guard let whole = String(validating: content, as: UTF8.self) else {
      throw UnacceptableData(found: "bytes that are not valid UTF-8", expected: "UTF-8 text")
    }
    let escapes = [Array(#"\uFEFF"#.utf8), Array(#"\ufeff"#.utf8)]
    guard ([mark] + escapes).contains(where: { content.firstIndex(of: $0) != nil }) else {
      text = whole
      pairs = []
      return
    }
    let bytes = Array(content)
    guard let free = Self.unused(in: whole) else {
      throw UnacceptableData(found: "byte order marks and every private character", expected: "text")
    }
    let digits = String(free.value, radix: 16)
    let stands = [String(free), "\\u" + digits.uppercased(), "\\u" + digits].map { Array($0.utf8) }
    pairs = zip([mark] + escapes, stands).map { (mark: $0, stand: $1) }
    text = String(
      decoding: pairs.reduce(bytes) { text, pair in Self.replacing(pair.mark, by: pair.stand, in: text) }, as: UTF8.self
    )
  }

  /// A scalar as it was.
  func restored(_ scalar: String) -> String {
    guard !pairs.isEmpty else { return scalar }
    return String(
      decoding: pairs.reduce(Array(scalar.utf8)) { text, pair in Self.replacing(pair.stand, by: pair.mark, in: text) },
      as: UTF8.self)
  }

  /// A character of the private area that a text has neither raw nor as an escape.
  private static func unused(in text: String) -> Unicode.Scalar? {
    var lower = text.lowercased()
    return lower.withUTF8 { lower in
      let bytes = UnsafeRawBufferPointer(lower)
      return (UInt32(0xe0a0)...0xf8ff).lazy.compactMap { Unicode.Scalar($0) }.first { scalar in
        bytes.firstIndex(of: Array(String(scalar).utf8)) == nil
          && bytes.firstIndex(of: Array("\\u\(String(scalar.value, radix: 16))".utf8)) == nil
      }
    }
  }

  private static func replacing(_ old: [UInt8], by new: [UInt8], in text: [UInt8]) -> [UInt8] {
    text.withUnsafeBytes { bytes in
      var pieces = bytes.pieces(between: old)
      let last = pieces.removeLast()
      var result: [UInt8] = []
      for piece in pieces { result += bytes[piece] + new }
      return result + bytes[last]
    }
  }
}
