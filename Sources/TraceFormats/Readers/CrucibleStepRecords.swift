import Traces

/// The `step_records` of a generation cassette: for prefixes by digest, the steps drawn after them.
struct CrucibleStepRecords {
  private var children: [ExactText: [CrucibleStep]] = [:]
  private var order: [ExactText] = []

  mutating func read(_ cursor: inout JSONCursor) throws {
    try cursor.array { cursor, _ in
      var key: String?
      var steps: [CrucibleStep] = []
      try cursor.object { cursor, name in
        switch name {
        case "key": key = try cursor.string()
        case "batches":
          try cursor.array { cursor, _ in
            try cursor.array { cursor, _ in steps.append(try CrucibleStep(&cursor)) }
          }
        default: try cursor.skip()
        }
      }
      guard let key = key.map({ ExactText($0) }) else {
        throw UnacceptableData.missing("key", expected: "PROBLEM:DIGEST")
      }
      if children[key] == nil { order.append(key) }
      children[key, default: []] += steps
    }
  }

  /// Takes out a problem's tree, from the empty prefix on, breadth first.
  ///
  /// Two draws of the same step lead to the same prefix: what follows it continues the first of them.
  ///
  /// - Throws: `UnacceptableData` for a list of scores that disagrees with its prefix in number.
  mutating func tree(of problem: String, _ scoring: CrucibleScoring) throws -> SegmentTree {
    var tree = SegmentTree()
    var waiting: [(prefix: [String], node: Int)] = [([], -1)]
    var next = 0
    while next < waiting.count {
      let (prefix, parent) = waiting[next]
      next += 1
      let key = ExactText("\(problem):\(CrucibleScoring.digest(prefix))")
      guard let drawn = children.removeValue(forKey: key) else { continue }
      for step in drawn {
        let path = prefix + [step.text]
        let node = tree.add(
          SegmentTree.Node(
            parent: parent, text: step.text, tokens: step.tokens, scores: try scoring.score(of: path),
            finish: CompleteText.states(step.text) ? .stop : .open))
        waiting.append((path, node))
      }
    }
    return tree
  }

  /// - Throws: `UnacceptableData` for a prefix that no recorded step leads to: its texts cannot be told.
  func checkNothingIsLeft() throws {
    guard let key = order.first(where: { children[$0] != nil }) else { return }
    throw UnacceptableData(
      field: "step_records", found: "steps after the prefix \(key.text), which no recorded step leads to",
      expected: "problems and prefixes that are in the file")
  }
}
