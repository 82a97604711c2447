import Traces

extension JSONCursor {
  /// Reads an object.
  ///
  /// - Parameter member: Called with each key in the file's order; it must read or skip the value, once.
  /// - Throws: `UnacceptableData` where the text is no object; errors of `member` with the key put before their field.
  @inline(__always)
  mutating func object(_ member: (inout JSONCursor, JSONKey) throws -> Void) throws {
    guard take(UInt8(ascii: "{")) else { throw mismatch(expected: "an object") }
    try enter()
    defer { depth -= 1 }
    if take(UInt8(ascii: "}")) { return }
    while true {
      let key = try readKey()
      do {
        try member(&self, key)
      } catch let refusal as UnacceptableData {
        throw refusal.inside(key.text)
      }
      if take(UInt8(ascii: ",")) { continue }
      guard take(UInt8(ascii: "}")) else { throw failure(found: describeNext(), expected: "a comma or }") }
      return
    }
  }

  /// Reads an array.
  ///
  /// - Parameter element: Called with each position, from 0; it must read or skip the value, once.
  /// - Throws: `UnacceptableData` where the text is no array; errors of `element` with the position before their field.
  @inline(__always)
  mutating func array(_ element: (inout JSONCursor, Int) throws -> Void) throws {
    guard take(UInt8(ascii: "[")) else { throw mismatch(expected: "a list") }
    try enter()
    defer { depth -= 1 }
    if take(UInt8(ascii: "]")) { return }
    var index = 0
    while true {
      do {
        try element(&self, index)
      } catch let refusal as UnacceptableData {
        throw refusal.inside("[\(index)]")
      }
      index += 1
      if take(UInt8(ascii: ",")) { continue }
      guard take(UInt8(ascii: "]")) else { throw failure(found: describeNext(), expected: "a comma or ]") }
      return
    }
  }

  private mutating func enter() throws {
    depth += 1
    guard depth <= Self.maximumDepth else {
      throw failure(found: "nesting deeper than \(Self.maximumDepth)", expected: "at most \(Self.maximumDepth) levels")
    }
  }

  private mutating func readKey() throws -> JSONKey {
    guard peek() == UInt8(ascii: "\"") else { throw failure(found: describeNext(), expected: "a key in quotes") }
    let token = try stringToken()
    guard take(UInt8(ascii: ":")) else { throw failure(found: describeNext(), expected: "a colon after the key") }
    return JSONKey(bytes: UnsafeRawBufferPointer(rebasing: bytes[token.range]), hasEscapes: token.hasEscapes)
  }
}

extension UnacceptableData {
  /// The same refusal with an enclosing key or `[position]` put before its field.
  func inside(_ component: String) -> UnacceptableData {
    var copy = self
    guard let field, !field.isEmpty else {
      copy.field = component
      return copy
    }
    copy.field = field.hasPrefix("[") ? component + field : component + "." + field
    return copy
  }

  /// Runs a function and puts a component before the field of what it refuses.
  static func under<Result>(_ component: String, _ body: () throws -> Result) throws -> Result {
    do {
      return try body()
    } catch let refusal as UnacceptableData {
      throw refusal.inside(component)
    }
  }
}
