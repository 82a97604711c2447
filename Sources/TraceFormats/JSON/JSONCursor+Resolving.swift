import Traces

extension JSONCursor {
  /// Reads a list of strings into one block of memory, and notes where their lines end; of a cursor that repairs nothing,
  /// since all of the block is to be valid UTF-8.
  ///
  /// - Throws: `UnacceptableData` where it is no list of valid strings.
  mutating func texts() throws -> (texts: [SharedText], breaks: LineBreaks) {
    var breaks = LineBreaks()
    // An escape is never shorter than what it stands for.
    let room = bytes.count - position + PlainBytes.width
    let block = try [UInt8](unsafeUninitializedCapacity: room) { memory, count in
      var text = ResolvedText(filling: UnsafeMutableRawBufferPointer(memory))
      try array { cursor, _ in
        guard cursor.peek() == UInt8(ascii: "\"") else { throw cursor.mismatch(expected: "a string") }
        cursor.position += 1
        try cursor.resolve(into: &text)
        breaks.add(text.breaks, ofTextUpTo: text.count)
        text.breaks.removeAll(keepingCapacity: true)
      }
      count = text.count
    }
    return (breaks.texts(in: block), breaks)
  }

  /// Reads the rest of a string that is not plain.
  ///
  /// - Parameter start: The byte after the opening quote; all before the cursor is plain.
  /// - Throws: As `string()`.
  mutating func resolvedString(from start: Int) throws -> String {
    var text = ResolvedText(in: scratch, with: UnsafeRawBufferPointer(rebasing: bytes[start..<position]))
    try resolve(into: &text)
    return String(decoding: text.bytes, as: UTF8.self)
  }

  /// Reads a string up to its closing quote, checking it and resolving its escapes in one pass.
  private mutating func resolve(into text: inout ResolvedText) throws {
    while true {
      copyPlain(to: &text)
      guard position < bytes.count else { throw failure(found: "the end of the record", expected: "a closing quote") }
      let byte = bytes[position]
      if byte == UInt8(ascii: "\"") {
        position += 1
        return
      }
      let place = position
      if byte == UInt8(ascii: "\\") {
        try skipEscape()
        text.appendEscape(bytes, at: place)
        text.noteLineBreak()
        continue
      }
      if byte >= 0x80 {
        try skipMultibyte()
      } else if byte < 0x20, !repairsText {
        throw failure(found: "a control character (\(byte)) inside a string", expected: "an escape such as \\n")
      } else {
        position += 1
      }
      for index in place..<position { text.append(bytes[index]) }
      text.noteLineBreak()
    }
  }

  /// Moves over plain bytes and copies them.
  @inline(__always)
  private mutating func copyPlain(to text: inout ResolvedText) {
    while position &+ PlainBytes.width <= bytes.count {
      let next = PlainBytes(bytes, at: position)
      text.append(next)
      position &+= next.count
      if next.count < PlainBytes.width, !takeShortEscape(to: &text) { return }
    }
  }

  /// Reads an escape of two characters if it comes next, as most are that do.
  @inline(__always)
  private mutating func takeShortEscape(to text: inout ResolvedText) -> Bool {
    guard position &+ 1 < bytes.count, bytes[position] == UInt8(ascii: "\\") else { return false }
    let letter = Int(bytes[position &+ 1] &- UInt8(ascii: "\""))
    guard letter < Self.shortEscapes.utf8CodeUnitCount else { return false }
    let meaning = Self.shortEscapes.utf8Start[letter]
    guard meaning != 0 else { return false }
    text.append(meaning)
    text.noteLineBreak()
    position &+= 2
    return true
  }

  /// What a character behind a backslash stands for, from `"` to `t`; 0 where that is no escape of two characters.
  private static let shortEscapes: StaticString = """
    \"\0\0\0\0\0\0\0\0\0\0\0\0/\0\0\
    \0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\
    \0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\
    \0\0\0\0\0\0\0\0\0\0\\\0\0\0\0\0\
    \u{8}\0\0\0\u{C}\0\0\0\0\0\0\0\n\0\0\0\
    \r\0\t
    """
}

/// Memory for the text of one string after the other, kept as long as a record is read.
final class TextScratch {
  fileprivate private(set) var memory = UnsafeMutableRawBufferPointer(start: nil, count: 0)

  deinit { memory.deallocate() }

  fileprivate func grow(to count: Int, keeping used: Int) {
    let larger = UnsafeMutableRawBufferPointer.allocate(byteCount: max(count, memory.count * 2, 4096), alignment: 16)
    larger.copyMemory(from: UnsafeRawBufferPointer(rebasing: memory[..<used]))
    memory.deallocate()
    memory = larger
  }
}

/// A string's text on its way out of its escapes.
private struct ResolvedText {
  /// What grows where there is no more room; `nil` where there is enough.
  private let scratch: TextScratch?
  private var memory: UnsafeMutableRawBufferPointer
  private(set) var count: Int
  /// Where lines end among the bytes, unless nobody wants to know.
  var breaks: [Int] = []

  /// - Parameter memory: Room for all that is added, and `PlainBytes.width` more.
  init(filling memory: UnsafeMutableRawBufferPointer) {
    scratch = nil
    self.memory = memory
    count = 0
  }

  init(in scratch: TextScratch, with beginning: UnsafeRawBufferPointer) {
    self.scratch = scratch
    memory = scratch.memory
    count = 0
    makeRoom(for: beginning.count)
    memory.copyMemory(from: beginning)
    count = beginning.count
  }

  var bytes: UnsafeRawBufferPointer { UnsafeRawBufferPointer(rebasing: memory[..<count]) }

  @inline(__always)
  private mutating func makeRoom(for more: Int) {
    guard memory.count - count < more, let scratch else { return }
    scratch.grow(to: count + more, keeping: count)
    memory = scratch.memory
  }

  @inline(__always)
  mutating func append(_ next: PlainBytes) {
    makeRoom(for: PlainBytes.width)
    if let start = memory.baseAddress { next.store(in: start, at: count) }
    count &+= next.count
  }

  @inline(__always)
  mutating func append(_ byte: UInt8) {
    makeRoom(for: 1)
    memory[count] = byte
    count += 1
  }

  /// Notes a line break, where that is what was added last.
  @inline(__always)
  mutating func noteLineBreak() {
    if scratch == nil, count > 0, memory[count &- 1] == 0x0a { breaks.append(count &- 1) }
  }

  /// Adds what a checked escape stands for, four bytes at most.
  mutating func appendEscape(_ raw: UnsafeRawBufferPointer, at position: Int) {
    makeRoom(for: 4)
    var read = position
    JSONCursor.resolveEscape(raw, &read, memory, &count)
  }
}
