import Foundation
import Traces

/// The `steps` list of one rollout of the `retrace` format.
struct RetraceSteps {
  private(set) var columns: [ScoreColumn]
  private var text: StepText
  private var tokens: [Int32] = []
  private var logProbabilities: [Double] = []
  private var scores: [[Double]]

  init(delimiter: String, columns: [ScoreColumn]) {
    text = StepText(delimiter: delimiter)
    self.columns = columns
    scores = Array(repeating: [], count: columns.count)
  }

  /// - Parameter column: Describes a scorer's channel that has not been met before.
  mutating func read(_ cursor: inout JSONCursor, column: (String, ScoreChannel) -> ScoreColumn) throws {
    try cursor.array { cursor, index in
      var hasText = false
      text.beginStep()
      try cursor.object { cursor, key in
        switch key {
        case "text":
          try text.write { try cursor.appendString(to: &$0) }
          hasText = true
        case "tokens":
          if let count = try cursor.takeNull() ? nil : cursor.naturalNumber() { tokens.append(Int32(count)) }
        case "logprob":
          if let sum = try cursor.optionalLogProbability() { logProbabilities.append(sum) }
        case "scores": try readScores(&cursor, .step, index, column)
        case "prefixScores": try readScores(&cursor, .prefix, index, column)
        default: try cursor.skip()
        }
      }
      guard hasText else { throw UnacceptableData.missing("text", expected: "the step's text") }
      text.endStep()
    }
  }

  private mutating func readScores(
    _ cursor: inout JSONCursor, _ channel: ScoreChannel, _ step: Int, _ column: (String, ScoreChannel) -> ScoreColumn
  ) throws {
    if try cursor.takeNull() { return }
    try cursor.object { cursor, key in
      let index = position(of: key, channel, column)
      guard scores[index].count == step else { throw missingScores(before: step, scores[index].count) }
      let start = cursor.position
      let score = try cursor.double()
      guard columns[index].scale.contains(score) else {
        cursor.position = start
        throw cursor.outside(columns[index], cursor.describeNumber())
      }
      scores[index].append(score)
    }
  }

  private func missingScores(before step: Int, _ present: Int) -> UnacceptableData {
    guard present < step else {
      return UnacceptableData(found: "the same scorer twice in a step", expected: "one score a step")
    }
    return UnacceptableData(
      found: "a score, but none for step \(present)",
      expected: "a scorer's scores for every step of the rollout, or none")
  }

  private mutating func position(
    of key: JSONKey, _ channel: ScoreChannel, _ column: (String, ScoreChannel) -> ScoreColumn
  ) -> Int {
    // Few scorers: looking through them is faster than a dictionary.
    for index in columns.indices where columns[index].channel == channel {
      if key.equals(columns[index].scorer) { return index }
    }
    columns.append(column(key.text, channel))
    scores.append([])
    return columns.count - 1
  }

  /// Puts the steps into a rollout, once they agree in number.
  ///
  /// - Throws: `UnacceptableData` for no steps at all, and for scores, tokens or log-probabilities of some steps only.
  func complete(_ rollout: inout RolloutRecord) throws {
    let count = text.ends.count
    guard count > 0 else {
      throw UnacceptableData(field: "steps", found: "an empty list", expected: "at least one step")
    }
    try check(tokens.count, count, "tokens")
    try check(logProbabilities.count, count, "logprob")
    for (column, values) in zip(columns, scores) where !values.isEmpty && values.count != count {
      let key = column.channel == .step ? "scores" : "prefixScores"
      throw UnacceptableData(
        field: "steps[\(values.count)].\(key).\(column.scorer)", found: "no score, but one for the step before",
        expected: "a scorer's scores for every step of the rollout, or none")
    }
    rollout.content = text.content
    rollout.stepEnds = text.ends
    rollout.tokens = tokens
    rollout.logProbabilities = logProbabilities
    rollout.scores = scores
  }

  private func check(_ present: Int, _ count: Int, _ key: String) throws {
    guard present != 0, present != count else { return }
    throw UnacceptableData(
      field: "steps", found: "`\(key)` for \(present) of \(count) steps",
      expected: "`\(key)` for every step, or for none")
  }
}

extension JSONKey {
  /// Whether the key reads so.
  func equals(_ text: String) -> Bool {
    guard !hasEscapes else { return self.text.isSameText(as: text) }
    let isSame = text.utf8.withContiguousStorageIfAvailable { utf8 in
      guard utf8.count == bytes.count, let left = utf8.baseAddress, let right = bytes.baseAddress else {
        return utf8.count == bytes.count
      }
      return memcmp(left, right, utf8.count) == 0
    }
    return isSame ?? text.utf8.elementsEqual(bytes)
  }
}

extension JSONCursor {
  /// The refusal of a score that its scale does not have.
  func outside(_ column: ScoreColumn, _ written: String) -> UnacceptableData {
    failure(
      found: written, expected: column.scale.expectation,
      remedy: "if \(column.scorer)'s scores are no probabilities: --scale \(column.scorer)=unbounded (or logit)")
  }
}
