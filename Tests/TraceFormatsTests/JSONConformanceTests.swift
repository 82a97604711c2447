import Testing
import Traces

@testable import TraceFormats

/// Accepts or refuses a whole text.
private func check(_ bytes: [UInt8]) -> UnacceptableData? {
  bytes.withUnsafeBytes { buffer in
    var cursor = JSONCursor(buffer)
    do {
      try cursor.skip()
      try cursor.end()
      return nil
    } catch {
      return error as? UnacceptableData
    }
  }
}

private func check(_ text: String) -> UnacceptableData? { check(Array(text.utf8)) }

/// The cases of JSON parsing test suites, written by us: what RFC 8259 allows, forbids and leaves open.
@Suite struct JSONConformanceTests {
  @Test(arguments: [
    "[]", "{}", " [ ] ", "\t{\n}\r", "[[]]", "[{}]", "{\"\":0}", "{\"a\":{}}", "[1,2]", "[1 , 2]", "0", "-0", "-1",
    "1", "10", "123", "0.5", "1.25", "-0.0", "1e1", "1E1", "1e+1", "1E-1", "1.5e10", "0e1", "0e+1", "[-0]", "[1e00]",
    "true", "false", "null", "[null]", "[1,null,2]", "\"\"", "\"a\"", "\"a b\"", #""\"""#, #""\\""#, #""\/""#,
    #""\b\f\n\r\t""#, #""\u0041""#, #""\u00e9""#, #""\u00E9""#, #""\u0000""#, #""\ud83d\ude00""#, #""\uD834\uDD1E""#,
    #""\uffff""#, #""\u007f""#, "\"\u{7f}\"", "\"é\"", "\"日本\"", "\"😀\"", "\"\u{2028}\u{2029}\"", "\"\u{feff}\"",
    "\"\u{10ffff}\"", "{\"a\":1,\"a\":2}", "{\"a\":[1,{\"b\":null}]}", "{\"é\":1}", #"{"\u0061":1}"#,
    "[\"a\",1,true,null,{},[]]", "[\n1\n,\n2\n]", "-123.456e-7", "\"eight777\"", "\"seven77\"", "\"exactly fifteen\"",
    "9007199254740993", "123456789012345678901234567890", "[0.1e-100]",
  ])
  func takes(_ text: String) {
    #expect(check(text) == nil)
  }

  @Test(arguments: [
    "", " ", "[", "]", "{", "}", "[1", "[1,", "[1,]", "[,1]", "[,]", "[1,,2]", "[1 2]", "[1}", "{1:2}", "{\"a\"}",
    "{\"a\":}", "{\"a\":1,}", "{,\"a\":1}", "{\"a\":1,,\"b\":2}", "{\"a\" 1}", "{\"a\":1 \"b\":2}", "{a:1}", "{'a':1}",
    "{\"a\":1", "{\"a\":", "{\"a\"", "{\"a", "[\"a\"", "[\"a", "'a'", "\"a", "\"", "\"\\\"", "01", "-01", "00", "+1",
    ".5",
    "-.5", "1.", "1.e1", "1e", "1e+", "1e-", "-", "--1", "1-1", "0x1", "1_000", "1,000", "1a", "- 1", "1 .5", "1e 5",
    "1e1.5",
    "NaN", "nan", "Infinity", "-Infinity", "inf", "[NaN]", "True", "tru", "truee", "nul", "nulll", "None", "undefined",
    "\"\t\"", "\"\n\"", "\"\r\"", "\"\u{0}\"", "\"\u{1f}\"", #""\a""#, #""\x41""#, #""\u""#, #""\u1""#, #""\u12""#,
    #""\u123""#, #""\u12g4""#, #""\U0041""#, #""\'""#, "\"\\\n\"", "[1]x", "[1][2]", "1 2", "{}{}", "[1]#", "[1]//c",
    "/* c */ 1", "# c", "[1]\u{0}", "\u{feff}[]", "\u{a0}1", "\u{2028}1", "\u{c}1", "\u{b}1", "*", "[*]", "{\"a\":*}",
    "<a/>", "[\"a\":1]", "[\"a\",", "{\"a\":\"b\",", "{\"a\":/", "{]", "[}", "[[[", "[1.2.3]", "[１]", "\"a\\",
  ])
  func refuses(_ text: String) {
    let found = check(text)
    #expect(found != nil)
    #expect(found?.byte != nil)
  }

  /// Overlong forms, surrogates, bytes beyond U+10FFFF, stray and missing continuation bytes.
  @Test(
    arguments: [
      [0x80], [0xbf], [0xc0, 0xaf], [0xc1, 0xbf], [0xc3], [0xc3, 0x28], [0xe0, 0x80, 0xaf], [0xe0, 0x9f, 0xbf],
      [0xe2, 0x28, 0xa1], [0xe2, 0x82], [0xe2, 0x82, 0x28], [0xed, 0xa0, 0x80], [0xed, 0xbf, 0xbf],
      [0xf0, 0x80, 0x80, 0x80], [0xf0, 0x8f, 0xbf, 0xbf], [0xf0, 0x9f, 0x98], [0xf0, 0x9f, 0x98, 0x28],
      [0xf4, 0x90, 0x80, 0x80], [0xf5, 0x80, 0x80, 0x80], [0xfe], [0xff],
    ] as [[UInt8]])
  func refusesInvalidUTF8AtItsByte(_ bytes: [UInt8]) {
    for before in 0...9 {
      let text = Array("\"".utf8) + [UInt8](repeating: 0x61, count: before) + bytes + Array("\"".utf8)
      #expect(check(text)?.byte == 1 + before)
      #expect(check(Array("{".utf8) + text + Array(":1}".utf8)) != nil)
    }
    #expect(check(bytes) != nil)
  }

  /// The borders of every row of the table of well-formed sequences.
  @Test(
    arguments: [
      0x80, 0x7ff, 0x800, 0xfff, 0x1000, 0xcfff, 0xd000, 0xd7ff, 0xe000, 0xfffd, 0xffff, 0x10000, 0x3ffff, 0x40000,
      0xfffff, 0x100000, 0x10ffff,
    ] as [UInt32])
  func takesTheBordersOfUTF8(_ code: UInt32) throws {
    let scalar = try #require(Unicode.Scalar(code))
    let text = Array("\"ab\(Character(scalar))cdefghijk\"".utf8)
    let read = try text.withUnsafeBytes { buffer in
      var cursor = JSONCursor(buffer)
      return try cursor.string()
    }
    #expect(read == "ab\(Character(scalar))cdefghijk")
  }

  // What RFC 8259 leaves open, and what we do.

  /// Half a surrogate pair is grammatical but has no UTF-8: refused, since it could not be kept exactly.
  @Test(arguments: [
    #""\ud800""#, #""\udc00""#, #""\ud800\ud800""#, #""\ud800a""#, #""\udbff\u0041""#, #""x\ude00\ud83d""#,
  ])
  func refusesHalfSurrogatePairs(_ text: String) {
    #expect(check(text)?.found == "half of a surrogate pair")
  }

  /// Nesting is limited to 2048 levels, so that no text can exhaust the stack.
  @Test func limitsNesting() {
    func nested(_ depth: Int) -> String {
      String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
    }
    #expect(check(nested(2048)) == nil)
    #expect(check(nested(2049))?.found == "nesting deeper than 2048")
    #expect(check(String(repeating: "[", count: 100_000)) != nil)
    #expect(check(String(repeating: "{\"a\":", count: 100_000)) != nil)
  }

  /// Numbers beyond a double's range are grammatical and may be passed over, but are refused where they are read.
  @Test(arguments: ["1e309", "-1e309", "1e99999999999999", "123e4567"])
  func refusesToReadNumbersThatOverflow(_ text: String) {
    #expect(check(text) == nil)
    #expect(throws: UnacceptableData.self) {
      try Array(text.utf8).withUnsafeBytes { buffer in
        var cursor = JSONCursor(buffer)
        return try cursor.double()
      }
    }
  }

  @Test(arguments: ["NaN", "Infinity", "-Infinity"])
  func namesBareNotANumbers(_ word: String) {
    #expect(check("[1, \(word)]")?.found == "a bare \(word), which is not JSON")
    #expect(check("[1, \(word)]")?.byte == 4)
  }

  /// Every prefix of a valid text is refused, or is a number's.
  @Test func refusesEveryPrefix() {
    let text = #"{"a": [1.5e3, "x\n\u00e9 é", {"b": null, "c": true}], "d": ["long enough for eight bytes"]}"#
    let bytes = Array(text.utf8)
    #expect(check(bytes) == nil)
    for length in 0..<bytes.count { #expect(check(Array(bytes[..<length])) != nil) }
  }

  /// Every byte value at every place of a string: plain, escaped or refused, never read past.
  @Test func readsEveryByteAtEveryPlace() {
    for place in 0..<20 {
      for value in UInt8.min...UInt8.max {
        var text = [UInt8](repeating: 0x61, count: 20)
        text[place] = value
        let refused = check([0x22] + text + [0x22]) != nil
        let isPlain = value >= 0x20 && value < 0x80 && value != 0x22
        let escapesWell = value == 0x5c && place == 19 ? false : value != 0x5c
        // A backslash before `a` is no escape; a quote ends the string early.
        #expect(refused == !(isPlain && escapesWell))
      }
    }
  }
}
