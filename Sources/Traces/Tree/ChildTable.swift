/// The nodes of one level of a tree by what makes them different: a table with open addressing, in memory that serves
/// one level after the other.
///
/// Keys of steps are hashes already, so that a multiplication spreads them.
struct ChildTable {
  /// What steps must have in common to become one node.
  struct Key: Equatable {
    var parent: Int32
    /// The key of the step's text.
    var step: UInt64
    var isTerminal: Bool
  }

  private var keys: [Key] = []
  /// -1 where nothing is.
  private var nodes: [Int32] = []
  private var mask = 0

  /// Forgets all nodes and makes room for a level.
  ///
  /// - Parameter count: The most nodes that the level can have.
  mutating func clear(for count: Int) {
    var size = 16
    while size < count * 2 { size *= 2 }
    nodes.removeAll(keepingCapacity: true)
    nodes.append(contentsOf: repeatElement(-1, count: size))
    if keys.count < size {
      keys = Array(repeating: Key(parent: 0, step: 0, isTerminal: false), count: size)
    }
    mask = size - 1
  }

  /// The node of a key; where there is none yet, the given one from now on.
  mutating func node(of key: Key, else new: Int32) -> Int32 {
    let mixed = (key.step ^ UInt64(UInt32(bitPattern: key.parent)) << 1 ^ (key.isTerminal ? 1 : 0))
      .multipliedFullWidth(by: 0x9E37_79B9_7F4A_7C15)
    var place = Int(truncatingIfNeeded: mixed.high ^ mixed.low) & mask
    while nodes[place] >= 0 {
      if keys[place] == key { return nodes[place] }
      place = (place + 1) & mask
    }
    keys[place] = key
    nodes[place] = new
    return new
  }
}
