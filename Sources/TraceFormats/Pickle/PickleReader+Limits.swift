import Traces

/// What a pickle may take: far more than files of particles need, and little enough that none takes much memory.
enum PickleLimit {
  /// Marks that are open, and containers inside one another as they are put together.
  static let nesting = 2_048
  /// Values that wait on the stack; Python puts a thousand at a time into a list.
  static let stack = 1 << 20
  /// Values that may be referred to again.
  static let memo = 4 << 20
  /// What all texts and containers of a file take, as `ValueSize` estimates it: several times what a thousand particles
  /// after each of forty steps do.
  static let valueBytes = 320 << 20
}

/// What values take in memory, in bytes.
enum ValueSize {
  /// A list, tuple or array beside its elements.
  static let sequence = 80
  /// An element of a sequence; more where the sequence grows, which makes room for further ones.
  static let element = 24
  static let addedElement = 44
  /// A dictionary or the attributes of an object beside their members.
  static let mapping = 192
  /// A member of a dictionary: key, value, and the room that a dictionary keeps.
  static let member = 168

  /// A text; short ones lie in the value itself.
  static func text(_ count: Int) -> Int { count < 16 ? 0 : raw(count) }

  /// Raw bytes.
  static func raw(_ count: Int) -> Int { count + 48 }
}

extension PickleReader {
  /// Puts a value on the stack.
  mutating func push(_ value: PickleValue) throws {
    guard stack.count < PickleLimit.stack else {
      throw excess(found: "a stack of more than \(PickleLimit.stack) values", limit: PickleLimit.stack)
    }
    stack.append(value)
  }

  /// Counts what texts and containers take.
  mutating func take(_ bytes: Int) throws {
    valueBytes += bytes
    guard valueBytes <= PickleLimit.valueBytes else {
      throw excess(
        found: "values of more than \(PickleLimit.valueBytes >> 20) MB", limit: PickleLimit.valueBytes)
    }
  }

  mutating func mark() throws {
    guard marks.count < PickleLimit.nesting else { throw tooDeep() }
    marks.append(stack.count)
  }

  /// How deep containers are nested around some values; they were counted when they were put together.
  func height(around items: some Sequence<PickleValue>) throws -> Int32 {
    var highest: Int32 = 0
    for item in items { highest = max(highest, height(of: item)) }
    guard highest < PickleLimit.nesting else { throw tooDeep() }
    return highest + 1
  }

  private func height(of value: PickleValue) -> Int32 {
    switch value {
    case .list(let index), .tuple(let index): sequenceHeights[index]
    case .dictionary(let index), .particle(let index): mappingHeights[index]
    default: 0
    }
  }

  /// Keeps a value under an index.
  mutating func remember(_ value: PickleValue, at index: Int) throws {
    guard index < PickleLimit.memo else {
      throw excess(found: "a memo of more than \(PickleLimit.memo) values", limit: PickleLimit.memo)
    }
    // Python counts them; an index that is left out refers to nothing.
    while memo.count <= index { memo.append(nil) }
    memo[index] = value
  }

  private func tooDeep() -> UnacceptableData {
    excess(found: "nesting of more than \(PickleLimit.nesting) levels", limit: PickleLimit.nesting)
  }

  private func excess(found: String, limit: Int) -> UnacceptableData {
    let code = bytes[opcodePosition]
    let name = PickleOpcode(rawValue: code).map { "\($0) " } ?? ""
    return UnacceptableData(
      byte: opcodePosition, found: "\(found) at the opcode \(name)(0x\(String(code, radix: 16)))",
      expected: "at most \(limit), which no file of particles needs",
      remedy: "do not trust the file; if it is right, write fewer particles a file, or JSON")
  }
}
