import Traces

/// Puts the scores of single prefixes, which come in any order, together to one list a rollout.
struct PrefixParts {
  private struct Place: Hashable {
    var problem: ExactText
    var recording: ExactText?
    var rollout: Int
    var scorer: ExactText
  }

  private struct Part {
    var row: ScoreRow
    var scores: [Int: Double]
    /// Why the rollout is left out: two replies to one request that differ.
    var contradiction: UnacceptableData?
  }

  private let file: String
  private let skipsInvalid: Bool
  private var parts: [Place: Part] = [:]

  /// - Parameters:
  ///   - file: The file's name, for messages.
  ///   - skipsInvalid: Whether a rollout with contradicting scores is left out instead of being refused at once.
  init(file: String, skipsInvalid: Bool) {
    self.file = file
    self.skipsInvalid = skipsInvalid
  }

  /// Takes the scores of single prefixes out of some rows and keeps them; the other rows remain.
  ///
  /// - Throws: `UnacceptableData` for two scores of one prefix, unless such rollouts are left out.
  mutating func take(from rows: [ScoreRow]) throws -> [ScoreRow] {
    guard rows.contains(where: { $0.ownStep != nil }) else { return rows }
    var rest: [ScoreRow] = []
    for row in rows {
      guard let step = row.ownStep, let score = row.prefixScores.first else {
        rest.append(row)
        continue
      }
      let place = Place(
        problem: ExactText(row.problem), recording: row.recording.map { ExactText($0) }, rollout: row.rollout,
        scorer: ExactText(row.scorer))
      let earlier = parts[place, default: Part(row: row, scores: [:])].scores[step]
      guard earlier == nil || earlier == score else {
        let contradiction = UnacceptableData(
          file: file, line: row.line, field: "custom_id",
          found: "a second score of step \(step) of rollout \(row.rollout)", expected: "one reply a request")
        guard skipsInvalid else { throw contradiction }
        parts[place]?.contradiction = contradiction
        continue
      }
      parts[place, default: Part(row: row, scores: [:])].scores[step] = score
    }
    return rest
  }

  /// One row a rollout, in order of the rows' first lines.
  ///
  /// - Parameter skip: Called for a rollout with a gap between its prefixes or with contradicting scores, which is left
  ///   out.
  func rows(skip: (UnacceptableData) throws -> Void) rethrows -> [ScoreRow] {
    var rows: [ScoreRow] = []
    for part in parts.values.sorted(by: { $0.row.line < $1.row.line }) {
      if let contradiction = part.contradiction {
        try skip(contradiction)
        continue
      }
      if let gap = (0..<part.scores.count).first(where: { part.scores[$0] == nil }) {
        try skip(
          UnacceptableData(
            file: file, line: part.row.line, field: "custom_id",
            found: "rollout \(part.row.rollout) of problem \(part.row.problem) without a score of step \(gap)",
            expected: "a reply for each of its steps",
            remedy: "send the missing requests again and import all together"))
        continue
      }
      var row = part.row
      row.ownStep = nil
      row.prefixScores = (0..<part.scores.count).compactMap { part.scores[$0] }
      rows.append(row)
    }
    return rows
  }
}
