import Traces

/// A record's rollouts as the store keeps them: checked, their texts and numbers packed and summed up, equal answers found.
///
/// Pure work that any thread can do, so that the one that writes only hands rows to SQLite. Of the record itself nothing
/// is needed any more but where its rollouts leave others.
public struct PackedRollouts: Sendable {
  /// One rollout.
  struct Row: Sendable {
    var steps: Int
    var finish: Finish
    var totalTokens: Int?
    var sourceVerdict: Bool?
    /// Among the texts.
    var text = PackedBytes.Place.empty
    /// Among the short texts; `nil` where the source states none.
    var statedAnswer: PackedBytes.Place?
    var ends = PackedBytes.Place.empty
    var keys = PackedBytes.Place.empty
    var tokens = PackedBytes.Place.empty
    var logProbabilities = PackedBytes.Place.empty
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
  private(set) var rows: [Row] = []
  private(set) var scores: [Scores] = []
  private(set) var answers: [GradedAnswer] = []
  /// For each answer its place among the short texts.
  private(set) var answerTexts: [PackedBytes.Place] = []
  /// The texts of the rollouts, in UTF-8.
  private(set) var texts: [UInt8] = []
  /// The texts of answers, in UTF-8.
  private(set) var shortTexts = PackedBytes(capacity: 0)
  private(set) var numbers = PackedBytes(capacity: 0)

  /// Checks and packs the rollouts of a record.
  ///
  /// - Parameters:
  ///   - record: The record; its own `recording` is not looked at.
  ///   - recording: The recording that its rollouts belong to.
  ///   - answers: The graded answers of the rollouts.
  public init(_ record: TraceRecord, recording: Recording, answers: GradedAnswers) {
    do throws(UnacceptableData) {
      try RecordValidation(record, recording: recording, answers: answers.places).check()
    } catch {
      refusal = error
      return
    }
    self.answers = answers.different
    addRows(for: record, answers: answers.places)
    packTexts(of: record)
    packNumbers(of: record, delimiterBytes: recording.delimiter.utf8.count)
  }

  /// The memory that the rollouts' texts take, in bytes.
  public var textBytes: Int { texts.count }

  /// Whether any two of the rollouts have different texts, judged by the keys of their steps.
  public var hasDifferentTexts: Bool {
    numbers.bytes.withUnsafeBytes { bytes in
      rows.dropFirst().contains { !bytes.bytes(at: $0.keys).elementsEqual(bytes.bytes(at: rows[0].keys)) }
    }
  }

  private mutating func addRows(for record: TraceRecord, answers places: [Int?]) {
    rows.reserveCapacity(record.rollouts.count)
    for index in record.rollouts.indices {
      let row = Row(
        steps: record.rollouts[index].ends.count, finish: record.rollouts[index].finish,
        totalTokens: Self.totalTokens(of: record.rollouts[index]), sourceVerdict: record.rollouts[index].sourceVerdict,
        answer: places[index])
      if let place = row.answer {
        if answers[place].status == .fallback { counts.unparsed += 1 }
      } else if row.finish != .open {
        counts.withoutAnswer += 1
      }
      rows.append(row)
    }
  }

  private static func totalTokens(of rollout: RolloutRecord) -> Int? {
    rollout.tokens.isEmpty ? rollout.totalTokens : rollout.tokens.reduce(0) { $0 + Int($1) }
  }

  /// Texts that lie in one block stay there; others are put into one.
  private mutating func packTexts(of record: TraceRecord) {
    texts = record.rollouts.first?.content.block ?? []
    if record.rollouts.indices.allSatisfy({ record.rollouts[$0].content.lies(in: texts) }) {
      for index in rows.indices { rows[index].text = PackedBytes.Place(record.rollouts[index].content.range) }
    } else {
      var joined = PackedBytes(capacity: record.rollouts.indices.reduce(0) { $0 + record.rollouts[$1].content.count })
      for index in rows.indices { rows[index].text = record.rollouts[index].content.withUTF8 { joined.append($0) } }
      texts = joined.bytes
    }
    answerTexts = answers.map { shortTexts.append($0.text) }
    for index in rows.indices {
      rows[index].statedAnswer = record.rollouts[index].answer.map { shortTexts.append($0) }
    }
  }

  private mutating func packNumbers(of record: TraceRecord, delimiterBytes: Int) {
    counts.rollouts = rows.count
    counts.steps = rows.reduce(0) { $0 + $1.steps }
    numbers = PackedBytes(capacity: counts.steps * MemoryLayout<Double>.size * (2 + record.columns.count))
    scores.reserveCapacity(rows.count * record.columns.count)
    var steps = StepPacking()
    for index in rows.indices {
      texts.withUnsafeBytes { bytes in
        let text = bytes.bytes(at: rows[index].text)
        record.rollouts[index].ends.withNumbers { steps.pack($0, of: text, delimiterBytes: delimiterBytes) }
      }
      rows[index].ends = steps.withEnds { numbers.append($0) }
      rows[index].keys = numbers.append(steps.keys)
      rows[index].tokens = numbers.append(record.rollouts[index].tokens)
      rows[index].logProbabilities = numbers.append(record.rollouts[index].logProbabilities)
      packScores(of: record, rollout: index)
    }
  }

  private mutating func packScores(of record: TraceRecord, rollout index: Int) {
    for column in 0..<record.rollouts[index].scoreLists.count {
      let list = record.rollouts[index].scoreLists[column]
      guard list.count > 0 else { continue }
      let (aggregates, place) = list.withNumbers { all in
        (ScoreAggregates(all, scale: record.columns[column].scale), numbers.append(UnsafeRawBufferPointer(all)))
      }
      scores.append(Scores(rollout: index, column: column, aggregates: aggregates, place: place))
      counts.scores += list.count
    }
  }
}
