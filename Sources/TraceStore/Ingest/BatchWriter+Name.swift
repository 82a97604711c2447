import Traces

extension BatchWriter {
  /// Finds, completes or adds the problem of a record.
  ///
  /// A name that is not the problem's own may be another's, too: then the problem that has it provisionally gets a row of
  /// its own, and a name when the source is complete (`NamePlan`). Records that a source names alike are one problem's
  /// unless they contradict each other.
  func writeProblem(of record: TraceRecord) throws -> (identifier: Int64, isNew: Bool) {
    var problem = record.problem
    if let name = record.provisionalName, let key = try knownKey(of: problem, named: name) {
      problem.key = key
    } else if let stored = try ProblemRow(problem).find(with: statements.findProblem),
      !ProblemRow(problem).agrees(with: stored.problem)
    {
      if record.provisionalName != nil {
        problem.key = Self.madeKey(of: problem)
      } else if try isProvisional(stored.identifier) {
        try rename(stored.identifier, to: Self.madeKey(of: stored.problem))
      }
    }
    return try ProblemRow(problem).write(with: statements, source: source)
  }

  /// The key of the problem that the source has named so before, if it may be this one; other things said of it that
  /// contradict are refused when it is written.
  private func knownKey(of problem: Problem, named name: ProblemName) throws -> String? {
    let statement = statements.findName
    statement.bind(1, source)
    statement.bind(2, name.key)
    defer { statement.reset() }
    while try statement.step() {
      let known = ProblemRow.problem(statement, from: 0)
      if ProblemRow(problem).asksTheSame(as: known) { return known.key }
    }
    return nil
  }

  private static func madeKey(of problem: Problem) -> String {
    ProblemName.made(
      of: [problem.key, problem.statement, problem.answer, problem.dataset, problem.subject, problem.level].map {
        $0 ?? ""
      })
  }

  /// Whether only sources that name the problem provisionally have rollouts of it.
  private func isProvisional(_ problem: Int64) throws -> Bool {
    let statement = statements.isProvisional
    statement.bind(1, problem)
    defer { statement.reset() }
    return try statement.step() && statement.integer(0) == 1
  }

  private func rename(_ problem: Int64, to key: String) throws {
    statements.renameProblem.bind(1, key)
    statements.renameProblem.bind(2, problem)
    try statements.renameProblem.run()
  }

  /// Notes that nobody has named a scorer of the source.
  func write(unnamedScorer scorer: String) throws {
    statements.insertUnnamedScorer.bind(1, source)
    statements.insertUnnamedScorer.bind(2, scorer)
    try statements.insertUnnamedScorer.run()
  }

  /// Notes that the source names a problem provisionally.
  func write(name: ProblemName?, of problem: Int64) throws {
    guard let name else { return }
    let statement = statements.insertName
    statement.bind(1, source)
    statement.bind(2, name.key)
    statement.bind(3, name.qualified)
    statement.bind(4, problem)
    try statement.run()
  }
}
