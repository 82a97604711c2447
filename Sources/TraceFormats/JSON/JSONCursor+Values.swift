import Traces

extension JSONCursor {
  /// Reads `null` if it comes next.
  mutating func takeNull() throws -> Bool {
    guard peek() == UInt8(ascii: "n") else { return false }
    try takeWord("null")
    return true
  }

  /// Reads `true` or `false`.
  mutating func boolean() throws -> Bool {
    switch peek() {
    case UInt8(ascii: "t"):
      try takeWord("true")
      return true
    case UInt8(ascii: "f"):
      try takeWord("false")
      return false
    default:
      throw mismatch(expected: "true or false")
    }
  }

  /// Reads a truth value, also written as 0 or 1.
  mutating func truth() throws -> Bool {
    guard kind() == .number else { return try boolean() }
    let start = position
    let value = try double()
    guard value == 0 || value == 1 else {
      position = start
      throw mismatch(expected: "true or false, 0 or 1")
    }
    return value == 1
  }

  /// Reads a truth value, or null as nothing.
  mutating func optionalBoolean() throws -> Bool? {
    if try takeNull() { return nil }
    return try boolean()
  }

  /// Reads a string, or a number, truth value or null as it is written; nothing for null.
  mutating func label() throws -> String? {
    switch kind() {
    case .string: return try string()
    case .null: return try optionalString()
    case .number, .boolean:
      let start = position
      try skip()
      return String(decoding: bytes[start..<position], as: UTF8.self)
    default: throw mismatch(expected: "a string or a number")
    }
  }

  /// Reads a list of strings.
  mutating func strings() throws -> [String] {
    var list: [String] = []
    try array { cursor, _ in list.append(try cursor.string()) }
    return list
  }

  /// Reads a list of numbers.
  mutating func doubles() throws -> [Double] {
    var list: [Double] = []
    try array { cursor, _ in list.append(try cursor.double()) }
    return list
  }

  /// Moves over any value, checking it.
  mutating func skip() throws {
    switch kind() {
    case .object: try object(keysAreChecked: false) { cursor, _ in try cursor.skip() }
    case .array: try array { cursor, _ in try cursor.skip() }
    case .string: _ = try stringToken()
    case .number: _ = try numberToken()
    case .boolean: _ = try boolean()
    case .null: _ = try takeNull()
    case .other where peek() == UInt8(ascii: "N") || peek() == UInt8(ascii: "I"): _ = try numberToken()
    case .other: throw mismatch(expected: "a value")
    }
  }

  /// The text of any value as it is written.
  mutating func rawValue() throws -> String {
    skipSpace()
    let start = position
    try skip()
    return String(decoding: bytes[start..<position], as: UTF8.self)
  }

  private mutating func takeWord(_ word: StaticString) throws {
    let count = word.utf8CodeUnitCount
    let expected = UnsafeRawBufferPointer(start: word.utf8Start, count: count)
    guard position + count <= bytes.count, bytes[position..<position + count].elementsEqual(expected) else {
      throw failure(found: describeNext(), expected: "\(word)")
    }
    position += count
  }
}
