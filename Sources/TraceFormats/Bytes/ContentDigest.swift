import Traces

/// A hash of a stream's content, however it comes in blocks: tells a file and its compressed copy from others.
///
/// Four chains of multiplications run beside each other, so that it costs little beside decompression. It is stable, and
/// no protection against somebody who makes two contents look alike on purpose.
public struct ContentDigest {
  /// How much of a content its `head` covers, in bytes.
  public static let headBytes = 1 << 14

  private static let factor: UInt64 = 0x9E6C_63D0_876A_9A35
  private static let width = 32
  private var lanes: SIMD4<UInt64> = [
    0x243F_6A88_85A3_08D3, 0x1319_8A2E_0370_7344, 0xA409_3822_299F_31D0, 0x082E_FA98_EC4E_6C89,
  ]
  private var rest: [UInt8] = []
  private var count = 0

  /// Begins with nothing.
  public init() { rest.reserveCapacity(Self.width) }

  /// Absorbs the next bytes.
  public mutating func update(_ bytes: UnsafeRawBufferPointer) {
    count += bytes.count
    var offset = 0
    if !rest.isEmpty {
      offset = min(Self.width - rest.count, bytes.count)
      rest.append(contentsOf: bytes[..<offset])
      guard rest.count == Self.width else { return }
      rest.withUnsafeBytes { _ = Self.absorb($0, from: 0, &lanes) }
      rest.removeAll(keepingCapacity: true)
    }
    offset = Self.absorb(bytes, from: offset, &lanes)
    rest.append(contentsOf: bytes[offset...])
  }

  /// 16 hexadecimal digits for all that was absorbed.
  public var text: String {
    var hash = StableHash()
    for lane in 0..<4 { hash.combine(lanes[lane]) }
    rest.withUnsafeBytes { hash.combine(bytes: $0) }
    hash.combine(UInt64(count))
    let digits = String(hash.value, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }

  /// Absorbs whole blocks.
  ///
  /// - Returns: The offset of what is left.
  private static func absorb(_ bytes: UnsafeRawBufferPointer, from start: Int, _ lanes: inout SIMD4<UInt64>) -> Int {
    var (first, second, third, fourth) = (lanes[0], lanes[1], lanes[2], lanes[3])
    var offset = start
    while offset + width <= bytes.count {
      step(&first, bytes, offset)
      step(&second, bytes, offset + 8)
      step(&third, bytes, offset + 16)
      step(&fourth, bytes, offset + 24)
      offset += width
    }
    lanes = [first, second, third, fourth]
    return offset
  }

  @inline(__always)
  private static func step(_ lane: inout UInt64, _ bytes: UnsafeRawBufferPointer, _ offset: Int) {
    let word = UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
    let mixed = lane ^ word
    lane = (mixed &<< 29 | mixed &>> 35) &* factor
  }
}

extension ContentDigest {
  /// Reads a stream to its end.
  ///
  /// - Throws: What reading throws.
  public init(of source: any ByteSource) throws {
    self.init()
    let block = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 18, alignment: 16)
    defer { block.deallocate() }
    while case let count = try source.read(into: block), count > 0 {
      update(UnsafeRawBufferPointer(rebasing: block[..<count]))
    }
  }

  /// The digest of a stream's first bytes.
  ///
  /// - Throws: What reading throws.
  public static func head(of source: any ByteSource) throws -> String {
    var digest = ContentDigest()
    let bytes = try Decompression.firstBytes(headBytes, of: source)
    bytes.withUnsafeBytes { digest.update($0) }
    return digest.text
  }
}

/// The decompressed content of a file, of which a digest is made while it is read.
public final class DigestedSource: ByteSource {
  private let source: any ByteSource
  private var digest = ContentDigest()

  /// - Parameter source: What is decompressed.
  public init(_ source: any ByteSource) { self.source = source }

  /// The digest of what has been read; to be asked when nobody reads any more.
  public var text: String { digest.text }

  /// Reads on.
  ///
  /// - Throws: What reading throws.
  public func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
    let count = try source.read(into: buffer)
    digest.update(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
    return count
  }
}
