import Traces

/// A record's rollouts as the store keeps them: checked, their numbers packed and summed up, equal answers found.
///
/// Pure work that any thread can do, so that the one that writes only hands rows to SQLite.
public struct PackedRollouts: Sendable {
  /// The numbers of one rollout.
  struct Row: Sendable {
    var steps: Int
    var totalTokens: Int?
    var ends: PackedBytes.Place
    var keys: PackedBytes.Place
    var tokens: PackedBytes.Place
    var logProbabilities: PackedBytes.Place
    /// The place of its answer among the record's different ones; `nil` without an answer.
    var answer: Int?
  }

  /// A scorer's scores of one rollout.
  struct Scores: Sendable {
    var rollout: Int
    var column: Int
    var aggregates: ScoreAggregates
    var place: PackedBytes.Place
  }

  /// What keeps the record out of the store; then there is nothing else.
  public private(set) var refusal: UnacceptableData?
  /// What the rollouts add to a store.
  public private(set) var counts = IngestCounts()
  /// The memory that the rollouts' texts take, in bytes.
  public private(set) var textBytes = 0
  private(set) var rows: [Row] = []
  private(set) var scores: [Scores] = []
  private(set) var answers: [GradedAnswer] = []
  private(set) var packed = PackedBytes(capacity: 0)

  /// Checks and packs the rollouts of a record.
  ///
  /// - Parameters:
  ///   - record: The record; its own `recording` is not looked at.
  ///   - recording: The recording that its rollouts belong to.
  ///   - answers: For each rollout its graded answer.
  public init(_ record: TraceRecord, recording: Recording, answers: [GradedAnswer?]) {
    do throws(UnacceptableData) {
      try RecordValidation(record, recording: recording, answers: answers).check()
    } catch {
      refusal = error
      return
    }
    find(different: answers, in: record)
    pack(record, delimiterBytes: recording.delimiter.utf8.count)
  }

  private mutating func find(different answers: [GradedAnswer?], in record: TraceRecord) {
    // By their texts: equal ones were graded alike, or else stay apart.
    var known: [ExactText: Int] = [:]
    rows.reserveCapacity(record.rollouts.count)
    for index in record.rollouts.indices {
      var row = Row(
        steps: record.rollouts[index].stepEnds.count, totalTokens: Self.totalTokens(of: record.rollouts[index]),
        ends: .empty, keys: .empty, tokens: .empty, logProbabilities: .empty, answer: nil)
      if let answer = answers[index] {
        row.answer = place(of: answer, &known)
        if answer.status == .fallback { counts.unparsed += 1 }
      } else if record.rollouts[index].finish != .open {
        counts.withoutAnswer += 1
      }
      rows.append(row)
    }
  }

  private static func totalTokens(of rollout: RolloutRecord) -> Int? {
    rollout.tokens.isEmpty ? rollout.totalTokens : rollout.tokens.reduce(0) { $0 + Int($1) }
  }

  private mutating func place(of answer: GradedAnswer, _ known: inout [ExactText: Int]) -> Int {
    let text = ExactText(answer.text)
    if let place = known[text], answers[place] == answer { return place }
    known[text] = answers.count
    answers.append(answer)
    return answers.count - 1
  }

  private mutating func pack(_ record: TraceRecord, delimiterBytes: Int) {
    counts.rollouts = rows.count
    counts.steps = rows.reduce(0) { $0 + $1.steps }
    packed = PackedBytes(capacity: counts.steps * MemoryLayout<Double>.size * (2 + record.columns.count))
    scores.reserveCapacity(rows.count * record.columns.count)
    var steps = StepPacking()
    for index in rows.indices {
      steps.pack(record.rollouts[index].stepEnds, of: record.rollouts[index].text, delimiterBytes: delimiterBytes)
      rows[index].ends = steps.withEnds { packed.append($0) }
      rows[index].keys = packed.append(steps.keys)
      rows[index].tokens = packed.append(record.rollouts[index].tokens)
      rows[index].logProbabilities = packed.append(record.rollouts[index].logProbabilities)
      textBytes += record.rollouts[index].text.utf8.count
      packScores(of: record, rollout: index)
    }
  }

  private mutating func packScores(of record: TraceRecord, rollout index: Int) {
    for (column, list) in record.rollouts[index].scores.enumerated() where !list.isEmpty {
      let aggregates = ScoreAggregates(list, scale: record.columns[column].scale)
      scores.append(Scores(rollout: index, column: column, aggregates: aggregates, place: packed.append(list)))
      counts.scores += list.count
    }
  }
}
