import Traces

/// Monte Carlo tree search over reasoning steps, with PUCT selection and the aggregated score as value.
///
/// The budget is the number of expansions. Each walks down from the prompt by Q + c P sqrt(n_parent) / (1 + n), draws M
/// continuations of the leaf it reaches (P = 1 / M), follows the best of them by single draws to an end, and adds the
/// aggregated score there to all nodes on the way. A leaf that is an end is visited again at no cost. The best of all
/// ends answers, or their votes.
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
    for _ in 0..<budget {
      let leaf = workspace.tree.select(exploration: exploration, width: width, stream: &engine.stream)
      var end = workspace.tree.nodes[leaf].candidate
      var visited = leaf
      if !engine.isFinished(end), end.steps < maximumSteps {
        guard let best = expand(leaf, of: &workspace.tree, engine: &engine) else { return RunOutcome() }
        visited = best
        end = workspace.tree.nodes[best].candidate
        while !engine.isFinished(end), end.steps < maximumSteps {
          guard engine.advance(&end) else { return RunOutcome() }
        }
        workspace.completed.append(end)
      }
      workspace.tree.addVisit(visited, value: end.score)
    }
    return FinalCandidates.judgeCompleted(answer, engine: &engine, workspace: &workspace)
  }

  /// Draws the continuations of a leaf and returns the best; `nil` where the run is refused.
  private func expand(_ leaf: Int, of tree: inout SearchTree, engine: inout ReplayEngine) -> Int? {
    engine.tally.expansions += 1
    let first = tree.nodes.count
    tree.nodes[leaf].firstChild = first
    var best = first
    var ties = 1
    for child in first..<first + width {
      var candidate = tree.nodes[leaf].candidate
      guard engine.advance(&candidate) else { return nil }
      tree.nodes.append(SearchTree.Node(candidate: candidate, parent: leaf))
      let rank = engine.scores.rank(of: candidate)
      let bestRank = engine.scores.rank(of: tree.nodes[best].candidate)
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
