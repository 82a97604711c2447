import GRDB
import Traces

/// Carries a `NamePlan` out: moves rollouts, classes and predictions to the problem that they belong to.
struct ProblemJoining {
  private let db: Database

  init(_ db: Database) { self.db = db }

  /// - Returns: How many rows of problems are gone.
  func run() throws -> Int {
    let isNeeded = try Bool.fetchOne(
      db,
      sql:
        "SELECT EXISTS (SELECT 1 FROM provisional_name JOIN source ON source.id = provisional_name.source WHERE complete = 1)"
    )
    guard isNeeded == true else { return 0 }
    try countRollouts()
    let before = try count()
    for join in try plan().joins { try carryOut(join) }
    return try before - count()
  }

  private func count() throws -> Int { try Int.fetchOne(db, sql: "SELECT count(*) FROM problem") ?? 0 }

  /// Notes how many rollouts came under a name, as soon as its source is complete.
  private func countRollouts() throws {
    try db.execute(
      sql: """
        UPDATE provisional_name SET rollouts = (
          SELECT count(*) FROM rollout
          WHERE rollout.problem = provisional_name.problem AND rollout.source = provisional_name.source)
        WHERE rollouts IS NULL AND source IN (SELECT id FROM source WHERE complete = 1)
        """)
  }

  private func plan() throws -> NamePlan {
    let uses = try Row.fetchAll(db, sql: "SELECT * FROM provisional_name WHERE rollouts IS NOT NULL").map { row in
      NamePlan.Use(
        source: row["source"], name: row["name"], qualified: row["qualified"], problem: row["problem"],
        first: row["first_position"], rollouts: row["rollouts"])
    }
    let names = Set(
      try String.fetchAll(db, sql: "SELECT DISTINCT name FROM provisional_name").map { ExactText($0) })
    var provisional: [Int64: Int] = [:]
    for use in uses { provisional[use.problem, default: 0] += use.rollouts }
    let counts = try Row.fetchAll(db, sql: Self.completeRollouts)
    let all = Dictionary(uniqueKeysWithValues: counts.map { ($0["problem"] as Int64, $0["rollouts"] as Int) })
    let complete = Set(try Int64.fetchAll(db, sql: Self.completeProblems))
    let stated = Set(try Int64.fetchAll(db, sql: Self.statedProblems))
    let entries = try TraceStore.problems(where: "TRUE", in: db).map { stored in
      let isUsed = names.contains(ExactText(stored.problem.key)) || provisional[stored.identifier] != nil
      let isProper =
        isUsed
        ? stated.contains(stored.identifier)
          || all[stored.identifier, default: 0] > provisional[stored.identifier, default: 0]
        : complete.contains(stored.identifier)
      return NamePlan.Entry(identifier: stored.identifier, problem: stored.problem, isProper: isProper)
    }
    return NamePlan(entries: entries, uses: uses)
  }

  private static let completeRollouts = """
    SELECT problem, count(*) AS rollouts FROM rollout WHERE source IN (SELECT id FROM source WHERE complete = 1)
    GROUP BY problem
    """

  private static let completeProblems = """
    SELECT id FROM problem WHERE source IN (SELECT id FROM source WHERE complete = 1)
      OR id IN (SELECT problem FROM rollout WHERE source IN (SELECT id FROM source WHERE complete = 1))
    """

  /// Those that a file stated under their key as a name of their own, maybe without any rollout.
  private static let statedProblems = """
    SELECT id FROM problem WHERE source IN (SELECT id FROM source WHERE complete = 1)
      AND id IN (SELECT problem FROM provisional_name)
      AND source NOT IN (SELECT source FROM provisional_name WHERE problem = problem.id)
    """

  private func carryOut(_ join: NamePlan.Join) throws {
    for use in join.moves { try move(use, to: join.target) }
    for origin in Set(join.moves.map(\.problem)) where origin != join.target { try clean(origin) }
    // Where an unfinished source holds the name, it stays with it until that source is complete.
    let holder = try Int64.fetchOne(db, sql: "SELECT id FROM problem WHERE key = ?", arguments: [join.problem.key])
    guard holder == nil || holder == join.target else { return }
    try db.execute(
      sql: "UPDATE problem SET key = ? WHERE id = ?", arguments: [join.problem.key, join.target])
    try ProblemRow(join.problem).complete(join.target, in: db)
  }

  private func move(_ use: NamePlan.Use, to target: Int64) throws {
    let next =
      try Int.fetchOne(
        db, sql: "SELECT max(position) + 1 FROM rollout WHERE problem = ? AND source = ?",
        arguments: [target, use.source]) ?? 0
    let arguments = [
      "from": use.problem, "to": target, "source": use.source, "first": Int64(use.first),
      "end": Int64(use.first + use.rollouts), "shift": Int64(next - use.first),
    ]
    let statements = use.problem == target ? [Self.movingRollouts] : Self.moving
    for statement in statements { try execute(statement, arguments) }
    try db.execute(
      sql: """
        UPDATE provisional_name SET problem = ?, first_position = ? WHERE source = ? AND name = ? AND problem = ?
        """, arguments: [target, next, use.source, use.name, use.problem])
  }

  /// Runs a statement with those of the arguments that it names.
  private func execute(_ sql: String, _ arguments: [String: Int64]) throws {
    let named = arguments.filter { sql.contains(":\($0.key)") }.mapValues { $0 as (any DatabaseValueConvertible)? }
    try db.cachedStatement(sql: sql).execute(arguments: StatementArguments(named))
  }

  private static let movingRollouts = """
    UPDATE rollout SET problem = :to, position = position + :shift,
      answer_class = (
        SELECT new.id FROM answer_class AS old
        JOIN answer_class AS new ON new.problem = :to AND new.key = old.key
        WHERE old.id = rollout.answer_class)
    WHERE problem = :from AND source = :source AND position >= :first AND position < :end
    """

  /// Classes first: of two forms of one class the shorter, the first in order of bytes, counts.
  private static let moving = [
    """
    INSERT OR IGNORE INTO answer_class (problem, key, form, is_right, status)
    SELECT :to, key, form, is_right, status FROM answer_class
    WHERE problem = :from AND id IN (
      SELECT answer_class FROM rollout
      WHERE problem = :from AND source = :source AND position >= :first AND position < :end)
    """,
    """
    UPDATE answer_class SET form = old.form FROM answer_class AS old
    WHERE answer_class.problem = :to AND old.problem = :from AND old.key = answer_class.key
      AND (length(CAST(old.form AS BLOB)), CAST(old.form AS BLOB))
        < (length(CAST(answer_class.form AS BLOB)), CAST(answer_class.form AS BLOB))
    """,
    """
    UPDATE answer_class SET status = 'parsed' FROM answer_class AS old
    WHERE answer_class.problem = :to AND old.problem = :from AND old.key = answer_class.key
      AND old.status = 'parsed' AND answer_class.status <> 'parsed'
    """,
    movingRollouts,
    "UPDATE OR IGNORE prediction SET problem = :to WHERE problem = :from AND source = :source",
    "DELETE FROM prediction WHERE problem = :from AND source = :source",
  ]

  /// Takes away what nothing refers to any more; where something stays, its classes take the forms of what is left.
  private func clean(_ problem: Int64) throws {
    let arguments = ["problem": problem]
    try execute(
      """
      DELETE FROM answer_class WHERE problem = :problem AND id NOT IN (
        SELECT answer_class FROM rollout WHERE problem = :problem AND answer_class IS NOT NULL)
      """, arguments)
    try execute(
      """
      DELETE FROM problem WHERE id = :problem AND NOT EXISTS (SELECT 1 FROM rollout WHERE problem = :problem)
        AND NOT EXISTS (SELECT 1 FROM prediction WHERE problem = :problem)
        AND NOT EXISTS (SELECT 1 FROM provisional_name WHERE problem = :problem)
        AND NOT EXISTS (SELECT 1 FROM amendment WHERE kind = 'problem' AND entry = :problem)
      """, arguments)
    for identifier in try Int64.fetchAll(
      db, sql: "SELECT id FROM answer_class WHERE problem = ?", arguments: [problem])
    {
      try db.execute(sql: TraceStore.formOfClass, arguments: [identifier])
    }
  }
}
