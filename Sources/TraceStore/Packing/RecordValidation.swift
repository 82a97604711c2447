import Traces

/// Checks that a record agrees with itself before anything of it is written.
struct RecordValidation {
  private let record: TraceRecord
  private let recording: Recording
  private let answers: [Int?]

  /// - Parameter answers: For each rollout the place of its answer; `nil` without one.
  init(_ record: TraceRecord, recording: Recording, answers: [Int?]) {
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
    for index in record.rollouts.indices { try check(rollout: index) }
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

  // A rollout is looked at in its place: to hand it on would cost a copy of all that it holds.
  private func check(rollout index: Int) throws(UnacceptableData) {
    // Fields are put together only where something is refused: most records are acceptable.
    let field = Field(rollout: index)
    let steps = record.rollouts[index].ends.count
    try checkSteps(of: index, field: field)
    try checkCosts(of: index, field: field)
    try require(
      record.rollouts[index].finish != .open || answers[index] == nil, field: field + ".answer",
      found: "the answer of a rollout that is not over", expected: "no answer where finish is null")
    let lists = record.rollouts[index].scoreLists.count
    try require(
      lists <= record.columns.count, field: field + ".scores",
      found: "\(lists) lists", expected: "at most \(record.columns.count), one a scorer and channel")
    for column in 0..<lists {
      try check(
        scores: record.rollouts[index].scoreLists[column], column: record.columns[column], steps: steps, field: field)
    }
  }

  /// The path of a rollout, for messages.
  private struct Field {
    let rollout: Int

    static func + (field: Field, rest: String) -> String { "rollouts[\(field.rollout)]" + rest }
  }

  private func checkSteps(of index: Int, field: Field) throws(UnacceptableData) {
    let ends = record.rollouts[index].ends
    try require(
      ends.count > 0, field: field + ".steps", found: "no steps", expected: "one step at least")
    let length = record.rollouts[index].content.count
    let delimiter = recording.delimiter.utf8.count
    var start = 0
    try ends.withNumbers { (ends) throws(UnacceptableData) in
      for (step, end) in ends.enumerated() {
        try require(
          end >= start && end <= length, field: field + ".steps[\(step)]", found: "an end at byte \(end)",
          expected: "\(start) to \(length), inside the text and after the step before")
        start = Int(end) + delimiter
      }
    }
  }

  private func checkCosts(of index: Int, field: Field) throws(UnacceptableData) {
    let steps = record.rollouts[index].ends.count
    let tokens = record.rollouts[index].tokens
    let logProbabilities = record.rollouts[index].logProbabilities
    try require(
      tokens.isEmpty || tokens.count == steps, field: field + ".tokens", found: "\(tokens.count) counts",
      expected: "\(steps), one a step, or none")
    try require(
      logProbabilities.isEmpty || logProbabilities.count == steps, field: field + ".logprob",
      found: "\(logProbabilities.count) numbers", expected: "\(steps), one a step, or none")
    for (step, count) in tokens.enumerated() where count < 0 {
      throw refusal(field + ".steps[\(step)].tokens", found: "\(count)", expected: "0 or more")
    }
    for (step, number) in logProbabilities.enumerated() where !number.isFinite {
      throw refusal(field + ".steps[\(step)].logprob", found: "\(number)", expected: "a finite number")
    }
    guard let total = record.rollouts[index].totalTokens else { return }
    try require(total >= 0, field: field + ".tokens", found: "\(total)", expected: "0 or more")
    let sum = tokens.reduce(0) { $0 + Int($1) }
    try require(
      tokens.isEmpty || sum == total, field: field + ".tokens", found: "a total of \(total)",
      expected: "\(sum), the sum over the steps")
  }

  private func check(
    scores: SharedNumbers<Double>, column: ScoreColumn, steps: Int, field: Field
  ) throws(UnacceptableData) {
    let name = column.channel == .step ? "scores" : "prefixScores"
    try require(
      scores.count == 0 || scores.count == steps, field: field + ".\(name).\(column.scorer)",
      found: "\(scores.count) scores", expected: "\(steps), one a step, or none")
    try scores.withNumbers { (scores) throws(UnacceptableData) in
      for (step, score) in scores.enumerated() where !column.scale.contains(score) {
        throw refusal(
          field + ".steps[\(step)].\(name).\(column.scorer)", found: "\(score)", expected: column.scale.expectation)
      }
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
