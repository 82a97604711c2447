/// A point or a direction in a space of at most eight dimensions: it lies where it stands, without memory of its own.
struct SmallVector: Hashable, Sendable, BitwiseCopyable {
  /// The most dimensions.
  static let limit = 8

  private var elements = SIMD8<Double>()
  let count: Int

  /// A vector whose elements a closure gives, in order.
  @inline(__always)
  init(count: Int, _ element: (Int) -> Double) {
    self.count = count
    for i in 0..<count { elements[i] = element(i) }
  }

  /// The first eight of some numbers.
  init(_ values: [Double]) { self.init(count: min(values.count, Self.limit)) { values[$0] } }

  @inline(__always)
  subscript(position: Int) -> Double {
    get { elements[position] }
    set { elements[position] = newValue }
  }

  /// The positions of the elements.
  @inline(__always)
  var indices: Range<Int> { 0..<count }

  /// The elements that a closure gives for the vector's positions.
  @inline(__always)
  func map(_ element: (Int) -> Double) -> SmallVector { SmallVector(count: count, element) }

  /// The sum of the products of elements, in their order.
  @inline(__always)
  func dot(_ other: SmallVector) -> Double {
    var sum = 0.0
    for i in indices { sum += elements[i] * other.elements[i] }
    return sum
  }
}

/// Some positions of a vector, in the order in which they were added.
struct SmallIndices: Sendable, BitwiseCopyable {
  private var elements = SIMD8<Int32>()
  private(set) var count = 0

  @inline(__always)
  subscript(place: Int) -> Int {
    get { Int(elements[place]) }
    set { elements[place] = Int32(truncatingIfNeeded: newValue) }
  }

  /// The places of the list.
  @inline(__always)
  var places: Range<Int> { 0..<count }

  mutating func append(_ index: Int) {
    count += 1
    self[count - 1] = index
  }
}
