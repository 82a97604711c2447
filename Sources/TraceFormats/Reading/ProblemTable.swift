import Traces

/// Statements and gold answers by problem, for files that hold only rollouts.
public struct ProblemTable: Sendable {
  /// The problems in their file's order.
  public private(set) var problems: [Problem] = []
  private var byKey: [ExactText: Int] = [:]
  private var byStatement: [ExactText: Int] = [:]

  /// Creates an empty table.
  public init() {}

  /// Adds a problem; a later one of the same key takes its place.
  public mutating func add(_ problem: Problem) {
    if let known = byKey[ExactText(problem.key)] {
      problems[known] = problem
    } else {
      byKey[ExactText(problem.key)] = problems.count
      problems.append(problem)
    }
    if let statement = problem.statement, let index = byKey[ExactText(problem.key)] {
      byStatement[Self.normal(statement)] = index
    }
  }

  /// The problem of a key.
  public subscript(key: String) -> Problem? { byKey[ExactText(key)].map { problems[$0] } }

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

  private static func normal(_ statement: String) -> ExactText {
    let scalars = statement.unicodeScalars.drop { $0.properties.isWhitespace }
    guard let last = scalars.lastIndex(where: { !$0.properties.isWhitespace }) else { return "" }
    return ExactText(String(String.UnicodeScalarView(scalars[...last])))
  }
}
