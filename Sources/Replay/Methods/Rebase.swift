import Foundation
import Traces

/// REBASE: reward-balanced search. Each level's budget is shared out among the open paths by softmax of their scores.
///
/// N continuations are drawn at the prompt. At each level path i gets B exp(r_i / T) / sum_j exp(r_j / T) continuations,
/// B being N less the paths that have finished; shares are rounded so that they add up to B. Until B is spent, no path is
/// open, or 40 levels. The finished paths vote by score.
///
/// Y. Wu et al., arXiv 2408.00724; their rounding does not add up to B, ours does (largest remainders, ties
/// at random).
///
/// - Complexity: O(N log N) a level.
struct Rebase: ReplayMethod {
  let temperature: Double
  let maximumSteps: Int
  let answer: AnswerRule

  var hasRules: Bool { true }

  func absence(budget: Int, record: RecordSummary) -> Absence? {
    budget > record.starts ? .tooFewStarts(recorded: record.starts) : nil
  }

  func run(budget: Int, engine: inout ReplayEngine, workspace: inout Workspace) -> RunOutcome {
    workspace.completed.removeAll(keepingCapacity: true)
    engine.placeAtPrompt(workspace.candidates, count: budget)
    engine.tally.expansions = 1
    var count = budget
    for level in 1...maximumSteps {
      _ = engine.advance(workspace.candidates, count: count)
      guard !engine.tally.isRefused else { return RunOutcome() }
      let open = workspace.retireFinished(count, engine: engine)
      count = budget - workspace.completed.count
      if open == 0 || count <= 0 || level == maximumSteps { break }
      share(count, among: open, engine: &engine, workspace: &workspace)
    }
    return FinalCandidates.judgeCompleted(answer, engine: &engine, workspace: &workspace)
  }

  /// Replaces the open paths by their shares of copies.
  private func share(_ budget: Int, among open: Int, engine: inout ReplayEngine, workspace: inout Workspace) {
    for i in 0..<open { workspace.weights[i] = workspace.candidates[i].score }
    ScoreWeights.exponentiate(workspace.weights, count: open, temperature: temperature)
    let unit = ResamplingScheme.total(workspace.weights, open) / Double(budget)
    var filled = 0
    workspace.order.removeAll(keepingCapacity: true)
    workspace.ranks.removeAll(keepingCapacity: true)
    for i in 0..<open {
      let exact = workspace.weights[i] / unit
      let copies = min(Int(exact), budget - filled)
      for _ in 0..<copies {
        workspace.next[filled] = workspace.candidates[i]
        filled += 1
      }
      if copies > 0 { engine.tally.expansions += 1 }
      workspace.order.append(Int32(truncatingIfNeeded: i))
      workspace.ranks.append(exact - Double(copies))
    }
    workspace.sortOrder(stream: &engine.stream)
    for i in 0..<budget - filled {
      let path = Int(workspace.order[i % open])
      if i < open, workspace.weights[path] < unit { engine.tally.expansions += 1 }
      workspace.next[filled + i] = workspace.candidates[path]
    }
    swap(&workspace.candidates, &workspace.next)
  }
}

extension Rebase {
  /// The line of the registry.
  static let descriptor = MethodDescriptor(
    "rebase", "reward-balanced search", source: .steps, needs: [.scores],
    options: [
      MethodOption("temperature", .number(0.001...1000), standard: "0.2", "T in the softmax that shares the budget"),
      .maximumSteps,
      MethodOption(
        "answer", .choice(["argmax", "vote", "weightedVote"]), standard: "weightedVote",
        "the best finished path, the largest class, or the class with the largest sum of scores"),
      .neighbours,
    ]
  ) { settings in
    Rebase(
      temperature: settings.number("temperature"), maximumSteps: settings.whole("maxSteps"),
      answer: AnswerRule(rawValue: settings.word("answer")) ?? .weightedVote)
  }
}
