import Traces

// A libFuzzer target for the scanners of untrusted bytes: JSON, and pickles where the first byte is odd.
// `scripts/fuzz-json` builds and runs it with the address sanitizer.

/// Reads a value of any kind through the typed calls that readers use, not by skipping.
private func readValue(_ cursor: inout JSONCursor) throws {
  switch cursor.kind() {
  case .object:
    try cursor.object { cursor, key in
      precondition(key.text.utf8.count <= key.bytes.count, "a key longer than its bytes")
      try readValue(&cursor)
    }
  case .array:
    checkTexts(cursor)
    try cursor.array { cursor, _ in try readValue(&cursor) }
  case .string:
    var again = cursor
    let text = try cursor.string()
    var bytes: [UInt8] = []
    try again.appendString(to: &bytes)
    precondition(Array(text.utf8) == bytes, "two ways of reading a string disagree")
    precondition(String(validating: bytes, as: UTF8.self) != nil, "a string that is not valid UTF-8")
    precondition(again.position == cursor.position, "two ways of reading a string end at different places")
  case .number:
    let number = try cursor.double()
    precondition(number.isFinite, "a number that is not finite")
  case .boolean: _ = try cursor.boolean()
  case .null:
    let isNull = try cursor.takeNull()
    precondition(isNull, "a null that is none")
  case .other: try cursor.skip()
  }
}

/// Reads a list that comes next in both ways in which lists of strings are read.
private func checkTexts(_ cursor: JSONCursor) {
  var (one, other) = (cursor, cursor)
  let strings = try? one.strings()
  let listed = try? other.texts()
  precondition((strings == nil) == (listed == nil), "two ways of reading a list disagree on what it is")
  guard let strings, let listed else { return }
  precondition(one.position == other.position, "two ways of reading a list end at different places")
  precondition(listed.texts.count == strings.count, "two ways of reading a list disagree on its length")
  for (index, string) in strings.enumerated() {
    let utf8 = Array(string.utf8)
    precondition(listed.texts[index].withUTF8 { $0.elementsEqual(utf8) }, "two ways of reading a text disagree")
    let breaks = utf8.indices.filter { utf8[$0] == 0x0a }.map { Int32($0) }
    precondition(Array(listed.breaks[index].places) == breaks, "line breaks that are none, or are missing")
  }
}

private func fuzzJSON(_ bytes: UnsafeRawBufferPointer) {
  var skipping = JSONCursor(bytes)
  var reading = JSONCursor(bytes)
  let isSkipped: Bool = (try? (skipping.skip(), skipping.end())) != nil
  let isRead: Bool = (try? (readValue(&reading), reading.end())) != nil
  // What can be read can be skipped; only numbers beyond a double's range can be skipped but not read.
  precondition(!isRead || isSkipped, "a text that can be read but not skipped")
  var repairing = JSONCursor(bytes)
  repairing.repairsText = true
  let isRepaired: Bool = (try? (readRepaired(&repairing), repairing.end())) != nil
  precondition(!isSkipped || isRepaired, "a valid text that repairing refuses")
}

/// Reads all strings of a text whose characters may be wrong: each becomes a valid string.
private func readRepaired(_ cursor: inout JSONCursor) throws {
  switch cursor.kind() {
  case .object:
    // What is valid JSON may name a key twice, which readers refuse.
    try cursor.object(keysAreChecked: false) { cursor, key in
      _ = key.text
      try readRepaired(&cursor)
    }
  case .array: try cursor.array { cursor, _ in try readRepaired(&cursor) }
  case .string:
    let text = try cursor.string()
    precondition(String(validating: Array(text.utf8), as: UTF8.self) == text, "a repaired string that is not valid")
  default: try cursor.skip()
  }
}

private func fuzzPickle(_ bytes: UnsafeRawBufferPointer) {
  var reader = PickleReader(bytes)
  _ = try? reader.read()
}

/// Called by libFuzzer with each input.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzOneInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let bytes = UnsafeRawBufferPointer(start: start, count: count)
  guard let first = bytes.first else { return 0 }
  let rest = UnsafeRawBufferPointer(rebasing: bytes.dropFirst())
  if first % 2 == 0 { fuzzJSON(rest) } else { fuzzPickle(rest) }
  return 0
}
