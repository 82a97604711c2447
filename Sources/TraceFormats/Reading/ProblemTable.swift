import Traces

/// Statements and gold answers by problem, for files that hold only rollouts.
public struct ProblemTable: Sendable {
  /// The problems in their file's order.
  public private(set) var problems: [Problem] = []
  private var byKey: [String: Int] = [:]
  private var byStatement: [String: Int] = [:]

  /// Creates an empty table.
  public init() {}

  /// Adds a problem; a later one of the same key takes its place.
  public mutating func add(_ problem: Problem) {
    if let known = byKey[problem.key] {
      problems[known] = problem
    } else {
      byKey[problem.key] = problems.count
      problems.append(problem)
    }
    if let statement = problem.statement, let index = byKey[problem.key] {
      byStatement[Self.normal(statement)] = index
    }
  }

  /// The problem of a key.
  public subscript(key: String) -> Problem? { byKey[key].map { problems[$0] } }

  /// The problem of a statement, white space at its ends ignored.
  public func problem(stating statement: String) -> Problem? {
    byStatement[Self.normal(statement)].map { problems[$0] }
  }

  /// A problem with what the table knows in the places that are empty.
  func completing(_ problem: Problem) -> Problem {
    guard let known = self[problem.key] ?? problem.statement.flatMap(self.problem(stating:)) else { return problem }
    var whole = problem
    whole.dataset = whole.dataset ?? known.dataset
    whole.statement = whole.statement ?? known.statement
    whole.answer = whole.answer ?? known.answer
    whole.subject = whole.subject ?? known.subject
    whole.level = whole.level ?? known.level
    return whole
  }

  private static func normal(_ statement: String) -> String {
    String(statement.drop { $0.isWhitespace }.reversed().drop { $0.isWhitespace }.reversed())
  }
}
