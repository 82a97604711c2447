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

  private func insert(
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
    statement.bind(8, rollout.finish.rawValue)
    statement.bind(9, answerClass)
    statement.bind(10, rollout.sourceVerdict)
    statement.bind(11, total)
    StepBoundaries(ends: rollout.stepEnds).bind(to: statement, parameter: 12)
    statement.bind(packed: 13, context.keys(of: rollout, index: index))
    statement.bind(packed: 14, rollout.tokens)
    statement.bind(packed: 15, rollout.logProbabilities)
    try statement.run()
    return statement.insertedRow
  }

  private func insertText(of rollout: RolloutRecord, identifier: Int64, answer: GradedAnswer?) throws {
    let statement = statements.insertText
    statement.bind(1, identifier)
    statement.bind(2, rollout.text)
    statement.bind(3, answer?.text)
    statement.bind(4, rollout.answer)
    try statement.run()
  }
}
