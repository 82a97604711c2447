import GRDB
import Traces

/// The recordings and scores that a load takes, resolved to rows.
struct Selection: Sendable {
  /// The recordings, ordered by name; their order numbers the recordings of the result.
  let recordings: [StoredRecording]
  /// The columns of scores, ordered by scorer and then channel.
  let columns: [ScoreColumn]
  /// The rank of each selected recording by its row.
  let recordingRank: RowMap<Int32>
  /// The rank of each source by its row, in order of content hash: no matter when it was ingested.
  let sourceRank: RowMap<Int32>
  /// The bytes of the delimiter of each selected recording.
  let delimiterBytes: [Int]
  /// The column of each selected scorer by its row.
  let columnOfScorer: RowMap<Int32>

  /// - Throws: `UnacceptableData` for a name that the store does not have.
  init(recordings names: [String]?, scorers scorerNames: [String]?, in db: Database, file: String) throws {
    let recordings = try Self.choose(names, from: try TraceStore.recordings(in: db), kind: "recording", file: file) {
      $0.recording.name
    }
    let scorers = try Self.choose(scorerNames, from: try TraceStore.scorers(in: db), kind: "scorer", file: file) {
      $0.column.scorer
    }
    self.recordings = recordings
    recordingRank = RowMap(numbering: recordings.map(\.identifier))
    delimiterBytes = recordings.map { $0.recording.delimiter.utf8.count }
    let sources = try Int64.fetchAll(db, sql: "SELECT id FROM source ORDER BY sha256")
    sourceRank = RowMap(numbering: sources)
    columns = scorers.map(\.column)
    columnOfScorer = RowMap(numbering: scorers.map(\.identifier))
  }

  private static func choose<Row>(
    _ names: [String]?,
    from rows: [Row],
    kind: String,
    file: String,
    name: (Row) -> String
  ) throws -> [Row] {
    guard let names else { return rows }
    let known = Set(rows.map { ExactText(name($0)) }).sorted().map(\.text)
    for wanted in names where !known.contains(where: wanted.isSameText) {
      throw UnknownName.refusal(of: wanted, kind: kind, known: known, file: file)
    }
    return rows.filter { names.contains(where: name($0).isSameText) }
  }
}
