/// The keys that an object has had, by a 64-bit mark each, to notice one that comes twice.
///
/// Marks of keys of up to eight bytes are the bytes themselves; those of longer keys are hashes, so a mark that occurs
/// again is only a reason to look (`JSONCursor.repeatsKey`).
struct JSONKeyRegister {
  private var marks = InlineArray<12, UInt64>(repeating: 0)
  private var count = 0
  /// Marks beyond the first, of objects with many keys.
  private var more: Set<UInt64> = []

  /// Takes down a key; says whether its mark is there already.
  @inline(__always)
  mutating func hasMark(of key: JSONKey) -> Bool {
    let mark = key.mark
    for index in 0..<count where marks[index] == mark { return true }
    if count < marks.count {
      marks[count] = mark
      count += 1
      return false
    }
    return !more.insert(mark).inserted
  }
}

extension JSONKey {
  /// 64 bits of the key: different ones for different keys of up to eight bytes, else a hash.
  @inline(__always)
  var mark: UInt64 {
    guard !hasEscapes, bytes.count <= 8 else { return markOfLongKey() }
    // No key holds a NUL byte as it is written, so missing bytes can be zeros.
    var word: UInt64 = 0
    if bytes.count >= 4 {
      let low = bytes.loadUnaligned(as: UInt32.self)
      let high = bytes.loadUnaligned(fromByteOffset: bytes.count - 4, as: UInt32.self)
      word = UInt64(low) | UInt64(high) << UInt64(8 * (bytes.count - 4))
    } else {
      for index in 0..<bytes.count { word |= UInt64(bytes[index]) << UInt64(8 * index) }
    }
    return word
  }

  private func markOfLongKey() -> UInt64 {
    guard hasEscapes else { return Self.hash(bytes) }
    var decoded: [UInt8] = []
    JSONCursor.decode(bytes, into: &decoded)
    return decoded.withUnsafeBytes { raw in
      raw.count <= 8 && !raw.contains(0) ? JSONKey(bytes: raw, hasEscapes: false).mark : Self.hash(raw)
    }
  }

  private static func hash(_ bytes: UnsafeRawBufferPointer) -> UInt64 {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for byte in bytes { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01b3 }
    return hash
  }
}
