import Traces

/// Which problems of a store are one, and what each is called: a function of the complete sources, not of their order.
///
/// A problem with a name of its own keeps it. One that its sources only number, or only state, is known by its statement
/// and gold answer: it joins the problem that has these and a name of its own, the first in order of length and bytes
/// where several have. Without such a one it takes the first of its numbers that no other problem has, else a number with
/// its file's or folder's name before it, else a name made from the statement.
struct NamePlan {
  /// A problem of the store.
  struct Entry {
    var identifier: Int64
    var problem: Problem
    /// Whether a complete source calls it by its key as its own name.
    var isProper: Bool
  }

  /// A problem as a complete source provisionally names it.
  struct Use: Hashable {
    var source: Int64
    var name: String
    var qualified: String?
    /// The problem where its rollouts are.
    var problem: Int64
    /// The position of the first of these rollouts, and how many there are.
    var first: Int
    var rollouts: Int
  }

  /// What is to be done with the problems that are one.
  struct Join: Hashable {
    /// The row that stays.
    var target: Int64
    /// What it is called and what is known of it.
    var problem: Problem
    /// What belongs to it and is elsewhere, or is to stand behind that, in the order in which it is added.
    var moves: [Use]
  }

  private struct Identity: Hashable {
    var statement: ExactText
    var answer: ExactText
  }

  /// Those that claim a name: problems by what they say, or by their row where they do not say it.
  private enum Claimant: Hashable {
    case identity(Identity)
    case entry(Int64)
  }

  private let entries: [Int64: Entry]
  private var members: [Identity: [Entry]] = [:]
  private var uses: [Identity: [Use]] = [:]
  private var claims: [ExactText: Set<Claimant>] = [:]

  /// - Parameters:
  ///   - entries: All problems of the store.
  ///   - uses: All provisional names that complete sources use.
  init(entries: [Entry], uses: [Use]) {
    self.entries = Dictionary(entries.map { ($0.identifier, $0) }) { first, _ in first }
    for entry in entries {
      let identity = Self.identity(of: entry.problem)
      if let identity { members[identity, default: []].append(entry) }
      guard entry.isProper else { continue }
      let claimant = identity.map(Claimant.identity) ?? .entry(entry.identifier)
      claims[ExactText(entry.problem.key), default: []].insert(claimant)
    }
    for use in uses {
      guard let entry = self.entries[use.problem], let identity = Self.identity(of: entry.problem) else { continue }
      self.uses[identity, default: []].append(use)
      for name in [use.name, use.qualified].compactMap({ $0 }) {
        claims[ExactText(name), default: []].insert(.identity(identity))
      }
    }
  }

  /// Everything that is not as it should be.
  var joins: [Join] {
    uses.keys.sorted { ($0.statement, $0.answer) < ($1.statement, $1.answer) }.compactMap(join)
  }

  private static func identity(of problem: Problem) -> Identity? {
    guard let statement = problem.statement, let answer = problem.answer else { return nil }
    return Identity(statement: ExactText(Problem.normal(statement)), answer: ExactText(answer))
  }

  private func join(_ identity: Identity) -> Join? {
    let uses = uses[identity] ?? []
    let used = Set(uses.map(\.problem))
    let members = members[identity] ?? []
    let proper = members.filter(\.isProper).min { ProblemName.precedes($0.problem.key, $1.problem.key) }
    let name = proper?.problem.key ?? name(of: identity, uses)
    let rest = members.filter { used.contains($0.identifier) }
    let holder = members.first { $0.problem.key.isSameText(as: name) }
    let first = rest.min { ProblemName.precedes($0.problem.key, $1.problem.key) }
    guard let target = holder ?? first else { return nil }
    var problem = target.problem
    problem.key = name
    if proper == nil { for other in rest { problem = Self.merged(problem, other.problem) } }
    // A source's names are added in one order, so those that are there already are added anew behind others.
    let moved = Set(uses.filter { $0.problem != target.identifier }.map(\.source))
    let moves = uses.filter { moved.contains($0.source) }.sorted {
      ($0.source, $0.name.utf8.count, ExactText($0.name)) < ($1.source, $1.name.utf8.count, ExactText($1.name))
    }
    guard problem != target.problem || !moves.isEmpty else { return nil }
    return Join(target: target.identifier, problem: problem, moves: moves)
  }

  /// The name of a problem that has none of its own.
  private func name(of identity: Identity, _ uses: [Use]) -> String {
    let claimants: Set<Claimant> = [.identity(identity)]
    let free = { (name: String) in claims[ExactText(name)] == claimants }
    let numbers = uses.map(\.name).filter { !ProblemName.isMade($0) && free($0) }
    let qualified = uses.compactMap(\.qualified).filter(free)
    let made = uses.map(\.name).filter { ProblemName.isMade($0) && free($0) }
    return [numbers, qualified, made].compactMap { $0.min(by: ProblemName.precedes) }.first
      ?? ProblemName.made(of: [identity.statement.text, identity.answer.text])
  }

  /// What is known of one problem from two sides; where they differ, the first in order of bytes.
  private static func merged(_ one: Problem, _ other: Problem) -> Problem {
    func first(_ left: String?, _ right: String?) -> String? {
      [left, right].compactMap { $0.map { ExactText($0) } }.min()?.text
    }
    var merged = one
    merged.dataset = first(one.dataset, other.dataset)
    merged.statement = first(one.statement, other.statement)
    merged.subject = first(one.subject, other.subject)
    merged.level = first(one.level, other.level)
    return merged
  }
}
