/// Classes of ASCII bytes. Bytes from 0x80 on belong to none of them.
extension UInt8 {
  var isASCIIDigit: Bool { self &- 0x30 < 10 }

  var isASCIICapital: Bool { self &- 0x41 < 26 }

  var isASCIILetter: Bool { (self | 0x20) &- 0x61 < 26 }

  var isASCIILetterOrDigit: Bool { isASCIILetter || isASCIIDigit }

  /// Space, tab, line feed, vertical tab, form feed, carriage return.
  var isASCIIBlank: Bool { self == 0x20 || self &- 9 < 5 }

  /// The lowercase letter of an ASCII letter; every other byte unchanged.
  var asciiLowercased: UInt8 { isASCIICapital ? self | 0x20 : self }
}

/// The ASCII characters that the extraction names.
enum ASCII {
  static let lineFeed = UInt8(ascii: "\n")
  static let space = UInt8(ascii: " ")
  static let backslash = UInt8(ascii: "\\")
  static let dollar = UInt8(ascii: "$")
  static let openBrace = UInt8(ascii: "{")
  static let closeBrace = UInt8(ascii: "}")
  static let openParenthesis = UInt8(ascii: "(")
  static let closeParenthesis = UInt8(ascii: ")")
  static let openBracket = UInt8(ascii: "[")
  static let closeBracket = UInt8(ascii: "]")
  static let comma = UInt8(ascii: ",")
  static let period = UInt8(ascii: ".")
  static let colon = UInt8(ascii: ":")
  static let semicolon = UInt8(ascii: ";")
  static let equals = UInt8(ascii: "=")
  static let asterisk = UInt8(ascii: "*")
  static let hash = UInt8(ascii: "#")
  static let less = UInt8(ascii: "<")
  static let greater = UInt8(ascii: ">")
  static let minus = UInt8(ascii: "-")
  static let percent = UInt8(ascii: "%")
  static let ampersand = UInt8(ascii: "&")
}
