/// A fixed number of plain values side by side: no reference counting and no copy-on-write where loops write.
///
/// Indices are checked in debug builds. The owner frees it.
struct FlatStorage<Element: BitwiseCopyable>: ~Copyable, @unchecked Sendable {
  private let buffer: UnsafeMutableBufferPointer<Element>

  /// Makes room for some equal values.
  init(repeating value: Element, count: Int) {
    buffer = .allocate(capacity: max(count, 1))
    buffer.initialize(repeating: value)
  }

  /// Copies an array.
  init(_ values: [Element]) {
    buffer = .allocate(capacity: max(values.count, 1))
    _ = buffer.initialize(fromContentsOf: values)
  }

  deinit { buffer.deallocate() }

  /// How many values there is room for.
  var capacity: Int { buffer.count }

  @inline(__always)
  subscript(position: Int) -> Element {
    get { buffer[position] }
    nonmutating set { buffer[position] = newValue }
    nonmutating _modify { yield &buffer[position] }
  }

  /// Copies the first values of another storage.
  func copy(_ other: borrowing FlatStorage<Element>, count: Int) {
    guard count > 0, let target = buffer.baseAddress, let source = other.buffer.baseAddress else { return }
    target.update(from: source, count: count)
  }

  /// The first values as an array.
  func prefix(_ count: Int) -> [Element] { Array(buffer[..<count]) }
}
