extension OutlineView {
  /// The tree for a terminal: branches with lines, a step that is the only one after another right below it.
  var text: String {
    var lines: [String] = []
    // What stands before an entry's own lines of children.
    var indents = [String](repeating: "", count: outline.entries.count)
    for entry in order {
      let (lead, below) = position(of: entry, indents)
      indents[entry] = below
      lines.append(lead + outline.entries[entry].line)
      // An entry whose children are all hidden says so at once; others after their last child.
      if children[entry].isEmpty { lines += ends(entry, indents) }
    }
    return lines.map { $0 + "\n" }.joined()
  }

  /// What stands before an entry, and before what is below it.
  private func position(of entry: Int, _ indents: [String]) -> (lead: String, below: String) {
    let parent = outline.entries[entry].parent
    guard parent >= 0 else { return ("", "") }
    let indent = indents[parent]
    let isOnly = children[parent].count + hidden[parent].count == 1
    guard !isOnly || parent == 0 else { return (indent, indent) }
    let isLast = children[parent].last == entry && hidden[parent].isEmpty
    return isLast ? (indent + "└─ ", indent + "   ") : (indent + "├─ ", indent + "│  ")
  }

  /// What is hidden below an entry, and below each of its ancestors whose last shown line this is.
  private func ends(_ entry: Int, _ indents: [String]) -> [String] {
    var lines: [String] = []
    var current = entry
    while true {
      if let hidden = hiddenText(after: current) { lines.append(indents[current] + "└─ " + hidden) }
      let parent = outline.entries[current].parent
      guard parent >= 0, children[parent].last == current else { return lines }
      current = parent
    }
  }
}
