/// A stream of random numbers that is a function of its key alone: never of threads, order, or what else was computed.
public struct RandomStream: Sendable {
  /// What a stream belongs to.
  public struct Key: Hashable, Sendable {
    @usableFromInline
    var hash: UInt64

    /// The key of a method on a problem: the part that is the same for all budgets and replicates.
    public init(seed: UInt64, problem: String, method: String, settings: String) {
      var hash = StableHash(seed: seed)
      hash.combine(problem)
      hash.combine(method)
      hash.combine(settings)
      self.hash = hash.value
    }
  }

  @usableFromInline
  var key: SIMD2<UInt32>
  @usableFromInline
  var counter: SIMD4<UInt32>
  /// The numbers of two blocks, of which the first `used` have been given out.
  @usableFromInline
  var blocks: SIMD8<UInt32>
  @usableFromInline
  var used: Int

  /// The stream of one replicate at one budget.
  @inlinable
  public init(_ key: Key, budget: Int, replicate: Int) {
    self.key = SIMD2(UInt32(truncatingIfNeeded: key.hash), UInt32(truncatingIfNeeded: key.hash >> 32))
    counter = SIMD4(0, 0, UInt32(truncatingIfNeeded: replicate), UInt32(truncatingIfNeeded: budget))
    blocks = .zero
    used = 8
  }

  /// The next 32 random bits.
  @inlinable
  public mutating func nextBits() -> UInt32 {
    if used == 8 { refill() }
    let bits = blocks[used & 7]
    used &+= 1
    return bits
  }

  @usableFromInline
  @inline(never)
  mutating func refill() {
    blocks = Philox4x32.twoBlocks(counter: counter, key: key)
    let before = counter.x
    counter.x &+= 2
    if counter.x < before { counter.y &+= 1 }
    used = 0
  }

  /// A uniform number in [0, 1), a multiple of 2^-53.
  @inlinable
  public mutating func uniform() -> Double {
    let high = UInt64(nextBits())
    let low = UInt64(nextBits())
    return Double((high << 32 | low) >> 11) * 0x1p-53
  }

  /// A uniform whole number in 0..<bound; 0 where the bound is below 2.
  ///
  /// Exact by rejection: Lemire, "Fast random integer generation in an interval", ACM TOMACS 29 (2019),
  /// doi 10.1145/3230636.
  @inlinable
  public mutating func below(_ bound: Int) -> Int {
    guard bound > 1 else { return 0 }
    let range = UInt32(truncatingIfNeeded: bound)
    var product = UInt64(nextBits()) &* UInt64(range)
    if UInt32(truncatingIfNeeded: product) < range {
      let threshold = (0 &- range) % range
      while UInt32(truncatingIfNeeded: product) < threshold { product = UInt64(nextBits()) &* UInt64(range) }
    }
    return Int(product >> 32)
  }
}

extension RandomStream: RandomNumberGenerator {
  /// The next 64 random bits.
  @inlinable
  public mutating func next() -> UInt64 {
    let high = UInt64(nextBits())
    return high << 32 | UInt64(nextBits())
  }
}
