import Traces

extension JSONCursor {
  /// Reads an object.
  ///
  /// - Parameters:
  ///   - keysAreChecked: Whether a key that comes twice is refused, as in every object that is read, not only passed over.
  ///   - member: Called with each key in the file's order; it must read or skip the value, once.
  /// - Throws: `UnacceptableData` where the text is no object or has a key twice; errors of `member` with the key put
  ///   before their field.
  @inline(__always)
  mutating func object(
    keysAreChecked: Bool = true, _ member: (inout JSONCursor, JSONKey) throws -> Void
  ) throws {
    guard take(UInt8(ascii: "{")) else { throw mismatch(expected: "an object") }
    let start = position
    try enter()
    defer { depth -= 1 }
    if take(UInt8(ascii: "}")) { return }
    var register = JSONKeyRegister()
    while true {
      let place = position
      let key = try readKey()
      do {
        if keysAreChecked, register.hasMark(of: key) { try refuseRepetition(of: key, from: start, to: place) }
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

  /// Refuses a key that an object has had before; a mark can be that of another key, so its keys are looked through.
  ///
  /// - Parameters:
  ///   - start: Where the object's first key begins.
  ///   - place: Where the key stands.
  private func refuseRepetition(of key: JSONKey, from start: Int, to place: Int) throws {
    var earlier = self
    earlier.position = start
    while earlier.position < place {
      let other = try earlier.readKey()
      if other.isSame(as: key) {
        var refusal = failure(found: "the key a second time", expected: "each key once in an object")
        refusal.byte = origin + place
        throw refusal
      }
      try earlier.skip()
      guard earlier.take(UInt8(ascii: ",")), earlier.position <= place else { return }
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
    copy.field = Self.shortened(path: field.hasPrefix("[") ? component + field : component + "." + field)
    return copy
  }

  /// A path of at most 200 bytes: of a longer one, as deep nesting makes it, the middle is left out.
  private static func shortened(path: String) -> String {
    guard path.utf8.count > 200 else { return path }
    let omission = "..."
    return path.prefix(80) + omission + path.suffix(100)
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
