import Traces

/// The `rollouts` list of the `retrace` format.
struct RetraceRollouts {
  private let context: ReadingContext
  private let header: RetraceHeader
  private(set) var rollouts: [RolloutRecord] = []
  private(set) var columns: [ScoreColumn] = []

  /// - Throws: `UnacceptableData` with the path inside the list.
  init(_ cursor: inout JSONCursor, _ header: RetraceHeader, _ context: ReadingContext) throws {
    self.context = context
    self.header = header
    try cursor.array { cursor, _ in
      rollouts.append(try readRollout(&cursor))
    }
    for index in rollouts.indices {
      // Columns that a later rollout brought in are empty in the earlier ones.
      rollouts[index].scoreLists.extend(to: columns.count)
    }
  }

  private mutating func readRollout(_ cursor: inout JSONCursor) throws -> RolloutRecord {
    var steps: RetraceSteps?
    var rollout = RolloutRecord(text: "", stepEnds: [], finish: .open)
    var hasFinish = false
    try cursor.object { cursor, key in
      switch key {
      case "steps":
        var read = RetraceSteps(delimiter: header.delimiter, columns: columns)
        try read.read(&cursor, column: { scorer, channel in column(scorer, channel) })
        steps = read
      case "finish":
        rollout.finish = try Self.finish(&cursor)
        hasFinish = true
      case "answer": rollout.answer = try cursor.label()
      case "parent": rollout.parent = try Self.parent(&cursor)
      case "tokens": rollout.totalTokens = try cursor.takeNull() ? nil : cursor.naturalNumber()
      case "verdict": rollout.sourceVerdict = try cursor.optionalBoolean()
      default: try cursor.skip()
      }
    }
    guard let steps else { throw UnacceptableData.missing("steps", expected: "a list of steps") }
    guard hasFinish else { throw UnacceptableData.missing("finish", expected: #""stop", "length" or null"#) }
    columns = steps.columns
    try steps.complete(&rollout)
    return rollout
  }

  private func column(_ scorer: String, _ channel: ScoreChannel) -> ScoreColumn {
    context.column(scorer, channel, scale: header.scales[ExactText(scorer)] ?? .probability)
  }

  private static func finish(_ cursor: inout JSONCursor) throws -> Finish {
    guard let word = try cursor.optionalString() else { return .open }
    switch word {
    case "stop": return .stop
    case "length": return .length
    default: throw cursor.failure(found: "\"\(word)\"", expected: #""stop", "length" or null"#)
    }
  }

  private static func parent(_ cursor: inout JSONCursor) throws -> RolloutRecord.Parent? {
    if try cursor.takeNull() { return nil }
    var rollout: Int?
    var step: Int?
    try cursor.object { cursor, key in
      switch key {
      case "rollout": rollout = try cursor.naturalNumber()
      case "step": step = try cursor.naturalNumber()
      default: try cursor.skip()
      }
    }
    guard let rollout else { throw UnacceptableData.missing("rollout", expected: "the position of an earlier rollout") }
    guard let step else { throw UnacceptableData.missing("step", expected: "the number of steps before this segment") }
    return RolloutRecord.Parent(rollout: rollout, step: step)
  }
}

extension JSONCursor {
  /// Reads a whole number that is not negative and fits 32 bits.
  mutating func naturalNumber() throws -> Int {
    skipSpace()
    let start = position
    let value = try integer()
    guard value >= 0, value <= Int(Int32.max) else {
      position = start
      throw failure(found: "\(value)", expected: Self.naturalNumbers)
    }
    return value
  }

  /// What `naturalNumber` takes, in words.
  static var naturalNumbers: String { "a count, 0 to \(Int32.max)" }

  /// Reads a count where -1, which some files write for a count that is not known, and null are nothing.
  mutating func knownCount() throws -> Int? {
    if try takeNull() { return nil }
    skipSpace()
    let start = position
    let value = try integer()
    guard value != -1 else { return nil }
    guard value >= 0, value <= Int(Int32.max) else {
      position = start
      throw failure(found: "\(value)", expected: Self.naturalNumbers + ", or -1 where it is not known")
    }
    return value
  }
}
