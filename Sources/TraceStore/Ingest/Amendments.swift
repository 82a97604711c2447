import GRDB

/// Keeps what a source that is not complete has changed in rows that were there before it, so that the source can be
/// taken out as if it had never been begun.
///
/// A row of the table `amendment` is a field that a source filled in, or that it states as another unfinished source
/// does, and the value before. Once a source is complete, its fields stay.
struct Amendments {
  /// A table whose rows sources complete.
  enum Table: String, CaseIterable {
    case problem
    case recording
    case answerClass = "answer_class"

    /// The columns that sources fill in.
    var fields: [String] {
      switch self {
      case .problem: ["dataset", "statement", "answer", "subject", "level", "level_text"]
      case .recording: ["model", "temperature", "top_p", "seed", "prompt_hash", "date"]
      case .answerClass: ["status"]
      }
    }
  }

  private let source: Int64
  private let noting: PreparedStatement
  private let confirming: PreparedStatement
  /// Whether another source is not complete that has amended anything: without it there is nothing to confirm.
  private let othersAmend: Bool

  init(_ db: Database, source: Int64) throws {
    self.source = source
    noting = try PreparedStatement(
      keptBy: db, "INSERT OR IGNORE INTO amendment (source, kind, entry, field, previous) VALUES (?, ?, ?, ?, ?)")
    confirming = try PreparedStatement(
      keptBy: db,
      """
      INSERT OR IGNORE INTO amendment (source, kind, entry, field, previous)
      SELECT ?, kind, entry, field, previous FROM amendment WHERE kind = ? AND entry = ? AND field = ?
      """)
    othersAmend =
      try Bool.fetchOne(
        db.cachedStatement(sql: "SELECT EXISTS (SELECT 1 FROM amendment WHERE source <> ?)"), arguments: [source])
      ?? false
  }

  /// Notes that the source is about to change a field.
  func note(_ table: Table, _ entry: Int64, field: String, previous: String? = nil) throws {
    noting.bind(1, source)
    noting.bind(2, table.rawValue)
    noting.bind(3, entry)
    noting.bind(4, field)
    noting.bind(5, previous)
    try noting.run()
  }

  /// Notes that the source states what a field says: where another source has filled it in, it stays for this one.
  func confirm(_ table: Table, _ entry: Int64, fields: @autoclosure () -> [String]) throws {
    guard othersAmend else { return }
    for field in fields() {
      confirming.bind(1, source)
      confirming.bind(2, table.rawValue)
      confirming.bind(3, entry)
      confirming.bind(4, field)
      try confirming.run()
    }
  }

  /// Lets what a complete source has filled in stay.
  static func keep(of source: Int64, in db: Database) throws {
    try db.cachedStatement(
      sql: """
        DELETE FROM amendment WHERE (kind, entry, field) IN (SELECT kind, entry, field FROM amendment WHERE source = ?)
        """
    ).execute(arguments: [source])
  }

  /// Takes back what a source has filled in and no other one states.
  static func undo(of source: Int64, in db: Database) throws {
    let rows = try Row.fetchAll(db, sql: onlyOf, arguments: [source, source])
    for row in rows {
      guard let table = Table(rawValue: row["kind"]), table.fields.contains(row["field"]) else { continue }
      let field: String = row["field"]
      try db.execute(
        sql: "UPDATE \(table.rawValue) SET \(field) = ? WHERE id = ?",
        arguments: [row["previous"] as DatabaseValue, row["entry"] as Int64])
    }
    try db.execute(sql: "DELETE FROM amendment WHERE source = ?", arguments: [source])
  }

  private static let onlyOf = """
    SELECT kind, entry, field, previous FROM amendment AS own
    WHERE source = ? AND NOT EXISTS (
      SELECT 1 FROM amendment AS other
      WHERE other.kind = own.kind AND other.entry = own.entry AND other.field = own.field AND other.source <> ?)
    """
}
