/// A list of plain values for what a run notes as it goes; it keeps its room when emptied.
struct FlatList<Element: BitwiseCopyable & Sendable>: ~Copyable, Sendable {
  private var storage: FlatStorage<Element>
  private let filler: Element
  private(set) var count = 0

  init(filler: Element, capacity: Int) {
    self.filler = filler
    storage = FlatStorage(repeating: filler, count: capacity)
  }

  @inline(__always)
  subscript(position: Int) -> Element {
    get { storage[position] }
    nonmutating set { storage[position] = newValue }
    nonmutating _modify { yield &storage[position] }
  }

  /// The last value; the list must not be empty.
  @inline(__always)
  var last: Element { storage[count &- 1] }

  @inline(__always)
  mutating func append(_ value: Element) {
    if count == storage.capacity { grow() }
    storage[count] = value
    count &+= 1
  }

  /// Removes the last value and returns it; the list must not be empty.
  @inline(__always)
  mutating func removeLast() -> Element {
    count &-= 1
    return storage[count]
  }

  @inline(__always)
  mutating func removeAll() { count = 0 }

  /// Forgets all values but the first ones.
  mutating func truncate(to count: Int) { self.count = min(self.count, count) }

  /// The values as an array.
  func array() -> [Element] { storage.prefix(count) }

  private mutating func grow() {
    let larger = FlatStorage(repeating: filler, count: 2 * storage.capacity)
    larger.copy(storage, count: count)
    storage = larger
  }
}
