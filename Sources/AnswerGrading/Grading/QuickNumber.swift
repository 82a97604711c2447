/// Plain integers of up to 18 digits, which most answers are, without tokens or trees.
enum QuickNumber {
  static func form(_ answer: String) -> CanonicalForm? {
    var copy = answer
    let value = copy.withUTF8 { integer($0) }
    guard let value else { return nil }
    return CanonicalForm(source: answer, status: .parsed, key: Number.rationalKey(value, 1), details: nil)
  }

  private static func integer(_ bytes: UnsafeBufferPointer<UInt8>) -> Int64? {
    guard bytes.count > 0, bytes.count < 20 else { return nil }
    let negative = bytes[0] == UInt8(ascii: "-")
    let first = negative ? 1 : 0
    guard bytes.count > first, bytes.count - first <= 18 else { return nil }
    var value: Int64 = 0
    for index in first..<bytes.count {
      let digit = bytes[index] &- 48
      if digit > 9 { return nil }
      value = value &* 10 &+ Int64(digit)
    }
    return negative ? -value : value
  }
}
