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
  }

  @inline(__always)
  mutating func append(_ value: Element) {
    if count == storage.capacity { grow() }
    storage[count] = value
    count &+= 1
  }

  @inline(__always)
  mutating func removeAll() { count = 0 }

  private mutating func grow() {
    let larger = FlatStorage(repeating: filler, count: 2 * storage.capacity)
    larger.copy(storage, count: count)
    storage = larger
  }
}
