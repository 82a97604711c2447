import GRDB
import Traces

/// Which names of a store are nobody's own, so that a file that is written of it can say so.
struct ProvisionalNames {
  /// The scorer that only sources have which name none.
  let scorer: String?
  /// By problem the longer name with file or folder, where there is one.
  private var qualified: [Int64: String?] = [:]

  /// - Throws: What the database throws; a store that is read as it is may be older than names that can be given up.
  init(in db: Database) throws {
    guard try db.tableExists("provisional_name") else {
      scorer = nil
      return
    }
    scorer = try String.fetchOne(db, sql: Self.unnamedScorer)
    for row in try Row.fetchAll(db, sql: Self.names) {
      let (problem, name): (Int64, String?) = (row["problem"], row["qualified"])
      let known = qualified[problem] ?? nil
      qualified[problem] = .some([known, name].compactMap { $0 }.min(by: ProblemName.precedes))
    }
  }

  /// The name of a problem, where it is not its own.
  func name(of problem: StoredProblem) -> ProblemName? {
    guard let longer = qualified[problem.identifier], problem.problem.statement != nil else { return nil }
    let key = problem.problem.key
    return ProblemName(provisional: key, qualified: longer.isSameText(as: key) ? nil : longer)
  }

  /// The problems that no source has rollouts of, or stated first, under a name of their own.
  private static let names = """
    SELECT problem, qualified FROM provisional_name AS used WHERE
      (SELECT count(*) FROM rollout WHERE rollout.problem = used.problem) <= (
        SELECT sum(coalesce(rollouts, (
          SELECT count(*) FROM rollout WHERE rollout.problem = own.problem AND rollout.source = own.source)))
        FROM provisional_name AS own WHERE own.problem = used.problem)
      AND NOT EXISTS (
        SELECT 1 FROM problem WHERE problem.id = used.problem
          AND problem.source NOT IN (SELECT source FROM provisional_name AS own WHERE own.problem = used.problem))
    """

  /// Renamed later, all scores of the file under this name are: so it must not be another's, too.
  private static let unnamedScorer = """
    SELECT DISTINCT unnamed.scorer FROM unnamed_scorer AS unnamed WHERE NOT EXISTS (
      SELECT 1 FROM score
      JOIN scorer ON scorer.id = score.scorer AND scorer.name = unnamed.scorer
      JOIN rollout ON rollout.id = score.rollout
      WHERE rollout.source NOT IN (SELECT source FROM unnamed_scorer WHERE scorer = unnamed.scorer))
    ORDER BY 1 LIMIT 1
    """
}
