extension RecordedSegments {
  /// A segment's numbers as a store keeps them: packed little-endian values, at any alignment.
  public struct PackedSteps {
    /// One `UInt64` key a step.
    public var keys: UnsafeRawBufferPointer
    /// One `Int32` count a step, or empty where unknown.
    public var tokens: UnsafeRawBufferPointer
    /// One `Double` a step, or empty where unknown.
    public var logProbabilities: UnsafeRawBufferPointer
    /// Whether the tokens are shares of the rollout's total.
    public var tokensAreApportioned = false

    /// Gathers packed values that stay valid until they are appended.
    public init(
      keys: UnsafeRawBufferPointer,
      tokens: UnsafeRawBufferPointer,
      logProbabilities: UnsafeRawBufferPointer
    ) {
      self.keys = keys
      self.tokens = tokens
      self.logProbabilities = logProbabilities
    }
  }

  /// Adds a segment from packed values, with unknown scores; see `place(scores:column:segment:)`.
  ///
  /// - Returns: Whether the lengths agree; where they do not, nothing is added.
  /// - Complexity: O(steps), without allocations while the reserved capacity lasts.
  @discardableResult
  public mutating func append(_ segment: Segment, packed: PackedSteps) -> Bool {
    let steps = packed.keys.count / 8
    guard steps * 8 == packed.keys.count,
      packed.tokens.isEmpty || packed.tokens.count == steps * 4,
      packed.logProbabilities.isEmpty || packed.logProbabilities.count == steps * 8
    else { return false }
    begin(segment)
    Self.extend(&keySteps, by: steps, with: packed.keys, missing: 0)
    Self.extend(&tokenSteps, by: steps, with: packed.tokens, missing: -1)
    Self.extend(&logProbabilitySteps, by: steps, with: packed.logProbabilities, missing: .nan)
    for column in columns.indices {
      scoreSteps[column].append(contentsOf: repeatElement(.nan, count: steps))
    }
    firstStep.append(keySteps.count)
    if packed.tokensAreApportioned { hasApportionedTokens = true }
    return true
  }

  /// Sets a segment's scores in one column from packed `Double` values.
  ///
  /// - Returns: Whether there is one value for each step; where not, nothing is set.
  public mutating func place(scores: UnsafeRawBufferPointer, column: Int, segment: Int) -> Bool {
    let range = steps(of: segment)
    guard scores.count == range.count * 8 else { return false }
    scoreSteps[column].withUnsafeMutableBytes { target in
      UnsafeMutableRawBufferPointer(rebasing: target[(range.lowerBound * 8)..<(range.upperBound * 8)])
        .copyMemory(from: scores)
    }
    return true
  }

  private static func extend<Element: BitwiseCopyable>(
    _ array: inout [Element],
    by count: Int,
    with bytes: UnsafeRawBufferPointer,
    missing: Element
  ) {
    if bytes.isEmpty {
      array.append(contentsOf: repeatElement(missing, count: count))
    } else if let start = bytes.baseAddress, UInt(bitPattern: start) % UInt(MemoryLayout<Element>.alignment) == 0 {
      array.append(contentsOf: bytes.assumingMemoryBound(to: Element.self))
    } else {
      for step in 0..<count {
        array.append(
          bytes.loadUnaligned(fromByteOffset: step * MemoryLayout<Element>.stride, as: Element.self))
      }
    }
  }
}
