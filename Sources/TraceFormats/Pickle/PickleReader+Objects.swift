import Traces

extension PickleReader {
  mutating func buildObject(_ opcode: PickleOpcode) throws {
    switch opcode {
    case .global:
      let module = try line()
      try pushName(module: module, name: line())
    case .stackGlobal:
      guard case .string(let name) = try pop(), case .string(let module) = try pop() else {
        throw refusal("a name that is no text", expected: "module and name")
      }
      try pushName(module: module, name: name)
    case .newObject:
      let arguments = try pop()
      try instantiate(pop(), arguments)
    case .build:
      let state = try pop()
      try restore(pop(), state)
    default:
      let arguments = try pop()
      try construct(pop(), arguments)
    }
  }

  private mutating func line() throws -> String {
    var text: [UInt8] = []
    while case let next = try byte(), next != 0x0a { text.append(next) }
    return String(decoding: text, as: UTF8.self)
  }

  private mutating func pushName(module: String, name: String) throws {
    guard let known = PickleName(module: module, name: name) else {
      throw UnacceptableData(
        byte: opcodePosition,
        found: "the name \(JSONCursor.shortened("\(module).\(name)")) in an opcode that imports it",
        expected: "plain values, numpy numbers and sal.search's Particle; nothing is ever imported or called",
        remedy: "do not trust the file; if it is right, write it again as JSON")
    }
    try push(.name(known))
  }

  /// An object without its state: only a particle.
  private mutating func instantiate(_ type: PickleValue, _ arguments: PickleValue) throws {
    guard type == .name(.particle), items(of: arguments)?.isEmpty == true else {
      throw refusal("a new object from \(type.kind)", expected: "a Particle without arguments")
    }
    try push(.particle(mapping()))
  }

  /// What a call would give, for the few constructors of plain values.
  private mutating func construct(_ function: PickleValue, _ arguments: PickleValue) throws {
    let items = items(of: arguments) ?? []
    switch function {
    case .name(.numpyType):
      guard case .string(let text)? = items.first, let element = NumpyElement(text) else { break }
      return try push(.elementType(element))
    case .name(.numpyScalar):
      guard items.count == 2, case .elementType(let element) = items[0], case .bytes(let raw) = items[1],
        let value = element.scalar(raw)
      else { break }
      return try push(value)
    case .name(.emptyBytes):
      guard items.isEmpty else { break }
      return try push(.bytes([]))
    case .name(.numpyReconstruct):
      guard items.first == .name(.numpyArray) else { break }
      try take(ValueSize.sequence)
      arrays.append([])
      return try push(.array(arrays.count - 1))
    case .name(.numpyFromBuffer):
      guard items.count == 4 else { break }
      return try push(array(shape: items[2], element: items[1], raw: items[0]))
    case .name(.encode):
      guard case .string(let text)? = items.first, items.dropFirst().first == .string("latin1"),
        text.unicodeScalars.allSatisfy({ $0.value < 256 })
      else { break }
      return try push(.bytes(text.unicodeScalars.map { UInt8(truncatingIfNeeded: $0.value) }))
    default: break
    }
    throw refusal("a call of \(function.kind) (opcode REDUCE)", expected: "a constructor of plain numbers")
  }

  /// An object's state.
  private mutating func restore(_ object: PickleValue, _ state: PickleValue) throws {
    switch object {
    case .particle(let index):
      guard case .dictionary(let attributes) = dictionary(in: state) else {
        throw refusal("a Particle's state that is \(state.kind)", expected: "a dictionary")
      }
      mappings[index] = mappings[attributes]
      mappingHeights[index] = mappingHeights[attributes]
      try push(object)
    case .elementType(var element):
      if let order = items(of: state)?.dropFirst().first { element.isBigEndian = order == .string(">") }
      try push(.elementType(element))
    case .array(let index):
      guard let parts = items(of: state), parts.count == 5,
        case .array(let filled) = try array(shape: parts[1], element: parts[2], raw: parts[4])
      else { throw refusal("an array's state that is not understood", expected: "shape, type and bytes") }
      arrays[index] = arrays[filled]
      try push(object)
    default:
      throw refusal("a state for \(object.kind)", expected: "a Particle or a numpy array")
    }
  }

  /// A dictionary, alone or beside the slots of a pair.
  private func dictionary(in state: PickleValue) -> PickleValue {
    guard case .tuple = state, let pair = items(of: state), pair.count == 2 else { return state }
    return pair[0] == .none ? pair[1] : pair[0]
  }

  /// A list of numbers from raw bytes; arrays of one dimension only.
  private mutating func array(shape: PickleValue, element: PickleValue, raw: PickleValue) throws -> PickleValue {
    guard let sizes = items(of: shape), sizes.count <= 1, case .elementType(let element) = element,
      element.kind != .text,
      case .bytes(let raw) = raw, sizes.first ?? .integer(1) == .integer(raw.count / element.size)
    else { throw refusal("an array of several dimensions or of no numbers", expected: "a list of numbers") }
    try take(ValueSize.sequence + raw.count / element.size * ValueSize.element)
    let values = stride(from: 0, to: raw.count, by: element.size).map { start in
      element.value(raw[start..<min(start + element.size, raw.count)])
    }
    guard !values.contains(nil) else { throw refusal("an array that is cut off", expected: "whole elements") }
    arrays.append(values.compactMap { $0 })
    return .array(arrays.count - 1)
  }

  /// The elements of a list or tuple.
  func items(of value: PickleValue) -> [PickleValue]? {
    switch value {
    case .list(let index), .tuple(let index): sequences[index]
    default: nil
    }
  }
}
