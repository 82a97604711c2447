import Traces

extension OnlineRun {
  /// Reads one line of a file of online runs.
  ///
  /// - Parameters:
  ///   - step: What the nodes' scores are, for their range.
  ///   - prefix: What the nodes' prefix scores are.
  init(_ line: TextLine, step: ScoreColumn, prefix: ScoreColumn) throws {
    var cursor = JSONCursor(line.bytes, origin: line.byte)
    self.init(
      problem: "", method: "", aggregate: "", budget: 0, replicate: 0, isRight: false, nodes: [], final: [],
      line: line.number)
    var missing = ["problem", "method", "aggregate", "budget", "replicate", "right"]
    try cursor.object { cursor, key in
      missing.removeAll { key.equals($0) }
      switch key {
      case "problem": problem = try cursor.label() ?? ""
      case "method": method = try cursor.string()
      case "aggregate": aggregate = try cursor.optionalString() ?? ""
      case "budget": budget = try cursor.naturalNumber()
      case "replicate": replicate = try cursor.naturalNumber()
      case "answer": answer = try cursor.label()
      case "right": isRight = try cursor.boolean()
      case "expected": expected = try cursor.takeNull() ? nil : cursor.share()
      case "tokens": tokens = try cursor.optionalInteger()
      case "nodes":
        try cursor.array { cursor, index in nodes.append(try Node(&cursor, index: index, step: step, prefix: prefix)) }
      case "final": try cursor.array { cursor, _ in final.append(try cursor.naturalNumber()) }
      default: try cursor.skip()
      }
    }
    try cursor.end()
    if let key = missing.first { throw UnacceptableData.missing(key, expected: "the keys of an online run") }
    if let index = final.firstIndex(where: { $0 >= nodes.count }), !nodes.isEmpty {
      throw UnacceptableData(
        field: "final[\(index)]", found: "node \(final[index])", expected: "one of the \(nodes.count) nodes")
    }
  }
}

extension OnlineRun.Node {
  init(_ cursor: inout JSONCursor, index: Int, step: ScoreColumn, prefix: ScoreColumn) throws {
    var parent: Int?
    var text: String?
    self.init(parent: -1, text: "")
    try cursor.object { cursor, key in
      switch key {
      case "parent": parent = try cursor.integer()
      case "text": text = try cursor.string()
      case "tokens": tokens = try cursor.takeNull() ? nil : cursor.naturalNumber()
      case "logprob": logProbability = try cursor.optionalLogProbability()
      case "score": score = try cursor.takeNull() ? nil : cursor.score(step)
      case "prefixScore": prefixScore = try cursor.takeNull() ? nil : cursor.score(prefix)
      default: try cursor.skip()
      }
    }
    guard let parent else { throw UnacceptableData.missing("parent", expected: "the node continued, or -1") }
    guard parent >= -1, parent < index else {
      throw UnacceptableData(field: "parent", found: "\(parent)", expected: "an earlier node, or -1 for the prompt")
    }
    guard let text else { throw UnacceptableData.missing("text", expected: "the step's text") }
    self.parent = parent
    self.text = text
  }
}
