import Traces

/// For each node of a tree a recorded segment whose path leads through it: the first in recorded order.
struct PrefixPlaces {
  /// A partial answer: the first steps of a segment's whole path.
  struct Place {
    var segment: Int
    var step: Int
  }

  private var segments: [Int32]
  private let depth: [Int32]

  /// Finds the places of all nodes. O(n).
  init(_ tree: TraceTree) {
    segments = Array(repeating: -1, count: tree.nodeCount)
    depth = tree.depth
    for (segment, end) in tree.segmentEnds.enumerated() {
      var node = Int(end)
      while node > 0, segments[node] < 0 {
        segments[node] = Int32(segment)
        node = Int(tree.parent[node])
      }
    }
  }

  /// The place of a node; `nil` for the prompt.
  subscript(node: Int) -> Place? {
    node == 0 ? nil : Place(segment: Int(segments[node]), step: Int(depth[node]))
  }
}
