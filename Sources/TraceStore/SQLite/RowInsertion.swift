import GRDB

/// Inserts rows into one table, many by one statement.
///
/// A statement has its price whatever it inserts: cursors are opened, the end of each tree is looked up. Most rows come in
/// long runs; what is left of a run goes row by row. A row that is refused ends the statement where it stands (`OR
/// FAIL`), since keeping the way back within a statement would cost SQLite a copy of every page that it changes: the
/// transaction has to be undone.
struct RowInsertion {
  private let form: Form
  private let many: PreparedStatement
  private let single: PreparedStatement

  /// The statements for a table.
  struct Form: Sendable {
    /// How many rows the larger one takes.
    static let width = 32

    fileprivate let many: String
    fileprivate let single: String
    fileprivate let sharedCount: Int32
    fileprivate let ownCount: Int32

    /// - Parameters:
    ///   - table: The table's name.
    ///   - shared: Columns that are the same in all rows of a run.
    ///   - own: Columns that each row has its own value for.
    init(into table: String, shared: [String] = [], own: [String]) {
      sharedCount = Int32(shared.count)
      ownCount = Int32(own.count)
      func statement(rows: Int) -> String {
        let values = (0..<rows).map { row in
          let parameters =
            (0..<shared.count).map { $0 + 1 } + own.indices.map { shared.count + row * own.count + $0 + 1 }
          return "(" + parameters.map { "?\($0)" }.joined(separator: ", ") + ")"
        }
        let columns = (shared + own).joined(separator: ", ")
        return "INSERT OR FAIL INTO \(table) (\(columns)) VALUES \(values.joined(separator: ", "))"
      }
      many = statement(rows: Self.width)
      single = statement(rows: 1)
    }
  }

  /// A row's place among the parameters of a statement.
  struct Row {
    /// The statement.
    let statement: PreparedStatement
    private let base: Int32

    fileprivate init(_ statement: PreparedStatement, base: Int32) {
      self.statement = statement
      self.base = base
    }

    /// The parameter of the row's own column, counted from 0.
    @inline(__always)
    func parameter(_ column: Int32) -> Int32 { base + column }
  }

  /// Prepares the statements, which the connection keeps for the next transaction.
  init(_ db: Database, _ form: Form) throws {
    self.form = form
    many = try PreparedStatement(keptBy: db, form.many)
    single = try PreparedStatement(keptBy: db, form.single)
  }

  /// Inserts a run of rows.
  func insert(_ run: some RowRun) throws {
    var first = 0
    while first < run.count {
      let isLong = run.count - first >= Form.width
      let statement = isLong ? many : single
      let rows = isLong ? Form.width : 1
      run.bindShared(to: statement)
      for slot in 0..<rows {
        run.bind(first + slot, to: Row(statement, base: form.sharedCount + Int32(slot) * form.ownCount + 1))
      }
      try statement.run()
      first += rows
    }
  }
}

extension RowInsertion {
  /// Inserts a run of rows that SQLite numbers, and checks that the numbers are those foreseen.
  func insert(_ run: some RowRun, numberedFrom first: Int64) throws {
    try insert(run)
    guard run.count == 0 || single.lastInsertedRow == first &+ Int64(run.count) &- 1 else {
      throw DatabaseError(message: "rows were numbered otherwise than from \(first) on")
    }
  }
}

/// Rows of one table that go in together.
protocol RowRun {
  /// The number of rows.
  var count: Int { get }

  /// Binds the shared columns of a statement, whose parameters count from 1.
  func bindShared(to statement: PreparedStatement)

  /// Binds the own columns of the row with the given index; what is bound without a copy stays where it is as long as the
  /// run lives.
  func bind(_ index: Int, to row: RowInsertion.Row)
}

extension RowRun {
  func bindShared(to statement: PreparedStatement) {}
}
