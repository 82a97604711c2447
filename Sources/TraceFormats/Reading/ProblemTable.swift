import Traces

/// Statements and gold answers by problem, for files that hold only rollouts.
public struct ProblemTable: Sendable {
  /// The problems in their file's order.
  public private(set) var problems: [Problem] = []
  private var byKey: [ExactText: Int] = [:]
  /// Of several problems of one statement, or of one statement and answer, the one whose key comes first.
  private var byStatement: [ExactText: Int] = [:]
  private var byIdentity: [Identity: Int] = [:]
  private var byFileName: [ExactText: [Int]] = [:]
  /// Statements for which there are several answers.
  private var disputed: Set<ExactText> = []

  private struct Identity: Hashable {
    var statement: ExactText
    var answer: ExactText
  }

  /// Creates an empty table.
  public init() {}

  /// Adds a problem; a later one of the same key takes its place.
  public mutating func add(_ problem: Problem) {
    let key = ExactText(problem.key)
    let place = byKey[key] ?? problems.count
    if place < problems.count {
      problems[place] = problem
    } else {
      byKey[key] = place
      byFileName[ExactText(PISFileName.mangled(problem.key)), default: []].append(place)
      problems.append(problem)
    }
    guard let statement = problem.statement.map(Self.normal) else { return }
    if let other = byStatement[statement], !problems[other].answer.isSameText(as: problem.answer) {
      disputed.insert(statement)
    }
    byStatement[statement] = first(place, byStatement[statement])
    guard let answer = problem.answer else { return }
    let identity = Identity(statement: statement, answer: ExactText(answer))
    byIdentity[identity] = first(place, byIdentity[identity])
  }

  private func first(_ place: Int, _ other: Int?) -> Int {
    guard let other else { return place }
    return ProblemName.precedes(problems[other].key, problems[place].key) ? other : place
  }

  /// The problem of a key.
  public subscript(key: String) -> Problem? { byKey[ExactText(key)].map { problems[$0] } }

  /// The problem of a statement, white space at its ends ignored; of several one with the given answer, then the one
  /// whose key comes first (`ProblemName.precedes`), wherever they stand in their file.
  public func problem(stating statement: String, answer: String? = nil) -> Problem? {
    let statement = Self.normal(statement)
    let exact = answer.flatMap { byIdentity[Identity(statement: statement, answer: ExactText($0))] }
    return (exact ?? byStatement[statement]).map { problems[$0] }
  }

  /// The gold answer that the table has for a problem which brings its own, where they differ.
  public func otherAnswer(for problem: Problem) -> String? {
    guard let known = self[problem.key], let own = problem.answer, let answer = known.answer,
      !answer.isSameText(as: own)
    else { return nil }
    let isOther =
      known.statement != nil && problem.statement != nil
      && !Problem.areSameStatements(known.statement, problem.statement)
    return isOther ? nil : answer
  }

  /// The problems whose keys become a file name of the paper's repository (`PISFileName`).
  func problems(ofFileName name: String) -> [Problem] { (byFileName[ExactText(name)] ?? []).map { problems[$0] } }

  /// A problem with what the table knows in the places that are empty.
  func completing(_ problem: Problem) -> Problem {
    let stated = problem.statement.flatMap { self.problem(stating: $0, answer: problem.answer) }
    guard let known = self[problem.key] ?? stated else { return problem }
    var whole = problem
    whole.dataset = whole.dataset ?? known.dataset
    whole.statement = whole.statement ?? known.statement
    // Which of several answers to a statement is meant, only a key can tell.
    let isKnown = self[problem.key] != nil || !disputed.contains(Self.normal(problem.statement ?? ""))
    if isKnown { whole.answer = whole.answer ?? known.answer }
    whole.subject = whole.subject ?? known.subject
    whole.level = whole.level ?? known.level
    return whole
  }

  /// A problem with the table's answer where it has none: that of its key, unless another statement has it; else the one
  /// of its statement, unless there are several of those.
  func answering(_ problem: Problem) -> Problem {
    guard problem.answer == nil else { return problem }
    var whole = problem
    let statement = problem.statement.map(Self.normal)
    if let known = self[problem.key] {
      let stated = known.statement.map(Self.normal) ?? statement
      if statement == nil || stated == statement { whole.answer = known.answer }
    }
    guard whole.answer == nil, let statement, !disputed.contains(statement) else { return whole }
    whole.answer = byStatement[statement].flatMap { problems[$0].answer }
    return whole
  }

  private static func normal(_ statement: String) -> ExactText { ExactText(Problem.normal(statement)) }
}
