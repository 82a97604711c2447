import Traces

/// Monte Carlo tree search over reasoning steps, with PUCT selection and the aggregated score as value.
///
/// The budget is the number of expansions. Each walks down from the prompt by Q + c P sqrt(n_parent) / (1 + n), draws M
/// continuations of the leaf it reaches (P = 1 / M), follows the best of them by single draws to an end, and adds the
/// aggregated score there to all nodes on the way. Q is the mean of what was added to a node, and the node's own score
/// before its first visit. A walk that comes to an end adds its score once more and is no expansion; after a thousand
/// such walks in a row the search has settled and stops, as it does where every leaf is an end. The best of all ends that
/// were drawn answers, or their votes.
///
/// C. D. Rosin, Annals of Mathematics and Artificial Intelligence 61 (2011), doi 10.1007/s10472-011-9258-6; the form of
/// D. Silver et al., Nature 550 (2017), doi 10.1038/nature24270.
///
/// - Complexity: O(M) for each level of each walk.
struct MonteCarloTreeSearch: ReplayMethod {
  let width: Int
  let exploration: Double
  let maximumSteps: Int
  let answer: AnswerRule

  var hasRules: Bool { true }

  func absence(budget: Int, record: RecordSummary) -> Absence? {
    width > record.starts ? .tooFewStarts(recorded: record.starts) : nil
  }

  func run(budget: Int, engine: inout ReplayEngine, workspace: inout Workspace) -> RunOutcome {
    workspace.completed.removeAll(keepingCapacity: true)
    workspace.tree.plant(engine.scores.start)
    var returns = 0
    while engine.tally.expansions < budget, workspace.tree.openLeaves > 0, returns < Self.mostReturns {
      let leaf = workspace.tree.select(exploration: exploration, width: width, stream: &engine.stream)
      let candidate = workspace.tree.nodes[leaf].candidate
      guard isOpen(candidate, engine) else {
        workspace.tree.addVisit(leaf, value: candidate.score)
        returns += 1
        continue
      }
      returns = 0
      guard let best = expand(leaf, engine: &engine, workspace: &workspace),
        let value = follow(best, engine: &engine, workspace: &workspace)
      else { return RunOutcome() }
      workspace.tree.addVisit(best, value: value)
    }
    return FinalCandidates.judgeCompleted(answer, engine: &engine, workspace: &workspace)
  }

  /// Walks in a row that come to an end after which the search is taken to have settled: without exploration it would go
  /// to the same end for ever.
  static let mostReturns = 1000

  private func isOpen(_ candidate: Candidate, _ engine: borrowing ReplayEngine) -> Bool {
    !engine.isFinished(candidate) && candidate.steps < maximumSteps
  }

  /// Goes on from a node by single draws and returns the score at the end; `nil` where the run is refused.
  private func follow(_ node: Int, engine: inout ReplayEngine, workspace: inout Workspace) -> Double? {
    var candidate = workspace.tree.nodes[node].candidate
    guard isOpen(candidate, engine) else { return candidate.score }
    while isOpen(candidate, engine) {
      guard engine.advance(&candidate) else { return nil }
    }
    if engine.isFinished(candidate) { workspace.completed.append(candidate) }
    return candidate.score
  }

  /// Draws the continuations of a leaf, keeps those that are ends, and returns the best; `nil` where the run is refused.
  private func expand(_ leaf: Int, engine: inout ReplayEngine, workspace: inout Workspace) -> Int? {
    engine.tally.expansions += 1
    let first = workspace.tree.nodes.count
    workspace.tree.nodes[leaf].firstChild = first
    workspace.tree.openLeaves -= 1
    var best = first
    var ties = 1
    for child in first..<first + width {
      var candidate = workspace.tree.nodes[leaf].candidate
      guard engine.advance(&candidate) else { return nil }
      workspace.tree.nodes.append(SearchTree.Node(candidate: candidate, parent: leaf))
      if engine.isFinished(candidate) { workspace.completed.append(candidate) }
      if isOpen(candidate, engine) { workspace.tree.openLeaves += 1 }
      let rank = engine.scores.rank(of: candidate)
      let bestRank = engine.scores.rank(of: workspace.tree.nodes[best].candidate)
      if rank > bestRank {
        (best, ties) = (child, 1)
      } else if rank == bestRank, child > first {
        ties += 1
        if engine.stream.below(ties) == 0 { best = child }
      }
    }
    return best
  }
}

extension MonteCarloTreeSearch {
  /// The line of the registry.
  static let descriptor = MethodDescriptor(
    "mcts", "Monte Carlo tree search (PUCT)", source: .steps, needs: [.scores],
    options: [
      MethodOption("width", .whole(1...100_000), standard: "4", "continuations drawn at an expansion, M"),
      MethodOption("exploration", .number(0...1000), standard: "1", "c, how far visits count against values"),
      .maximumSteps, .searchAnswer, .neighbours,
    ]
  ) { settings in
    MonteCarloTreeSearch(
      width: settings.whole("width"), exploration: settings.number("exploration"),
      maximumSteps: settings.whole("maxSteps"), answer: AnswerRule(rawValue: settings.word("answer")) ?? .argmax)
  }
}
