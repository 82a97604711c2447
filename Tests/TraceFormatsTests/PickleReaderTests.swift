import Foundation
import Testing
import Traces

@testable import TraceFormats

/// Reads a pickle and gives its value and the reader that keeps the containers.
private func unpickle(_ bytes: [UInt8]) throws -> (value: PickleValue, reader: PickleReader) {
  try bytes.withUnsafeBytes { buffer in
    var reader = PickleReader(buffer)
    return (try reader.read(), reader)
  }
}

private func refusal(of bytes: [UInt8]) -> UnacceptableData? {
  do {
    _ = try unpickle(bytes)
    return nil
  } catch {
    return error as? UnacceptableData
  }
}

@Suite struct PickleReaderTests {
  /// `os.system` is refused by its name (`posix.system` on Linux) and its opcode's offset; nothing runs.
  @Test func refusesCallsByName() throws {
    let path = fixture("pis/hostile/test_algebra_1004.pkl")
    var problems = ProblemTable()
    problems.add(Problem(key: "test/algebra/1004.json", answer: "14"))
    let found = try #require(
      #expect(throws: UnacceptableData.self) { try read(path, ReadingOptions(problems: problems)) })
    #expect(found.found.contains("posix.system"))
    #expect(found.file == path)
    #expect(found.byte != nil && found.line == nil)
    #expect(!FileManager.default.fileExists(atPath: "/tmp/retrace-pickle-ran"))
  }

  /// The same call in protocol 2's spelling: `cos\nsystem\n`, arguments, REDUCE.
  @Test func refusesGlobalsAtTheirOffset() {
    let bytes: [UInt8] = [0x80, 2] + Array("]cos\nsystem\nX".utf8) + [2, 0, 0, 0] + Array("ls\u{85}R.".utf8)
    let found = refusal(of: bytes)
    #expect(found?.found.contains("os.system") == true)
    #expect(found?.byte == 3)
  }

  @Test(
    arguments: [
      (0x69, "instance"), (0x6f, "object"), (0x50, "persistentID"), (0x51, "binPersistentID"), (0x82, "extension1"),
      (0x83, "extension2"), (0x84, "extension4"), (0x92, "newObjectExtended"), (0x97, "nextBuffer"),
    ] as [(UInt8, String)])
  func refusesOpcodesThatDoMore(_ code: UInt8, _ name: String) {
    let found = refusal(of: [0x80, 4, code, 0x2e])
    #expect(found?.found.contains(name) == true)
    #expect(found?.byte == 2)
  }

  /// Known constructors may not be called on anything else.
  @Test(arguments: [
    "cnumpy\ndtype\nNR.", "cnumpy\nndarray\n)R.", "cnumpy.core.multiarray\nscalar\n)R.", "c__main__\nParticle\n)R.",
    "N)R.",
    "N)\u{81}.", "cnumpy\nndarray\n)\u{81}.", "]Nb.", "N.".replacing("N", with: "a"), "e.", "0.", "1.", "t.", "(N",
    "]Nu.",
    "(KK.", "}(NNNu.", "h\u{1}.", "R.", "b.",
  ])
  func refusesWrongUse(_ text: String) {
    let bytes: [UInt8] = [0x80, 2] + text.unicodeScalars.map { UInt8(truncatingIfNeeded: $0.value) }
    #expect(refusal(of: bytes) != nil)
  }

  @Test(
    arguments: [
      ([0x4b, 7], .integer(7)), ([0x4d, 0x39, 0x30], .integer(12345)), ([0x4a, 0xff, 0xff, 0xff, 0xff], .integer(-1)),
      ([0x8a, 0], .integer(0)), ([0x8a, 1, 0x80], .integer(-128)), ([0x8a, 2, 0xff, 0], .integer(255)),
      ([0x47, 0x3f, 0xe0, 0, 0, 0, 0, 0, 0], .double(0.5)), ([0x88], .boolean(true)), ([0x89], .boolean(false)),
      ([0x4e], PickleValue.none), ([0x8c, 2, 0xc3, 0xa9], .string("é")), ([0x58, 1, 0, 0, 0, 0x61], .string("a")),
      ([0x43, 2, 1, 2], .bytes([1, 2])), ([0x4b, 1, 0x4b, 2, 0x30], .integer(1)),
    ] as [([UInt8], PickleValue)])
  func readsPlainValues(_ bytes: [UInt8], _ value: PickleValue) throws {
    #expect(try unpickle([0x80, 4] + bytes + [0x2e]).value == value)
  }

  @Test func readsContainersAndTheMemo() throws {
    // [[1, 2], (3,), {"k": the first list}], with the list memoized.
    let bytes: [UInt8] =
      [0x80, 4, 0x5d, 0x28, 0x5d, 0x94, 0x28, 0x4b, 1, 0x4b, 2, 0x65, 0x4b, 3, 0x85, 0x7d, 0x8c, 1, 0x6b, 0x68, 0]
      + [0x73, 0x65, 0x2e]
    let (value, reader) = try unpickle(bytes)
    let items = try #require(reader.items(of: value))
    #expect(items.count == 3)
    #expect(reader.items(of: items[0]) == [.integer(1), .integer(2)])
    #expect(reader.items(of: items[1]) == [.integer(3)])
    guard case .dictionary(let index) = items[2] else {
      Issue.record("no dictionary")
      return
    }
    #expect(reader.mappings[index] == [.string("k"): items[0]])
  }

  /// A list that holds itself, and one in a thousand others, are values like others.
  @Test func survivesCyclesAndNesting() throws {
    #expect(throws: Never.self) { try unpickle([0x80, 4, 0x5d, 0x94, 0x68, 0, 0x61, 0x2e]) }
    let depth = 1_000
    let deep = [UInt8](repeating: 0x5d, count: depth) + [UInt8](repeating: 0x61, count: depth - 1)
    let value = try unpickle([0x80, 4] + deep + [0x2e])
    #expect(throws: UnacceptableData.self) { try PISParticles(value.reader).forEach(value.value) { _ in } }
  }

  @Test(arguments: ["protocol2", "protocol4", "numpy5"])
  func refusesEveryCutAndSurvivesEveryChangedByte(_ folder: String) throws {
    let path = fixture("pis/\(folder)/test_algebra_1004.pkl")
    let whole = [UInt8](FileManager.default.contents(atPath: path) ?? Data())
    for length in 0..<whole.count { #expect(refusal(of: Array(whole[..<length])) != nil) }
    for place in whole.indices {
      for change: UInt8 in [0x01, 0x80, 0xff] {
        var changed = whole
        changed[place] ^= change
        // Whatever comes out is a value or a refusal, never a crash.
        _ = refusal(of: changed)
      }
    }
  }

  @Test func refusesLengthsBeyondTheFile() {
    for bytes: [UInt8] in [
      [0x80, 4, 0x58, 0xff, 0xff, 0xff, 0x7f], [0x80, 4, 0x8d, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff],
      [0x80, 4, 0x95, 0xff, 0, 0, 0, 0, 0, 0, 0], [0x80, 4, 0x8b, 0xff, 0xff, 0xff, 0xff], [0x80, 1, 0x4e, 0x2e],
    ] {
      #expect(refusal(of: bytes) != nil)
    }
  }

  @Test(
    arguments: [
      ("<f8", [0, 0, 0, 0, 0, 0, 0xe0, 0x3f], 0.5), (">f8", [0x3f, 0xe0, 0, 0, 0, 0, 0, 0], 0.5),
      ("f4", [0, 0, 0x40, 0x3f], 0.75), ("f2", [0, 0x3c], 1), ("f2", [1, 0], 0x1p-24), ("f2", [0, 0xc0], -2),
      ("i1", [0xff], -1), ("i8", [0xfe, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff], -2), ("u2", [0xff, 0xff], 65535),
      ("b1", [1], 1),
    ] as [(String, [UInt8], Double)])
  func readsNumpyElements(_ type: String, _ bytes: [UInt8], _ value: Double) {
    #expect(NumpyElement(type)?.value(bytes[...]) == value)
    #expect(NumpyElement(type)?.value(bytes.dropLast()) == nil)
  }

  @Test(arguments: ["O", "S5", "U-1", "U999999999999", "f16", "c8", "", "f", "V8", "M8"])
  func refusesOtherNumpyTypes(_ type: String) {
    #expect(NumpyElement(type) == nil)
  }
}
