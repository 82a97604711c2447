import Testing

@testable import TraceFormats

@Suite("Searching in bytes")
struct ByteSearchTests {
  /// All texts of a length over two letters.
  private func texts(_ length: Int) -> [[UInt8]] {
    (0..<(1 << length)).map { number in (0..<length).map { UInt8(ascii: "a") + UInt8(number >> $0 & 1) } }
  }

  @Test("a text is found at its first place at or after an offset")
  func firstPlace() {
    for text in (0...6).flatMap(texts) {
      for word in (1...3).flatMap(texts) {
        for start in 0...text.count + 1 {
          let found = text.withUnsafeBytes { $0.firstIndex(of: word, from: start) }
          let expected = (start..<max(start, text.count)).first { text[$0...].starts(with: word) }
          #expect(found == expected, "\(word) in \(text) from \(start)")
        }
      }
    }
  }

  @Test("pieces and separators make the text again, and no piece holds the separator")
  func pieces() {
    for text in (0...7).flatMap(texts) {
      for separator in (1...3).flatMap(texts) {
        let pieces = text.withUnsafeBytes { bytes in bytes.pieces(between: separator).map { Array(bytes[$0]) } }
        #expect(Array(pieces.joined(separator: separator)) == text)
        for piece in pieces {
          #expect(piece.withUnsafeBytes { $0.firstIndex(of: separator) } == nil)
        }
      }
    }
  }

  @Test("a text holds another byte by byte")
  func holding() {
    #expect("a<extra_0>b".holds("<extra_0>") && !"a<extra_1>".holds("<extra_0>") && !"".holds("x"))
    #expect("e\u{301}".holds("e") && !"\u{e9}".holds("e"))
  }

  @Test("strings are cut by their bytes, whatever their characters are")
  func strings() {
    #expect("".pieces(between: "x") == [""])
    #expect("a\r\n\r\nb\n\n".pieces(between: "\n") == ["a\r", "\r", "b", "", ""])
    #expect("e\u{301}xe".pieces(between: "e") == ["", "\u{301}x", ""])
  }
}
