import GRDB
import Traces

/// Writes records inside one transaction, with statements that are prepared once.
struct BatchWriter {
  let statements: IngestStatements
  let source: Int64
  var counts = IngestCounts()
  private var recordings: [Recording: Int64] = [:]
  private var scorers: [ScoreColumn: Int64] = [:]
  private var nextRollout: Int64
  /// Whether the numbers of texts go on where those of rollouts do, as in every store of ours.
  private let textsFollow: Bool
  /// For rollouts with rare columns, prepared when there are some.
  private var rareInsertion: RowInsertion?
  private let db: Database

  init(_ db: Database, source: Int64) throws {
    self.db = db
    statements = try IngestStatements(db, source: source)
    self.source = source
    let last = statements.lastRows
    defer { last.reset() }
    let isThere = try last.step()
    nextRollout = isThere ? last.integer(0) &+ 1 : 1
    textsFollow = !isThere || last.integer(1) == last.integer(0)
  }

  /// Writes a record with all its rollouts.
  ///
  /// - Throws: `UnacceptableData`, with the field but without file and line.
  mutating func write(_ written: PackedRecord) throws {
    let (record, packed) = (written.record, written.packed)
    if let refusal = packed.refusal { throw refusal }
    let problem = try writeProblem(of: record)
    if problem.isNew { counts.problems += 1 }
    try write(name: record.provisionalName, of: problem.identifier)
    guard !packed.rows.isEmpty || !record.predictions.isEmpty else { return }
    if let scorer = record.unnamedScorer { try write(unnamedScorer: scorer) }
    let context = RolloutContext(
      problem: problem.identifier, recording: try identifier(of: written.recording),
      sampling: written.recording.sampling, scorers: try scorerIdentifiers(of: record.columns, packed),
      part: record.part, firstPosition: try nextPosition(of: problem.identifier), firstIdentifier: nextRollout)
    try write(rollouts: written, context: context)
    try write(predictions: record.predictions, context: context)
  }

  private mutating func write(rollouts written: PackedRecord, context: RolloutContext) throws {
    let packed = written.packed
    let classes = try packed.answers.map { try classIdentifier(of: $0, problem: context.problem) }
    let parents = try parents(of: written, context: context)
    try packed.numbers.bytes.withUnsafeBytes { numbers in
      let rows = RolloutRows(
        packed: packed, context: context, source: source, numbers: numbers, parents: parents, classes: classes)
      let insertion = try rows.isPlain ? statements.insertPlainRollouts : insertionOfRare()
      try insertion.insert(rows, numberedFrom: nextRollout)
      try write(textsOf: packed, context: context)
      let imported = written.record.importedColumns
      let scores = ScoreRows(packed: packed, context: context, numbers: numbers, imported: imported)
      let scoreInsertion =
        try imported.isEmpty ? statements.insertScores : RowInsertion(db, ScoreRows.formWithImported)
      try scoreInsertion.insert(scores)
    }
    nextRollout &+= Int64(packed.rows.count)
    counts += packed.counts
  }

  private func write(textsOf packed: PackedRollouts, context: RolloutContext) throws {
    let insertion = try textsFollow ? statements.insertTexts : RowInsertion(db, TextRows.numberedForm)
    try packed.texts.withUnsafeBytes { texts in
      try packed.shortTexts.bytes.withUnsafeBytes { shortTexts in
        let rows = TextRows(
          packed: packed, context: context, texts: texts, shortTexts: shortTexts, isNumbered: !textsFollow)
        try insertion.insert(rows, numberedFrom: context.firstIdentifier)
      }
    }
  }

  private mutating func insertionOfRare() throws -> RowInsertion {
    let insertion = try rareInsertion ?? RowInsertion(db, RolloutRows.form)
    rareInsertion = insertion
    return insertion
  }

  private mutating func identifier(of recording: Recording) throws -> Int64 {
    if let known = recordings[recording] { return known }
    let identifier = try RecordingRow(recording).write(with: statements, source: source)
    recordings[recording] = identifier
    return identifier
  }

  /// The scorer of each column; 0 for a column without any score, which adds no scorer to the store.
  private mutating func scorerIdentifiers(of columns: [ScoreColumn], _ packed: PackedRollouts) throws -> [Int64] {
    var isUsed = [Bool](repeating: false, count: columns.count)
    for scores in packed.scores { isUsed[scores.column] = true }
    return try columns.indices.map { isUsed[$0] ? try identifier(of: columns[$0]) : 0 }
  }

  private mutating func identifier(of column: ScoreColumn) throws -> Int64 {
    if let known = scorers[column] { return known }
    let identifier = try ScorerRow(column).write(
      find: statements.findScorer, insert: statements.insertScorer, source: source)
    scorers[column] = identifier
    return identifier
  }

  private func nextPosition(of problem: Int64) throws -> Int {
    let statement = statements.lastPosition
    statement.bind(1, problem)
    statement.bind(2, source)
    defer { statement.reset() }
    guard try statement.step(), !statement.isNull(0) else { return 0 }
    return Int(statement.integer(0)) + 1
  }

  private func write(predictions: [String: String], context: RolloutContext) throws {
    for (name, value) in predictions.sorted(by: { $0.key < $1.key }) {
      let statement = statements.insertPrediction
      statement.bind(1, context.problem)
      statement.bind(2, context.recording)
      statement.bind(3, source)
      statement.bind(4, context.part)
      statement.bind(5, name)
      statement.bind(6, value)
      try statement.run()
    }
  }
}

/// What the rollouts of a record share.
struct RolloutContext {
  var problem: Int64
  var recording: Int64
  var sampling: Recording.Sampling
  /// The scorer of each column.
  var scorers: [Int64]
  /// The part of the source, where it holds what came from several.
  var part: Int
  /// The position of the first among the source's rollouts of the problem.
  var firstPosition: Int
  /// The row of the first; those of the others follow.
  var firstIdentifier: Int64
}
