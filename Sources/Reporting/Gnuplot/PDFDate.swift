/// The date inside a pdf, the only thing that differs between two drawings of the same figure.
enum PDFDate {
  /// Every digit of `/CreationDate (D:...)` and `/ModDate (D:...)` replaced, the length kept, so that all offsets hold.
  static func fixed(_ bytes: [UInt8]) -> [UInt8] {
    var bytes = bytes
    for key in ["/CreationDate", "/ModDate"] {
      var start = 0
      while let place = find(Array(key.utf8), in: bytes, from: start) {
        start = place + key.utf8.count
        overwrite(&bytes, from: start)
      }
    }
    return bytes
  }

  /// 1 January 2000 at midnight, for as many digits as the date has.
  private static let digits = Array("20000101000000".utf8)

  private static func overwrite(_ bytes: inout [UInt8], from start: Int) {
    var position = start
    while position < bytes.count, bytes[position] == UInt8(ascii: " ") { position += 1 }
    let opening = Array("(D:".utf8)
    guard bytes.dropFirst(position).starts(with: opening) else { return }
    position += opening.count
    var written = 0
    while position < bytes.count, bytes[position] != UInt8(ascii: ")") {
      if (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(bytes[position]) {
        bytes[position] = written < digits.count ? digits[written] : UInt8(ascii: "0")
        written += 1
      }
      position += 1
    }
  }

  private static func find(_ pattern: [UInt8], in bytes: [UInt8], from start: Int) -> Int? {
    guard bytes.count >= pattern.count else { return nil }
    var position = start
    while position <= bytes.count - pattern.count {
      if bytes[position] == pattern[0], bytes[position..<(position + pattern.count)].elementsEqual(pattern) {
        return position
      }
      position += 1
    }
    return nil
  }
}
