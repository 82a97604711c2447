/// A tree as it is shown: what the text, Graphviz and Mermaid forms of a recorded tree and of a genealogy have in common.
struct Outline: Sendable {
  /// What an entry's colour says.
  enum Kind: String, Hashable, Sendable {
    /// A right answer, or the way to one.
    case right
    /// A wrong answer, or no answer.
    case wrong
    /// Neither.
    case open
  }

  /// One entry.
  struct Entry: Sendable {
    /// The entry above; -1 for the root.
    var parent: Int
    /// Steps below the root.
    var depth: Int
    /// What decides which entries are shown first, and in which order siblings stand.
    var weight: Int
    /// Counts and scores.
    var title: String
    /// The step's text, shortened; `nil` for entries without one.
    var text: String?
    /// The answer and its verdict; `nil` for entries without an end.
    var outcome: String?
    /// What the entry's colour says.
    var kind: Kind

    /// Everything in one line.
    var line: String { [title, text, outcome].compactMap { $0 }.joined(separator: "  ") }
  }

  /// The entries, parents before children; the root first.
  var entries: [Entry]
  /// What weights count, e.g. `draw`.
  var unit: String

  /// The children of each entry, the heaviest first.
  func children() -> [[Int]] {
    var children = [[Int]](repeating: [], count: entries.count)
    for (index, entry) in entries.enumerated() where entry.parent >= 0 { children[entry.parent].append(index) }
    return children.map { siblings in
      siblings.sorted { (-entries[$0].weight, $0) < (-entries[$1].weight, $1) }
    }
  }
}

/// How much of a tree is shown.
public struct OutlineBounds: Hashable, Sendable {
  /// The deepest level shown; `nil` for all.
  public var depth: Int?
  /// The most branches shown after a node; `nil` for all.
  public var top: Int?
  /// The most nodes shown; `nil` for all.
  public var nodes: Int?

  /// Creates bounds; all without.
  public init(depth: Int? = nil, top: Int? = nil, nodes: Int? = nil) {
    self.depth = depth
    self.top = top
    self.nodes = nodes
  }

  /// What a terminal can show.
  public static let terminal = OutlineBounds(depth: nil, top: 5, nodes: 60)
}

/// The part of an outline that is shown.
struct OutlineView: Sendable {
  let outline: Outline
  /// The children shown of each entry, the heaviest first; empty for entries that are not shown.
  let children: [[Int]]
  /// The children of each shown entry that are not shown.
  let hidden: [[Int]]
  /// The entries shown, a parent right before its first child, with all that is below a child before the next child.
  let order: [Int]

  /// Chooses what to show: from the root on, always the heaviest entry whose parent is shown.
  init(_ outline: Outline, bounds: OutlineBounds) {
    let all = outline.children()
    let isShown = Self.chosen(outline, all, bounds)
    self.outline = outline
    children = all.enumerated().map { index, list in isShown[index] ? list.filter { isShown[$0] } : [] }
    hidden = all.enumerated().map { index, list in isShown[index] ? list.filter { !isShown[$0] } : [] }
    order = Self.preorder(children)
  }

  /// The number of entries that are not shown.
  var hiddenCount: Int { outline.entries.count - order.count }

  /// What is not shown below an entry, in words; `nil` where all is shown.
  func hiddenText(after entry: Int) -> String? {
    let list = hidden[entry]
    guard !list.isEmpty else { return nil }
    let weight = list.reduce(0) { $0 + outline.entries[$1].weight }
    return "… \(list.count) more " + (list.count == 1 ? "branch, " : "branches, ")
      + OneLineText.count(weight, outline.unit)
  }

  private static func chosen(_ outline: Outline, _ children: [[Int]], _ bounds: OutlineBounds) -> [Bool] {
    var isShown = [Bool](repeating: false, count: outline.entries.count)
    var frontier = outline.entries.isEmpty ? [] : [0]
    var shown = 0
    // The root stands for no step and is always shown.
    while !frontier.isEmpty, shown <= bounds.nodes ?? .max - 1 {
      // Without a limit the order of choice does not matter.
      let entry = bounds.nodes == nil ? frontier.removeLast() : frontier.remove(at: heaviest(frontier, outline))
      isShown[entry] = true
      shown += 1
      guard outline.entries[entry].depth < bounds.depth ?? .max else { continue }
      frontier += children[entry].prefix(bounds.top ?? .max)
    }
    return isShown
  }

  /// The place of the entry to be shown next; of equals the one nearest the root, then the first.
  private static func heaviest(_ frontier: [Int], _ outline: Outline) -> Int {
    let rank = { (place: Int) in
      let entry = outline.entries[frontier[place]]
      return (entry.weight, -entry.depth, -frontier[place])
    }
    return frontier.indices.max { rank($0) < rank($1) } ?? 0
  }

  private static func preorder(_ children: [[Int]]) -> [Int] {
    var order: [Int] = []
    var stack = children.isEmpty ? [] : [0]
    while let entry = stack.popLast() {
      order.append(entry)
      stack += children[entry].reversed()
    }
    return order
  }
}
