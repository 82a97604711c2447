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
    case .shortBinBytes: return try raw(Int(byte()))
    case .binBytes: return try raw(unsigned(4))
    default: return try raw(unsigned(8))
    }
  }

  private mutating func raw(_ count: Int) throws -> PickleValue {
    let raw = try block(count)
    try take(ValueSize.raw(count))
    return .bytes(Array(raw))
  }

  private mutating func utf8(_ count: Int) throws -> String {
    let raw = try block(count)
    try take(ValueSize.text(count))
    guard let text = String(validating: raw, as: UTF8.self) else {
      throw refusal("a string that is not valid UTF-8", expected: "UTF-8 text")
    }
    return text
  }

  mutating func buildContainer(_ opcode: PickleOpcode) throws {
    switch opcode {
    case .emptyList: try push(list([]))
    case .list: try push(list(popToMark()))
    case .emptyTuple: try push(tuple([]))
    case .tuple: try push(tuple(popToMark()))
    case .tuple1, .tuple2, .tuple3:
      try push(shortTuple(Int(opcode.rawValue - PickleOpcode.tuple1.rawValue) + 1))
    case .append: try extend([pop()])
    case .appends: try extend(popToMark())
    case .emptyDictionary: try push(.dictionary(mapping()))
    case .dictionary:
      let items = try popToMark()
      try push(.dictionary(mapping()))
      try setItems(items)
    case .setItem:
      let value = try pop()
      try setItems([pop(), value])
    default: try setItems(popToMark())
    }
  }

  private mutating func list(_ items: [PickleValue]) throws -> PickleValue { .list(try sequence(items)) }

  mutating func tuple(_ items: [PickleValue]) throws -> PickleValue { .tuple(try sequence(items)) }

  private mutating func sequence(_ items: [PickleValue]) throws -> Int {
    try take(ValueSize.sequence + items.count * ValueSize.element)
    sequenceHeights.append(try height(around: items))
    sequences.append(items)
    return sequences.count - 1
  }

  /// A new dictionary, or the attributes of a new object.
  mutating func mapping() throws -> Int {
    try take(ValueSize.mapping)
    mappingHeights.append(1)
    mappings.append([:])
    return mappings.count - 1
  }

  private mutating func shortTuple(_ count: Int) throws -> PickleValue {
    var items: [PickleValue] = []
    for _ in 0..<count { items.append(try pop()) }
    return try tuple(items.reversed())
  }

  private mutating func extend(_ items: [PickleValue]) throws {
    guard case .list(let index)? = stack.last else {
      throw refusal("an append to \(stack.last?.kind ?? "nothing")", expected: "a list")
    }
    try take(items.count * ValueSize.addedElement)
    sequenceHeights[index] = max(sequenceHeights[index], try height(around: items))
    sequences[index] += items
  }

  private mutating func setItems(_ items: [PickleValue]) throws {
    guard case .dictionary(let index)? = stack.last, items.count.isMultiple(of: 2) else {
      throw refusal("members for \(stack.last?.kind ?? "nothing")", expected: "a dictionary and pairs")
    }
    try take(items.count / 2 * ValueSize.member)
    mappingHeights[index] = max(mappingHeights[index], try height(around: items))
    for place in stride(from: 0, to: items.count, by: 2) { mappings[index][items[place]] = items[place + 1] }
  }

  mutating func useMemo(_ opcode: PickleOpcode) throws {
    switch opcode {
    case .memoize: try remember(top(), at: memo.count)
    case .binPut: try remember(top(), at: Int(byte()))
    case .longBinPut: try remember(top(), at: unsigned(4))
    default:
      let index = opcode == .binGet ? Int(try byte()) : try unsigned(4)
      guard memo.indices.contains(index), let value = memo[index] else {
        throw refusal("a reference to value \(index), which is not there", expected: "a value that came before")
      }
      try push(value)
    }
  }

  private func top() throws -> PickleValue {
    guard let value = stack.last else { throw refusal("nothing to remember", expected: "a value") }
    return value
  }
}
