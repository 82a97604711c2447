/// A text as code points, with the string operations that the Python functions behind the presets `sal` and `qwen`
/// are defined by.
struct ScalarText: Equatable {
  var scalars: [UInt32]

  init(_ scalars: some Sequence<UInt32>) {
    self.scalars = Array(scalars)
  }

  init(decoding bytes: some Collection<UInt8>) {
    scalars = String(decoding: bytes, as: UTF8.self).unicodeScalars.map(\.value)
  }

  var count: Int { scalars.count }

  var isEmpty: Bool { scalars.isEmpty }

  var string: String {
    var view = String.UnicodeScalarView()
    for scalar in scalars { view.append(Unicode.Scalar(scalar) ?? "\u{FFFD}") }
    return String(view)
  }

  /// The code point at an index, 0 outside.
  subscript(index: Int) -> UInt32 { index >= 0 && index < scalars.count ? scalars[index] : 0 }

  /// Whether a word of ASCII characters stands at an index.
  func has(_ word: StaticString, at index: Int) -> Bool {
    let length = word.utf8CodeUnitCount
    guard index >= 0, index + length <= scalars.count else { return false }
    for offset in 0..<length where scalars[index + offset] != UInt32(word.utf8Start[offset]) { return false }
    return true
  }

  /// The index of the first occurrence of a word of ASCII characters at or after an index.
  func firstIndex(of word: StaticString, from start: Int = 0) -> Int? {
    let first = UInt32(word.utf8Start[0])
    var index = start
    while index + word.utf8CodeUnitCount <= scalars.count {
      if scalars[index] == first, has(word, at: index) { return index }
      index += 1
    }
    return nil
  }

  func contains(_ word: StaticString) -> Bool { firstIndex(of: word) != nil }

  /// Replaces every occurrence of a word, from left to right (`str.replace`).
  mutating func replace(_ word: StaticString, by replacement: StaticString = "") {
    guard var next = firstIndex(of: word) else { return }
    var output = Array(scalars[..<next])
    while true {
      output.append(ascii: replacement)
      let start = next + word.utf8CodeUnitCount
      guard let following = firstIndex(of: word, from: start) else {
        output.append(contentsOf: scalars[start...])
        break
      }
      output.append(contentsOf: scalars[start..<following])
      next = following
    }
    scalars = output
  }

  /// Takes blanks off both ends (`str.strip`).
  mutating func strip() {
    var start = 0
    while start < scalars.count, CharacterClass.isBlank(scalars[start]) { start += 1 }
    var end = scalars.count
    while end > start, CharacterClass.isBlank(scalars[end - 1]) { end -= 1 }
    scalars = Array(scalars[start..<end])
  }

  /// The pieces between occurrences of a character (`str.split`).
  func split(at character: UInt8) -> [ScalarText] {
    scalars.split(separator: UInt32(character), omittingEmptySubsequences: false).map { ScalarText($0) }
  }
}

extension [UInt32] {
  mutating func append(ascii word: StaticString) {
    for offset in 0..<word.utf8CodeUnitCount { append(UInt32(word.utf8Start[offset])) }
  }
}

/// Classes of code points as Python's `str` methods and `re` define them.
enum CharacterClass {
  /// `str.isspace` and `\s`.
  static func isBlank(_ scalar: UInt32) -> Bool {
    switch scalar {
    case 0x09...0x0D, 0x1C...0x20, 0x85, 0xA0, 0x1680, 0x2000...0x200A, 0x2028, 0x2029, 0x202F, 0x205F, 0x3000: true
    default: false
    }
  }

  /// `\d`: a decimal digit of any script.
  static func isDigit(_ scalar: UInt32) -> Bool {
    if scalar < 0x80 { return scalar &- 0x30 < 10 }
    return Unicode.Scalar(scalar)?.properties.numericType == .decimal
  }

  /// `\w`: a letter, a number or an underscore.
  static func isWord(_ scalar: UInt32) -> Bool {
    if scalar < 0x80 { return scalar == 0x5F || UInt8(scalar).isASCIILetterOrDigit }
    guard let properties = Unicode.Scalar(scalar)?.properties else { return false }
    switch properties.generalCategory {
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter: return true
    default: return properties.numericType != nil
    }
  }
}
