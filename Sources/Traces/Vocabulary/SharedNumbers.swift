/// Numbers that may lie in one block of memory with others, so that the thousand lists of a record cost one allocation.
@frozen
public struct SharedNumbers<Number: BitwiseCopyable & Sendable>: Sendable {
  /// The numbers of all lists that share the block.
  public let block: [Number]
  /// The places of this one's.
  public let range: Range<Int>

  /// A list with a block of its own.
  @inlinable
  public init(_ numbers: [Number]) {
    block = numbers
    range = numbers.indices
  }

  /// A list in a block.
  @inlinable
  public init(in block: [Number], _ range: Range<Int>) {
    self.block = block
    self.range = range
  }

  /// How many there are.
  @inlinable
  public var count: Int { range.count }

  /// The list by itself.
  @inlinable
  public var numbers: [Number] { range == block.indices ? block : Array(block[range]) }

  /// Calls a body with the numbers, where they lie.
  @inlinable
  public func withNumbers<Value, Failure: Error>(
    _ body: (UnsafeBufferPointer<Number>) throws(Failure) -> Value
  ) throws(Failure) -> Value {
    try block.withUnsafeBufferPointer { (all) throws(Failure) in try body(UnsafeBufferPointer(rebasing: all[range])) }
  }

  /// The lists of a block, one behind the other.
  ///
  /// - Parameter ends: Where each ends.
  @inlinable
  public static func lists(in block: [Number], ends: [Int]) -> [SharedNumbers] {
    var start = 0
    return ends.map { end in
      defer { start = end }
      return SharedNumbers(in: block, start..<end)
    }
  }
}

/// For each column of a record a list of scores; most records have one column.
public struct ScoreLists: Sendable {
  private var first: SharedNumbers<Double>?
  private var others: [SharedNumbers<Double>] = []

  /// One list.
  public init(_ list: SharedNumbers<Double>) { first = list }

  /// Some lists.
  public init(_ lists: [[Double]]) {
    first = lists.first.map { SharedNumbers($0) }
    others = lists.dropFirst().map { SharedNumbers($0) }
  }

  /// The number of lists.
  public var count: Int { first == nil ? 0 : 1 + others.count }

  /// The list of a column.
  ///
  /// - Parameter column: 0 to `count` - 1.
  public subscript(column: Int) -> SharedNumbers<Double> {
    guard column == 0, let first else { return others[column - 1] }
    return first
  }

  /// Adds empty lists until there are so many.
  public mutating func extend(to count: Int) {
    if first == nil, count > 0 { first = SharedNumbers([]) }
    while self.count < count { others.append(SharedNumbers([])) }
  }

  /// The lists by themselves.
  public var lists: [[Double]] { (0..<count).map { self[$0].numbers } }
}
