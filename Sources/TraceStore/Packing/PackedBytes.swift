/// BLOBs one behind the other in one block of memory, little-endian.
struct PackedBytes: Sendable {
  /// A BLOB's place in the block.
  struct Place: Sendable {
    var start: Int
    var count: Int

    static let empty = Place(start: 0, count: 0)

    init(start: Int, count: Int) {
      self.start = start
      self.count = count
    }

    init(_ range: Range<Int>) { self.init(start: range.lowerBound, count: range.count) }
  }

  private(set) var bytes: [UInt8] = []

  /// - Parameter capacity: The bytes that are expected.
  init(capacity: Int) { bytes.reserveCapacity(capacity) }

  /// Adds numbers as they lie in memory, which is little-endian wherever Swift runs.
  mutating func append<Number: BitwiseCopyable>(_ numbers: [Number]) -> Place {
    numbers.withUnsafeBytes { append($0) }
  }

  /// Adds the UTF-8 of a text.
  mutating func append(_ text: String) -> Place {
    var text = text
    return text.withUTF8 { append(UnsafeRawBufferPointer($0)) }
  }

  /// Adds bytes.
  mutating func append(_ added: UnsafeRawBufferPointer) -> Place {
    let place = Place(start: bytes.count, count: added.count)
    bytes.append(contentsOf: added)
    return place
  }
}

extension UnsafeRawBufferPointer {
  /// The bytes at a place.
  @inline(__always)
  func bytes(at place: PackedBytes.Place) -> UnsafeRawBufferPointer {
    UnsafeRawBufferPointer(rebasing: self[place.start..<place.start + place.count])
  }
}
