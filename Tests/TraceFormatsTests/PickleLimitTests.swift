import Testing
import Traces

@testable import TraceFormats

/// What a pickle may take is bounded, and every bound is named with the opcode and the byte where it is passed.
@Suite struct PickleLimitTests {
  private func refusal(of bytes: [UInt8]) -> UnacceptableData? {
    bytes.withUnsafeBytes { buffer in
      var reader = PickleReader(buffer)
      do {
        _ = try reader.read()
        return nil
      } catch {
        return error as? UnacceptableData
      }
    }
  }

  private func text(_ bytes: String, _ count: Int) -> [UInt8] {
    [UInt8](repeating: Array(bytes.utf8)[0], count: count)
  }

  private static let header: [UInt8] = [0x80, 2]

  @Test func theStackIsBounded() {
    let limit = 1 << 20
    let lists = refusal(of: Self.header + text("]", limit + 1))
    #expect(lists?.byte == 2 + limit)
    #expect(lists?.found == "a stack of more than 1048576 values at the opcode emptyList (0x5d)")
    for opcode in ["N", "}", "2"] {
      #expect(refusal(of: Self.header + text("]", 1) + text(opcode, limit))?.byte == 2 + limit, "\(opcode)")
    }
  }

  @Test func theMemoIsBounded() {
    let limit = 4 << 20
    let memoized = refusal(of: Self.header + text("]", 1) + [UInt8](repeating: 0x94, count: limit + 1))
    #expect(memoized?.byte == 3 + limit)
    #expect(memoized?.found == "a memo of more than 4194304 values at the opcode memoize (0x94)")
    #expect(refusal(of: Self.header + text("]", 1) + [0x72, 0, 0, 0x40, 0])?.found.hasPrefix("a memo of") ?? false)
  }

  @Test func nestingIsBounded() throws {
    #expect(refusal(of: Self.header + text("]", 2_048) + text("a", 2_047) + text(".", 1)) == nil)
    let lists = refusal(of: Self.header + text("]", 2_049) + text("a", 2_048) + text(".", 1))
    #expect(lists?.found == "nesting of more than 2048 levels at the opcode append (0x61)")
    let tuples = refusal(of: Self.header + text(")", 1) + [UInt8](repeating: 0x85, count: 2_048))
    #expect(tuples?.byte == 3 + 2_047)
    let dictionaries = text("}", 1) + (0..<2_048).flatMap { _ in [UInt8]([0x71, 0, 0x30, 0x7d, 0x4e, 0x68, 0, 0x73]) }
    #expect(refusal(of: Self.header + dictionaries)?.found.hasPrefix("nesting of more than 2048 levels") ?? false)
    let marks = refusal(of: Self.header + text("(", 2_049))
    #expect(marks?.byte == 2 + 2_048)
  }

  @Test func whatAllValuesTakeIsBounded() {
    let batch = text("(", 1) + text("N", 1_000_000) + text("e", 1)
    let values = refusal(of: Self.header + text("]", 1) + (0..<12).flatMap { _ in batch })
    #expect(values?.found.hasPrefix("values of more than 320 MB at the opcode") ?? false)
    let repeated: [UInt8] = [0x5d, 0x8c, 200] + text("x", 200) + [0x94, 0x30]
    #expect(refusal(of: Self.header + repeated + [0x68, 0, 0x61, 0x2e]) == nil)
  }

  /// Python writes at most a thousand elements at a time, so large files have low stacks.
  @Test func longListsInBatchesPass() {
    let batch = text("(", 1) + (0..<1_000).flatMap { _ in [UInt8]([0x68, 0]) } + text("e", 1)
    let bytes = Self.header + [0x5d, 0x8c, 1, 0x78, 0x94, 0x30] + (0..<3_000).flatMap { _ in batch } + text(".", 1)
    #expect(refusal(of: bytes) == nil)
  }
}
