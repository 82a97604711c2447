import Testing
import Traces

@testable import TraceFormats

@Suite("JSON strings, some bytes at a time")
struct JSONStringTests {
  /// Pieces of a string as they are written, and what they stand for.
  private static let pieces: [(written: String, text: String)] = [
    (#"\""#, "\""), (#"\\"#, "\\"), (#"\/"#, "/"), (#"\b"#, "\u{8}"), (#"\f"#, "\u{c}"), (#"\n"#, "\n"), (#"\r"#, "\r"),
    (#"\t"#, "\t"), (#"\u0041"#, "A"), (#"\u00e9"#, "\u{e9}"), (#"\u20AC"#, "\u{20ac}"),
    (#"\ud83d\ude00"#, "\u{1f600}"),
    ("\u{e9}", "\u{e9}"), ("\u{20ac}", "\u{20ac}"), ("\u{1f600}", "\u{1f600}"), ("\u{7f}", "\u{7f}"), ("{[,:", "{[,:"),
  ]

  private func read(_ json: String) throws -> (text: String, position: Int) {
    try Array(json.utf8).withUnsafeBytes { bytes in
      var cursor = JSONCursor(bytes)
      let text = try cursor.string()
      return (text, cursor.position)
    }
  }

  @Test("what is between escapes may have any length")
  func everyLength() throws {
    for piece in Self.pieces {
      for before in 0...40 {
        for after in [0, 1, 2, 15, 16, 17, 33] {
          let (start, end) = (String(repeating: "x", count: before), String(repeating: "y", count: after))
          let json = "\"\(start)\(piece.written)\(end)\(piece.written)\""
          for behind in ["", ",", ", \"and so on, for more than sixteen bytes\"]"] {
            let found = try read(json + behind)
            #expect(found.text == start + piece.text + end + piece.text)
            #expect(found.position == json.utf8.count)
          }
        }
      }
    }
  }

  @Test("texts of many kinds of pieces, one after the other from one cursor")
  func mixtures() throws {
    var generator = SeededPieces()
    for _ in 0..<300 {
      var expected: [String] = []
      var written: [String] = []
      for _ in 0..<1 + generator.next(6) {
        var (json, text) = ("", "")
        for _ in 0..<generator.next(40) {
          let piece = Self.pieces[generator.next(Self.pieces.count)]
          let plain = String(repeating: "z", count: generator.next(300) / (1 + generator.next(40)))
          json += plain + piece.written
          text += plain + piece.text
        }
        expected.append(text)
        written.append("\"\(json)\"")
      }
      let found = try Array("[\(written.joined(separator: ", "))]".utf8).withUnsafeBytes { bytes in
        var cursor = JSONCursor(bytes)
        return try cursor.strings()
      }
      #expect(found.map { Array($0.utf8) } == expected.map { Array($0.utf8) })
    }
  }

  @Test("what is wrong is found at its byte, wherever that is", arguments: ["\u{1}", #"\x"#, #"\ud83d"#, #"\u12G4"#])
  func faults(fault: String) throws {
    for before in 0...40 {
      for beginning in ["", #"\n"#] {
        let json = "\"\(beginning)" + String(repeating: "x", count: before) + fault + "and more than sixteen bytes\""
        let error = #expect(throws: UnacceptableData.self) { try read(json) }
        #expect(error?.byte == 1 + beginning.utf8.count + before)
      }
    }
  }

  @Test("invalid UTF-8 is found at its byte, or repaired where that is asked for")
  func invalidBytes() throws {
    for before in 0...40 {
      let json = [0x22] + [UInt8](repeating: 0x78, count: before) + [0xe2, 0x82, 0x22]
      json.withUnsafeBytes { bytes in
        var strict = JSONCursor(bytes)
        let error = #expect(throws: UnacceptableData.self) { try strict.string() }
        #expect(error?.byte == 1 + before)
        var repairing = JSONCursor(bytes)
        repairing.repairsText = true
        let repaired = try? repairing.string()
        #expect(repaired == String(repeating: "x", count: before) + "\u{FFFD}")
      }
    }
  }

  @Test("a string without an end is refused wherever it is cut")
  func cuts() {
    let whole = Array(#""sixteen plain bytes, \n \u20ac \ud83d\ude00 and \"more\" of them""#.utf8)
    for count in 1..<whole.count {
      whole[..<count].withUnsafeBytes { bytes in
        var cursor = JSONCursor(bytes)
        #expect(throws: UnacceptableData.self) { try cursor.string() }
      }
    }
  }

  private struct SeededPieces {
    private var state: UInt64 = 11

    mutating func next(_ bound: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % bound
    }
  }
}
