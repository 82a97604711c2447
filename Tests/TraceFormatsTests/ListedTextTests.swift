import Testing
import Traces

@testable import TraceFormats

@Suite("Lists of texts in one block")
struct ListedTextTests {
  private func read(_ json: String) throws -> (texts: [SharedText], breaks: LineBreaks) {
    try Array(json.utf8).withUnsafeBytes { bytes in
      var cursor = JSONCursor(bytes)
      let read = try cursor.texts()
      try cursor.end()
      return read
    }
  }

  @Test("texts are what strings are, and their lines end where they are looked for")
  func agreement() throws {
    let pieces = [
      #"\n"#, #"\u000a"#, #"\u000A\n"#, "plain text of some length, and more", #"\\n"#, "é", #"\ud83d\ude00"#, "",
    ]
    var state: UInt64 = 5
    func random(_ bound: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % bound
    }
    for _ in 0..<300 {
      let written = (0..<random(6)).map { _ in
        "\"" + (0..<random(12)).map { _ in pieces[random(pieces.count)] }.joined() + "\""
      }
      let json = "[" + written.joined(separator: " , ") + "]"
      let (texts, breaks) = try read(json)
      let strings = try Array(json.utf8).withUnsafeBytes { bytes in
        var cursor = JSONCursor(bytes)
        return try cursor.strings()
      }
      #expect(texts.map { Array($0.string.utf8) } == strings.map { Array($0.utf8) })
      let searched = LineBreaks(of: strings.map { SharedText($0) })
      #expect(breaks.indices == searched.indices)
      for index in breaks.indices {
        #expect(Array(breaks[index].places) == Array(searched[index].places))
        #expect(breaks[index].count == strings[index].utf8.count)
      }
      #expect(texts.allSatisfy { $0.lies(in: texts[0].block) })
    }
  }

  @Test(
    "what is no list of strings is refused", arguments: ["{}", "[1]", #"["a" "b"]"#, #"["a"#, #"["\x"]"#, #"["a",]"#])
  func refusals(json: String) {
    #expect(throws: UnacceptableData.self) { try read(json) }
  }
}
