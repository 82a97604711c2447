import Traces

/// Checks that a record agrees with itself before anything of it is written.
struct RecordValidation {
  private let graded: GradedRecord
  private var record: TraceRecord { graded.record }

  init(_ graded: GradedRecord) { self.graded = graded }

  /// - Throws: `UnacceptableData` for the first field that does not fit.
  func check() throws {
    try require(!record.problem.key.isEmpty, field: "problem.id", found: "an empty text", expected: "a key")
    try require(!graded.recording.name.isEmpty, field: "recording", found: "an empty text", expected: "a name")
    try require(
      graded.answers.count == record.rollouts.count, field: "answers", found: "\(graded.answers.count) answers",
      expected: "one for each of \(record.rollouts.count) rollouts")
    try checkColumns()
    for index in record.rollouts.indices { try check(rollout: index) }
  }

  private func checkColumns() throws {
    var seen: Set<String> = []
    for column in record.columns {
      try require(
        seen.insert("\(column.channel.rawValue) \(column.scorer)").inserted, field: "scores.\(column.scorer)",
        found: "the \(column.channel.rawValue) scores twice", expected: "one list a rollout")
    }
  }

  private func check(rollout index: Int) throws {
    let rollout = record.rollouts[index]
    let field = "rollouts[\(index)]"
    try checkSteps(of: rollout, field: field)
    try checkCosts(of: rollout, field: field)
    try require(
      rollout.finish != .open || graded.answers[index] == nil, field: field + ".answer",
      found: "the answer of a rollout that is not over", expected: "no answer where finish is null")
    try require(
      rollout.scores.count <= record.columns.count, field: field + ".scores",
      found: "\(rollout.scores.count) lists", expected: "at most \(record.columns.count), one a scorer and channel")
    for (column, scores) in zip(record.columns, rollout.scores) {
      try check(scores: scores, column: column, steps: rollout.stepEnds.count, field: field)
    }
  }

  private func checkSteps(of rollout: RolloutRecord, field: String) throws {
    try require(
      !rollout.stepEnds.isEmpty, field: field + ".steps", found: "no steps", expected: "one step at least")
    let length = rollout.text.utf8.count
    let delimiter = graded.recording.delimiter.utf8.count
    var start = 0
    for (step, end) in rollout.stepEnds.enumerated() {
      try require(
        end >= start && end <= length, field: field + ".steps[\(step)]", found: "an end at byte \(end)",
        expected: "\(start) to \(length), inside the text and after the step before")
      start = Int(end) + delimiter
    }
  }

  private func checkCosts(of rollout: RolloutRecord, field: String) throws {
    let steps = rollout.stepEnds.count
    try require(
      rollout.tokens.isEmpty || rollout.tokens.count == steps, field: field + ".tokens",
      found: "\(rollout.tokens.count) counts", expected: "\(steps), one a step, or none")
    try require(
      rollout.logProbabilities.isEmpty || rollout.logProbabilities.count == steps, field: field + ".logprob",
      found: "\(rollout.logProbabilities.count) numbers", expected: "\(steps), one a step, or none")
    for (step, tokens) in rollout.tokens.enumerated() where tokens < 0 {
      throw refusal(field + ".steps[\(step)].tokens", found: "\(tokens)", expected: "0 or more")
    }
    for (step, number) in rollout.logProbabilities.enumerated() where !number.isFinite {
      throw refusal(field + ".steps[\(step)].logprob", found: "\(number)", expected: "a finite number")
    }
    guard let total = rollout.totalTokens else { return }
    try require(total >= 0, field: field + ".tokens", found: "\(total)", expected: "0 or more")
    let sum = rollout.tokens.reduce(0) { $0 + Int($1) }
    try require(
      rollout.tokens.isEmpty || sum == total, field: field + ".tokens", found: "a total of \(total)",
      expected: "\(sum), the sum over the steps")
  }

  private func check(scores: [Double], column: ScoreColumn, steps: Int, field: String) throws {
    let name = column.channel == .step ? "scores" : "prefixScores"
    try require(
      scores.isEmpty || scores.count == steps, field: field + ".\(name).\(column.scorer)",
      found: "\(scores.count) scores", expected: "\(steps), one a step, or none")
    for (step, score) in scores.enumerated() where !column.scale.contains(score) {
      throw refusal(
        field + ".steps[\(step)].\(name).\(column.scorer)", found: "\(score)", expected: column.scale.expectation)
    }
  }

  private func require(
    _ condition: Bool,
    field: @autoclosure () -> String,
    found: @autoclosure () -> String,
    expected: @autoclosure () -> String
  ) throws {
    if !condition { throw refusal(field(), found: found(), expected: expected()) }
  }

  private func refusal(_ field: String, found: String, expected: String) -> UnacceptableData {
    UnacceptableData(field: field, found: found, expected: expected)
  }
}
