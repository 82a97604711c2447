import GRDB
import Traces

/// A problem on its way into the table of problems.
///
/// What two sources say of one problem must agree; what one of them leaves open is filled in from the other. White space
/// at the ends of a statement may differ: then the first in order of bytes is kept, whichever came first.
struct ProblemRow {
  private let problem: Problem

  init(_ problem: Problem) { self.problem = problem }

  /// The columns of a problem in the order in which `Problem` declares them.
  static let columns = "key, dataset, statement, answer, subject, coalesce(level_text, CAST(level AS TEXT))"
  static let find = "SELECT id, \(columns) FROM problem WHERE key = ?"
  static let insert = """
    INSERT INTO problem (key, dataset, statement, answer, subject, level, level_text, source)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?)
    """
  static let complete = """
    UPDATE problem SET dataset = ?, statement = ?, answer = ?, subject = ?, level = ?, level_text = ? WHERE id = ?
    """

  /// The level where the column's numeric affinity would not give it back as written; `nil` where it would.
  private static func textToKeep(of level: String?) -> String? {
    guard let level else { return nil }
    if let number = Int64(level) { return String(number) == level ? nil : level }
    // Anything else that looks like a number (`5.0`, ` 5`, `1e2`) is kept too; plain words are not converted.
    let mayBeNumber = level.unicodeScalars.contains { ("0"..."9").contains($0) } && !level.contains(where: \.isLetter)
    return mayBeNumber || Double(level) != nil ? level : nil
  }

  /// Finds the problem, completes it, or adds it.
  ///
  /// - Throws: `UnacceptableData` where the store knows the same key with another statement or answer.
  func write(with statements: IngestStatements, source: Int64) throws -> (identifier: Int64, isNew: Bool) {
    guard let stored = try find(with: statements.findProblem) else {
      return (try add(with: statements.insertProblem, source: source), true)
    }
    let merged = try merge(stored.problem)
    if merged != stored.problem {
      try checkGrading(stored: stored, statement: statements.hasAnswers)
      for (field, old, new) in Self.fields(stored.problem, merged) where !old.isSameText(as: new) {
        try statements.amendments.note(.problem, stored.identifier, field: field, previous: old)
      }
      try complete(merged, identifier: stored.identifier, with: statements.completeProblem)
    }
    try statements.amendments.confirm(
      .problem, stored.identifier, fields: Self.fields(problem, merged).compactMap { $0.old == nil ? nil : $0.field })
    return (stored.identifier, false)
  }

  /// The columns that sources fill in, with their values in two problems; a level may stand in either of two.
  private static func fields(_ old: Problem, _ new: Problem) -> [(field: String, old: String?, new: String?)] {
    [
      ("dataset", old.dataset, new.dataset), ("statement", old.statement, new.statement),
      ("answer", old.answer, new.answer), ("subject", old.subject, new.subject), ("level", old.level, new.level),
      ("level_text", old.level, new.level),
    ]
  }

  /// Reads a problem from a row that begins with the given column.
  static func problem(_ statement: PreparedStatement, from column: Int32) -> Problem {
    Problem(
      key: statement.text(column) ?? "", dataset: statement.text(column + 1), statement: statement.text(column + 2),
      answer: statement.text(column + 3), subject: statement.text(column + 4), level: statement.text(column + 5))
  }

  /// The row of the problem's key.
  func find(with statement: PreparedStatement) throws -> (identifier: Int64, problem: Problem)? {
    statement.bind(1, problem.key)
    defer { statement.reset() }
    guard try statement.step() else { return nil }
    return (statement.integer(0), Self.problem(statement, from: 1))
  }

  private func add(with statement: PreparedStatement, source: Int64) throws -> Int64 {
    statement.bind(1, problem.key)
    bind(problem, to: statement, from: 2)
    statement.bind(8, source)
    try statement.run()
    return statement.lastInsertedRow
  }

  private func complete(_ merged: Problem, identifier: Int64, with statement: PreparedStatement) throws {
    bind(merged, to: statement, from: 1)
    statement.bind(7, identifier)
    try statement.run()
  }

  /// Whether what a row says of the problem agrees with this, as far as both say it.
  func agrees(with stored: Problem) -> Bool {
    Self.agreeOnStatement(problem, stored)
      && Self.fields(problem, stored).allSatisfy { $0.field == "statement" || Self.agree($0.old, $0.new) }
  }

  /// Whether what a row asks and wants to hear agrees with this, as far as both say it.
  func asksTheSame(as stored: Problem) -> Bool {
    Self.agreeOnStatement(problem, stored) && Self.agree(problem.answer, stored.answer)
  }

  private static func agreeOnStatement(_ one: Problem, _ other: Problem) -> Bool {
    one.statement == nil || other.statement == nil || Problem.areSameStatements(one.statement, other.statement)
  }

  private static func agree(_ one: String?, _ other: String?) -> Bool {
    one == nil || other == nil || one.isSameText(as: other)
  }

  /// Writes what is known of the problem into a row.
  func complete(_ identifier: Int64, in db: Database) throws {
    try complete(problem, identifier: identifier, with: PreparedStatement(keptBy: db, Self.complete))
  }

  private func bind(_ problem: Problem, to statement: PreparedStatement, from parameter: Int32) {
    statement.bind(parameter, problem.dataset)
    statement.bind(parameter + 1, problem.statement)
    statement.bind(parameter + 2, problem.answer)
    statement.bind(parameter + 3, problem.subject)
    statement.bind(parameter + 4, problem.level)
    statement.bind(parameter + 5, Self.textToKeep(of: problem.level))
  }

  private func merge(_ stored: Problem) throws -> Problem {
    func agreed(_ field: String, _ new: String?, _ old: String?) throws -> String? {
      guard let new, let old else { return new ?? old }
      guard new.isSameText(as: old) else { throw conflict(field, found: new, stored: old) }
      return old
    }
    return Problem(
      key: stored.key, dataset: try agreed("dataset", problem.dataset, stored.dataset),
      statement: try Self.agreeOnStatement(problem, stored)
        ? [problem.statement, stored.statement].compactMap { $0.map { ExactText($0) } }.min()?.text
        : agreed("statement", problem.statement, stored.statement),
      answer: try agreed("answer", problem.answer, stored.answer),
      subject: try agreed("subject", problem.subject, stored.subject),
      level: try agreed("level", problem.level, stored.level))
  }

  private func conflict(_ field: String, found: String, stored: String) -> UnacceptableData {
    UnacceptableData(
      field: "problem.\(field)", found: quoted(found),
      expected: "\(quoted(stored)), as the store has it for problem \(problem.key)",
      remedy: "give the problems keys of their own, or ingest into a new store")
  }

  /// Answers are graded at ingest: a gold answer that comes later would leave the earlier verdicts wrong.
  private func checkGrading(stored: (identifier: Int64, problem: Problem), statement: PreparedStatement) throws {
    guard stored.problem.answer == nil, let answer = problem.answer else { return }
    statement.bind(1, stored.identifier)
    defer { statement.reset() }
    guard try statement.step(), statement.integer(0) == 1 else { return }
    throw UnacceptableData(
      field: "problem.answer", found: quoted(answer),
      expected: "no answer, since rollouts of problem \(problem.key) were stored and graded without one",
      remedy: "ingest the source with the answers first, into a new store")
  }
}

/// A value in quotation marks on one line, shortened where it is long.
func quoted(_ text: String) -> String {
  let limit = 80
  let shown = text.prefix(limit).unicodeScalars.map { scalar in
    scalar.value < 0x20 ? scalar.escaped(asASCII: true) : String(scalar)
  }.joined()
  return text.count <= limit ? "\"\(shown)\"" : "\"\(shown)...\""
}
