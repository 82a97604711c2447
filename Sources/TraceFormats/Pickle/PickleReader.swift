import Traces

/// Reads Python pickles of protocols 2 to 5 into plain values.
///
/// Nothing is imported and nothing is called: names other than those of `PickleName` are refused where they occur, by
/// opcode, offset and name. Lengths are checked against the bytes that are left, nesting, stack, memo and what all values
/// take are bounded (`PickleLimit`), and containers refer to each other by index.
/// Source of the opcodes: CPython's `Lib/pickletools.py`.
struct PickleReader {
  let bytes: UnsafeRawBufferPointer
  var position = 0
  /// Where the opcode under way begins.
  var opcodePosition = 0
  var stack: [PickleValue] = []
  /// The stack's heights at the marks.
  var marks: [Int] = []
  var memo: [PickleValue?] = []
  /// Elements of lists and tuples.
  var sequences: [[PickleValue]] = []
  /// Members of dictionaries and attributes of particles.
  var mappings: [[PickleValue: PickleValue]] = []
  /// How deep each of `sequences` and `mappings` was when it was last added to.
  var sequenceHeights: [Int32] = []
  var mappingHeights: [Int32] = []
  /// What the values so far take.
  var valueBytes = 0
  /// Numpy arrays' elements.
  var arrays: [[Double]] = []

  init(_ bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

  /// Reads the pickle to its end and gives its value.
  ///
  /// - Throws: `UnacceptableData` with the opcode and its byte offset.
  mutating func read() throws -> PickleValue {
    while true {
      opcodePosition = position
      let code = try byte()
      guard let opcode = PickleOpcode(rawValue: code) else {
        throw refusal("the opcode 0x\(String(code, radix: 16))", expected: "an opcode of pickle protocols 2 to 5")
      }
      if opcode == .stop {
        let value = try pop()
        guard stack.isEmpty, marks.isEmpty else { throw refusal("values left over at the end", expected: "one value") }
        try end()
        return value
      }
      try perform(opcode)
    }
  }

  private func end() throws {
    let left = bytes.count - position
    guard left > 0 else { return }
    throw UnacceptableData(
      byte: position, found: "\(left) more \(left == 1 ? "byte" : "bytes") after the pickle's end",
      expected: "the end of the file",
      remedy: "a file holds one pickle: write several into a list, or copy the file again")
  }

  private mutating func perform(_ opcode: PickleOpcode) throws {
    switch opcode.family {
    case .constant: try push(opcode.constant)
    case .number: try push(number(opcode))
    case .text: try push(text(opcode))
    case .container: try buildContainer(opcode)
    case .memo: try useMemo(opcode)
    case .object: try buildObject(opcode)
    case .control: try control(opcode)
    case .refused:
      throw refusal(
        "the opcode \(opcode) (0x\(String(opcode.rawValue, radix: 16)))", expected: "an opcode that builds plain values"
      )
    }
  }

  private mutating func control(_ opcode: PickleOpcode) throws {
    switch opcode {
    case .proto:
      let version = try byte()
      guard 2...5 ~= version else { throw refusal("protocol \(version)", expected: "protocol 2 to 5") }
    case .frame:
      let length = try unsigned(8)
      guard length <= bytes.count - position else { throw cutOff() }
    case .mark: try mark()
    case .popMark: _ = try popToMark()
    case .dup:
      let top = try pop()
      try push(top)
      try push(top)
    default: _ = try pop()
    }
  }

  // Reading bytes.

  mutating func byte() throws -> UInt8 {
    guard position < bytes.count else { throw cutOff() }
    position += 1
    return bytes[position - 1]
  }

  /// A little-endian count of up to eight bytes.
  mutating func unsigned(_ size: Int) throws -> Int {
    var value: UInt64 = 0
    for place in 0..<size { value |= try UInt64(byte()) << UInt64(8 * place) }
    guard let count = Int(exactly: value) else { throw cutOff() }
    return count
  }

  mutating func block(_ count: Int) throws -> UnsafeRawBufferPointer {
    guard count <= bytes.count - position else { throw cutOff() }
    position += count
    return UnsafeRawBufferPointer(rebasing: bytes[position - count..<position])
  }

  // The stack.

  mutating func pop() throws -> PickleValue {
    guard stack.count > (marks.last ?? 0), let value = stack.popLast() else {
      throw refusal("an opcode that takes more than there is", expected: "a whole pickle")
    }
    return value
  }

  mutating func popToMark() throws -> [PickleValue] {
    guard let mark = marks.popLast() else { throw refusal("an opcode without its mark", expected: "a whole pickle") }
    let items = Array(stack[mark...])
    stack.removeLast(stack.count - mark)
    return items
  }

  // Refusals.

  func refusal(_ found: String, expected: String) -> UnacceptableData {
    UnacceptableData(byte: opcodePosition, found: found, expected: expected)
  }

  func cutOff() -> UnacceptableData {
    UnacceptableData(
      byte: bytes.count, found: "the end of the pickle inside a value", expected: "the rest of it",
      remedy: "copy the file again")
  }
}
