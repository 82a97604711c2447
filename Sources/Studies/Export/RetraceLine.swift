import Traces

/// A record as a line of the `retrace` format, which ingest reads back to the same content of a store.
struct RetraceLine {
  let record: TraceRecord

  /// Writes the line with its line break.
  ///
  /// - Throws: `UnacceptableData` for a text that its steps do not cover, which the format cannot say.
  func write(to text: inout JSONText) throws {
    try text.object { text in
      text.object("problem") { write(record.problem, to: &$0) }
      if let recording = record.recording { text.object("recording") { write(recording, to: &$0) } }
      if record.part > 0 { text.write("part", record.part) }
      if !record.predictions.isEmpty {
        text.object("predictions") { text in
          for (name, value) in record.predictions.sorted(by: { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }) {
            text.write(name, value)
          }
        }
      }
      try text.list("rollouts") { text in
        for rollout in record.rollouts { try text.object { try write(rollout, to: &$0) } }
      }
    }
    text.endLine()
  }

  private func write(_ problem: Problem, to text: inout JSONText) {
    text.write("id", problem.key)
    text.write("statement", ifPresent: problem.statement)
    text.write("answer", ifPresent: problem.answer)
    text.write("subject", ifPresent: problem.subject)
    text.write("level", ifPresent: problem.level)
    text.write("dataset", ifPresent: problem.dataset)
    guard let name = record.provisionalName else { return }
    text.write("provisional", true)
    text.write("qualified", ifPresent: name.qualified)
  }

  private func write(_ recording: Recording, to text: inout JSONText) {
    text.write("name", recording.name)
    text.write("model", ifPresent: recording.model)
    if let temperature = recording.temperature { text.write("temperature", temperature) }
    if let mass = recording.topP { text.write("topP", mass) }
    if let seed = recording.seed { text.write("seed", seed) }
    text.write("promptHash", ifPresent: recording.promptHash)
    text.write("delimiter", recording.delimiter)
    text.write("date", ifPresent: recording.date)
    text.write("sampling", recording.sampling.rawValue)
    let scales = Dictionary(record.columns.map { ($0.scorer, $0.scale) }) { first, _ in first }
    guard !scales.isEmpty else { return }
    text.object("scorers") { text in
      for (scorer, scale) in scales.sorted(by: { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }) {
        text.object(scorer) { text in
          text.write("scale", scale.rawValue)
          if isImported(scorer) { text.write("imported", true) }
          if record.unnamedScorer.isSameText(as: scorer) { text.write("provisional", true) }
        }
      }
    }
  }

  private func isImported(_ scorer: String) -> Bool {
    record.importedColumns.contains { record.columns[$0].scorer.isSameText(as: scorer) }
  }

  private func write(_ rollout: RolloutRecord, to text: inout JSONText) throws {
    if let parent = rollout.parent {
      text.object("parent") { text in
        text.write("rollout", parent.rollout)
        text.write("step", parent.step)
      }
    }
    if rollout.finish == .open { text.writeNull("finish") } else { text.write("finish", rollout.finish.rawValue) }
    text.write("answer", ifPresent: rollout.answer)
    if let verdict = rollout.sourceVerdict { text.write("verdict", verdict) }
    if rollout.tokens.isEmpty, let total = rollout.totalTokens { text.write("tokens", total) }
    try writeSteps(of: rollout, to: &text)
  }

  private func writeSteps(of rollout: RolloutRecord, to text: inout JSONText) throws {
    guard let steps = rollout.steps(delimiter: record.recording?.delimiter ?? "") else {
      throw UnacceptableData(
        field: "rollouts", found: "a rollout of problem \(record.problem.key) with text outside its steps",
        expected: "a text that its steps cover")
    }
    text.list("steps") { text in
      for (index, step) in steps.enumerated() {
        text.object { text in
          text.write("text", step)
          if !rollout.tokens.isEmpty { text.write("tokens", rollout.tokens[index]) }
          if !rollout.logProbabilities.isEmpty { text.write("logprob", rollout.logProbabilities[index]) }
          write("scores", .step, of: rollout, step: index, to: &text)
          write("prefixScores", .prefix, of: rollout, step: index, to: &text)
        }
      }
    }
  }

  private func write(
    _ key: String, _ channel: ScoreChannel, of rollout: RolloutRecord, step: Int, to text: inout JSONText
  ) {
    let own = record.columns.indices.filter { column in
      record.columns[column].channel == channel && column < rollout.scores.count && !rollout.scores[column].isEmpty
    }
    guard !own.isEmpty else { return }
    text.object(key) { text in
      for column in own { text.write(record.columns[column].scorer, rollout.scores[column][step]) }
    }
  }
}
