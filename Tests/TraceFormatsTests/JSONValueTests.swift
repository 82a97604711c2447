import Foundation
import Testing
import Traces

@testable import TraceFormats

private func double(_ text: String) throws -> Double {
  try Array(text.utf8).withUnsafeBytes { buffer in
    var cursor = JSONCursor(buffer)
    let value = try cursor.double()
    try cursor.end()
    return value
  }
}

@Suite struct JSONValueTests {
  /// The same bits as the C library's strtod for the shortest and the 17-digit form of random doubles of all sizes.
  @Test func readsDoublesBitForBit() throws {
    var state: UInt64 = 0x1234_5678_9abc_def0
    for round in 0..<20_000 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      let value = round % 2 == 0 ? Double(bitPattern: state) : Double(state >> 11) * 0x1p-53
      guard value.isFinite else { continue }
      for text in [
        "\(value)", String(format: "%.17g", value), String(format: "%.15f", value), String(format: "%.6g", value),
      ] {
        #expect(try double(text).bitPattern == strtod(text, nil).bitPattern, "\(text)")
      }
    }
  }

  /// Halfway cases, borders of the exact ways, extremes.
  @Test(arguments: [
    "0", "-0", "0.0", "9007199254740992", "9007199254740993", "9007199254740994", "9007199254740995", "0.1", "0.3",
    "1e22", "1e23", "1e-22", "1e-23", "8.41e21", "9.5e-22", "1.7976931348623157e308", "4.9e-324",
    "2.4703282292062327e-324",
    "2.4703282292062328e-324", "2.2250738585072014e-308", "2.2250738585072011e-308",
    "0.9999999999999999444888487687421729",
    "0.99999999999999994448884876874217297882", "9999999999999999999", "18446744073709551615", "18446744073709551616",
    "0.5000000000000000000000000001", "1.0000000000000002220446049250313", "0.9998658895492554", "0.12345678901234567",
    "1234567890123456789e-19", "9999999999999999999e-19", "9007199254740993e-1", "5e-324", "1e-400", "0e999999",
    "0.000000000000000000000000000000000000000001", "100000000000000000000000000000000000000000",
  ])
  func agreesWithTheCLibrary(_ text: String) throws {
    #expect(try double(text).bitPattern == strtod(text, nil).bitPattern)
  }

  @Test func readsWholeNumbers() throws {
    func integer(_ text: String) throws -> Int {
      try Array(text.utf8).withUnsafeBytes { buffer in
        var cursor = JSONCursor(buffer)
        return try cursor.integer()
      }
    }
    #expect(try integer("0") == 0)
    #expect(try integer("-17") == -17)
    #expect(try integer("7.0") == 7)
    #expect(try integer("1e3") == 1000)
    #expect(try integer("123456789012345678") == 123_456_789_012_345_678)
    for text in ["1.5", "1e30", "\"1\"", "true", "[1]", "NaN"] {
      #expect(throws: UnacceptableData.self) { try integer(text) }
    }
  }

  /// Escapes of every kind at every place relative to the eight-byte steps.
  @Test func decodesEscapesAtEveryPlace() throws {
    let escapes = [
      (#"\n"#, "\n"), (#"\""#, "\""), (#"\\"#, "\\"), (#"\/"#, "/"), (#"\b"#, "\u{8}"), (#"\f"#, "\u{c}"),
      (#"\r"#, "\r"),
      (#"\t"#, "\t"), (#"\u00e9"#, "é"), (#"\u20AC"#, "€"), (#"\ud83d\ude00"#, "😀"), (#"\u0000"#, "\0"), ("é", "é"),
    ]
    for (escape, meaning) in escapes {
      for before in 0...17 {
        for after in [0, 1, 7, 8, 9] {
          let (head, tail) = (String(repeating: "x", count: before), String(repeating: "y", count: after))
          let (text, bytes) = try decodedTwice("\"\(head)\(escape)\(escape)\(tail)\"")
          #expect(text == head + meaning + meaning + tail)
          #expect(bytes == Array(("z" + text).utf8))
        }
      }
    }
  }

  /// A string by both ways of reading it.
  private func decodedTwice(_ json: String) throws -> (text: String, appended: [UInt8]) {
    try Array(json.utf8).withUnsafeBytes { buffer in
      var cursor = JSONCursor(buffer)
      let text = try cursor.string()
      var again = JSONCursor(buffer)
      var bytes: [UInt8] = [0x7a]
      try again.appendString(to: &bytes)
      return (text, bytes)
    }
  }

  @Test func namesThePathOfAnError() throws {
    let text = #"{"a": [{"b": 1}, {"c.d": [true, 12x]}]}"#
    let found = #expect(throws: UnacceptableData.self) {
      try Array(text.utf8).withUnsafeBytes { buffer in
        var cursor = JSONCursor(buffer)
        try cursor.skip()
      }
    }
    #expect(found?.field == "a[1].c.d")
    #expect(found?.byte == 34)
  }
}
