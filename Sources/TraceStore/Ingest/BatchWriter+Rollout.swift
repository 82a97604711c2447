import Traces

extension BatchWriter {
  /// Writes one rollout: its numbers, its text and its scores.
  mutating func write(
    _ rollout: RolloutRecord,
    index: Int,
    answer: GradedAnswer?,
    answerClass: Int64?,
    context: RolloutContext
  ) throws {
    let parent = try rollout.parent.map { try resolve($0, index: index, context: context) }
    let identifier = try insert(rollout, index: index, parent: parent, answerClass: answerClass, context: context)
    try insertText(of: rollout, identifier: identifier, answer: answer)
    for (column, scores) in rollout.scores.enumerated() where !scores.isEmpty {
      try ScoreRow(
        rollout: identifier, scorer: context.scorers[column], scale: context.columns[column].scale, scores: scores
      ).write(with: statements.insertScore)
      counts.scores += scores.count
    }
    counts.rollouts += 1
    counts.steps += rollout.stepEnds.count
    if rollout.finish != .open, answer == nil { counts.withoutAnswer += 1 }
    if answer?.status == .fallback { counts.unparsed += 1 }
  }

  private mutating func insert(
    _ rollout: RolloutRecord,
    index: Int,
    parent: StoredParent?,
    answerClass: Int64?,
    context: RolloutContext
  ) throws -> Int64 {
    let statement = statements.insertRollout
    let total = rollout.tokens.isEmpty ? rollout.totalTokens : rollout.tokens.reduce(0) { $0 + Int($1) }
    statement.bind(1, context.problem)
    statement.bind(2, context.recording)
    statement.bind(3, source)
    statement.bind(4, context.firstPosition + index)
    statement.bind(5, parent?.identifier)
    statement.bind(6, parent?.step)
    statement.bind(7, rollout.stepEnds.count)
    statement.bind(8, constant: Self.name(of: rollout.finish))
    statement.bind(9, answerClass)
    statement.bind(10, rollout.sourceVerdict)
    statement.bind(11, total)
    packing.pack(rollout, delimiterBytes: context.delimiterBytes)
    try packing.withBytes { ends, keys in
      try rollout.tokens.withUnsafeBytes { tokens in
        try rollout.logProbabilities.withUnsafeBytes { logProbabilities in
          for (index, bytes) in [ends, keys, tokens, logProbabilities].enumerated() {
            statement.bind(Int32(12 + index), uncopied: bytes)
          }
          try statement.run()
        }
      }
    }
    return statement.lastInsertedRow
  }

  private static func name(of finish: Finish) -> StaticString {
    switch finish {
    case .stop: "stop"
    case .length: "length"
    case .open: "open"
    }
  }

  private func insertText(of rollout: RolloutRecord, identifier: Int64, answer: GradedAnswer?) throws {
    let statement = statements.insertText
    statement.bind(1, identifier)
    statement.bind(3, answer?.text)
    statement.bind(4, rollout.answer)
    try statement.run(2, uncopied: rollout.text)
  }
}
