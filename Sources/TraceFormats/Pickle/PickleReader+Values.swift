import Traces

extension PickleReader {
  mutating func number(_ opcode: PickleOpcode) throws -> PickleValue {
    switch opcode {
    case .binInt: return .integer(Int(Int32(truncatingIfNeeded: try unsigned(4))))
    case .binInt1: return .integer(Int(try byte()))
    case .binInt2: return .integer(try unsigned(2))
    case .long1: return try long(Int(byte()))
    case .long4: return try long(unsigned(4))
    default:
      var bits: UInt64 = 0
      for _ in 0..<8 { bits = bits << 8 | UInt64(try byte()) }
      return .double(Double(bitPattern: bits))
    }
  }

  /// A little-endian integer in two's complement.
  private mutating func long(_ size: Int) throws -> PickleValue {
    let raw = try block(size)
    guard size <= 8 else { throw refusal("an integer of \(size) bytes", expected: "at most 8 bytes") }
    var bits: UInt64 = raw.last.map { $0 >= 0x80 } == true ? .max : 0
    for byte in raw.reversed() { bits = bits << 8 | UInt64(byte) }
    return .integer(Int(Int64(bitPattern: bits)))
  }

  mutating func text(_ opcode: PickleOpcode) throws -> PickleValue {
    switch opcode {
    case .shortBinUnicode: return try .string(utf8(Int(byte())))
    case .binUnicode: return try .string(utf8(unsigned(4)))
    case .binUnicode8: return try .string(utf8(unsigned(8)))
    case .shortBinBytes: return try .bytes(Array(block(Int(byte()))))
    case .binBytes: return try .bytes(Array(block(unsigned(4))))
    default: return try .bytes(Array(block(unsigned(8))))
    }
  }

  private mutating func utf8(_ count: Int) throws -> String {
    let raw = try block(count)
    guard let text = String(validating: raw, as: UTF8.self) else {
      throw refusal("a string that is not valid UTF-8", expected: "UTF-8 text")
    }
    return text
  }

  mutating func buildContainer(_ opcode: PickleOpcode) throws {
    switch opcode {
    case .emptyList: stack.append(list([]))
    case .list: stack.append(list(try popToMark()))
    case .emptyTuple: stack.append(tuple([]))
    case .tuple: stack.append(tuple(try popToMark()))
    case .tuple1, .tuple2, .tuple3:
      stack.append(try shortTuple(Int(opcode.rawValue - PickleOpcode.tuple1.rawValue) + 1))
    case .append: try extend([pop()])
    case .appends: try extend(popToMark())
    case .emptyDictionary: stack.append(dictionary())
    case .dictionary:
      let items = try popToMark()
      stack.append(dictionary())
      try setItems(items)
    case .setItem:
      let value = try pop()
      try setItems([pop(), value])
    default: try setItems(popToMark())
    }
  }

  private mutating func list(_ items: [PickleValue]) -> PickleValue {
    sequences.append(items)
    return .list(sequences.count - 1)
  }

  mutating func tuple(_ items: [PickleValue]) -> PickleValue {
    sequences.append(items)
    return .tuple(sequences.count - 1)
  }

  private mutating func dictionary() -> PickleValue {
    mappings.append([:])
    return .dictionary(mappings.count - 1)
  }

  private mutating func shortTuple(_ count: Int) throws -> PickleValue {
    var items: [PickleValue] = []
    for _ in 0..<count { items.append(try pop()) }
    return tuple(items.reversed())
  }

  private mutating func extend(_ items: [PickleValue]) throws {
    guard case .list(let index)? = stack.last else {
      throw refusal("an append to \(stack.last?.kind ?? "nothing")", expected: "a list")
    }
    sequences[index] += items
  }

  private mutating func setItems(_ items: [PickleValue]) throws {
    guard case .dictionary(let index)? = stack.last, items.count.isMultiple(of: 2) else {
      throw refusal("members for \(stack.last?.kind ?? "nothing")", expected: "a dictionary and pairs")
    }
    for place in stride(from: 0, to: items.count, by: 2) { mappings[index][items[place]] = items[place + 1] }
  }

  mutating func useMemo(_ opcode: PickleOpcode) throws {
    switch opcode {
    case .memoize: memo[memo.count] = try top()
    case .binPut: memo[Int(try byte())] = try top()
    case .longBinPut: memo[try unsigned(4)] = try top()
    default:
      let index = opcode == .binGet ? Int(try byte()) : try unsigned(4)
      guard let value = memo[index] else {
        throw refusal("a reference to value \(index), which is not there", expected: "a value that came before")
      }
      stack.append(value)
    }
  }

  private func top() throws -> PickleValue {
    guard let value = stack.last else { throw refusal("nothing to remember", expected: "a value") }
    return value
  }
}
