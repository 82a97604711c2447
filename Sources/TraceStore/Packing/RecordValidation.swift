import Traces

/// Checks that a record agrees with itself before anything of it is written.
struct RecordValidation {
  private let record: TraceRecord
  private let recording: Recording
  private let answers: [GradedAnswer?]

  init(_ record: TraceRecord, recording: Recording, answers: [GradedAnswer?]) {
    self.record = record
    self.recording = recording
    self.answers = answers
  }

  /// - Throws: `UnacceptableData` for the first field that does not fit.
  func check() throws(UnacceptableData) {
    try require(!record.problem.key.isEmpty, field: "problem.id", found: "an empty text", expected: "a key")
    try require(!recording.name.isEmpty, field: "recording", found: "an empty text", expected: "a name")
    try require(
      answers.count == record.rollouts.count, field: "answers", found: "\(answers.count) answers",
      expected: "one for each of \(record.rollouts.count) rollouts")
    try checkColumns()
    for index in record.rollouts.indices { try check(record.rollouts[index], at: index) }
  }

  private func checkColumns() throws(UnacceptableData) {
    var seen: Set<ExactText> = []
    for column in record.columns {
      try require(
        seen.insert(ExactText("\(column.channel.rawValue) \(column.scorer)")).inserted,
        field: "scores.\(column.scorer)",
        found: "the \(column.channel.rawValue) scores twice", expected: "one list a rollout")
    }
  }

  private func check(_ rollout: RolloutRecord, at index: Int) throws(UnacceptableData) {
    // Fields are put together only where something is refused: most records are acceptable.
    let field = Field(rollout: index)
    try checkSteps(of: rollout, field: field)
    try checkCosts(of: rollout, field: field)
    try require(
      rollout.finish != .open || answers[index] == nil, field: field + ".answer",
      found: "the answer of a rollout that is not over", expected: "no answer where finish is null")
    let lists = rollout.scores.count
    try require(
      lists <= record.columns.count, field: field + ".scores",
      found: "\(lists) lists", expected: "at most \(record.columns.count), one a scorer and channel")
    for column in 0..<lists {
      try check(
        scores: rollout.scores[column], column: record.columns[column], steps: rollout.stepEnds.count, field: field)
    }
  }

  /// The path of a rollout, for messages.
  private struct Field {
    let rollout: Int

    static func + (field: Field, rest: String) -> String { "rollouts[\(field.rollout)]" + rest }
  }

  private func checkSteps(of rollout: RolloutRecord, field: Field) throws(UnacceptableData) {
    try require(
      !rollout.stepEnds.isEmpty, field: field + ".steps", found: "no steps", expected: "one step at least")
    let length = rollout.text.utf8.count
    let delimiter = recording.delimiter.utf8.count
    var start = 0
    for (step, end) in rollout.stepEnds.enumerated() {
      try require(
        end >= start && end <= length, field: field + ".steps[\(step)]", found: "an end at byte \(end)",
        expected: "\(start) to \(length), inside the text and after the step before")
      start = Int(end) + delimiter
    }
  }

  private func checkCosts(of rollout: RolloutRecord, field: Field) throws(UnacceptableData) {
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

  private func check(
    scores: [Double], column: ScoreColumn, steps: Int, field: Field
  ) throws(UnacceptableData) {
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
  ) throws(UnacceptableData) {
    if !condition { throw refusal(field(), found: found(), expected: expected()) }
  }

  private func refusal(_ field: String, found: String, expected: String) -> UnacceptableData {
    UnacceptableData(field: field, found: found, expected: expected)
  }
}
