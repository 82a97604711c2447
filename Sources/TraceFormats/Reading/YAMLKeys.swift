import Traces

/// Finds the top-level keys of a YAML mapping without parsing it.
enum YAMLKeys {
  /// The words before a colon at the beginning of lines, in quotes or not, in order; none where the first line that
  /// says anything is no such line.
  static func top(of bytes: UnsafeRawBufferPointer) -> [String] {
    var keys: [String] = []
    let mark = Array("\u{FEFF}".utf8)
    for line in bytes.dropFirst(bytes.starts(with: mark) ? mark.count : 0).split(separator: 0x0a) {
      if let key = key(of: line) {
        keys.append(key)
      } else if keys.isEmpty, !isPassedOver(line) {
        return []
      }
    }
    return keys
  }

  private static func key(of line: Slice<UnsafeRawBufferPointer>) -> String? {
    guard let colon = line.firstIndex(of: UInt8(ascii: ":")) else { return nil }
    let next = line.index(after: colon)
    guard next == line.endIndex || [0x20, 0x0d, 0x09].contains(line[next]) else { return nil }
    var word = line[line.startIndex..<colon]
    for quote in [UInt8(ascii: "\""), UInt8(ascii: "'")]
    where word.count > 2 && word.first == quote && word.last == quote {
      word = word.dropFirst().dropLast()
    }
    let isWord = word.allSatisfy { $0 == UInt8(ascii: "_") || UInt8(ascii: "a")...UInt8(ascii: "z") ~= $0 }
    return isWord && !word.isEmpty ? String(decoding: word, as: UTF8.self) : nil
  }

  /// Lines that may stand before the first key: blank ones, comments, directives, the document's start.
  private static func isPassedOver(_ line: Slice<UnsafeRawBufferPointer>) -> Bool {
    let content = line.drop { $0 == 0x20 || $0 == 0x0d || $0 == 0x09 }
    guard let first = content.first else { return true }
    return first == UInt8(ascii: "#") || first == UInt8(ascii: "%") || line.starts(with: "---".utf8)
  }
}
