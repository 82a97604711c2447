import TraceFormats
import TraceStore
import Traces

/// A rollout that a reward model is asked about.
struct ScoreRequest {
  let problem: Problem
  let rollout: StoredRollout
  /// The texts of all steps from the prompt to the rollout's end.
  let path: [String]
  /// The text between two steps, as the recording has it.
  let delimiter: String

  /// How many own steps are asked about.
  var own: Int { rollout.record.stepEnds.count }

  /// How many steps precede them.
  var before: Int { path.count - own }

  /// The partial answers that end with an own step.
  var prefixes: [String] {
    (0..<own).map { path.prefix(before + $0 + 1).joined(separator: delimiter) }
  }

  /// Writes a line that becomes an answer when `scores` or `prefixScores` is added: one number for each text of `steps`
  /// or `prefixes`.
  func writeLine(scorer: String, channel: ScoreChannel, to text: inout JSONText) {
    text.object { text in
      text.write("problem", problem.key)
      text.write("recording", rollout.recording)
      text.write("rollout", rollout.index)
      text.write("scorer", scorer)
      text.write("check", rollout.check)
      text.write("channel", channel.rawValue)
      text.write("statement", ifPresent: problem.statement)
      switch channel {
      case .step:
        write("before", Array(path.prefix(before)), to: &text)
        write("steps", Array(path.suffix(own)), to: &text)
      case .prefix: write("prefixes", prefixes, to: &text)
      }
    }
    text.endLine()
  }

  private func write(_ key: String, _ texts: [String], to text: inout JSONText) {
    text.list(key) { text in
      for each in texts { text.write(nil, each) }
    }
  }
}

/// A rollout's requests as lines of an OpenAI batch: a conversation of the statement and the marked answer.
struct ScoreBatchRequest {
  let request: ScoreRequest
  let scorer: String
  let channel: ScoreChannel
  let model: String
  let endpoint: String
  let mark: String

  /// Whether the mark stands in the statement or a step already, where the reward model takes it for the end of a step.
  var holdsMark: Bool {
    guard !mark.isEmpty else { return false }
    return ([request.problem.statement ?? ""] + request.path).contains { $0.holds(mark) }
  }

  /// Writes the lines: one for all steps, or one a prefix.
  ///
  /// - Returns: How many lines were written.
  func write(to text: inout JSONText) -> Int {
    switch channel {
    case .step:
      let answer = request.path.map { $0 + mark }.joined()
      writeLine(answer: answer, own: request.own, to: &text)
      return 1
    case .prefix:
      for (step, prefix) in request.prefixes.enumerated() { writeLine(answer: prefix + mark, own: step, to: &text) }
      return request.own
    }
  }

  private func writeLine(answer: String, own: Int, to text: inout JSONText) {
    let name = ScoreRequestName(
      problem: request.problem.key, recording: request.rollout.recording, rollout: request.rollout.index,
      scorer: scorer, channel: channel, before: request.before, own: own,
      check: request.rollout.check)
    text.object { text in
      text.write("custom_id", name.text)
      text.write("method", "POST")
      text.write("url", endpoint)
      text.object("body") { text in
        text.write("model", model)
        text.list("messages") { text in
          write(role: "user", request.problem.statement ?? "", to: &text)
          write(role: "assistant", answer, to: &text)
        }
      }
    }
    text.endLine()
  }

  private func write(role: String, _ content: String, to text: inout JSONText) {
    text.object { text in
      text.write("role", role)
      text.write("content", content)
    }
  }
}
