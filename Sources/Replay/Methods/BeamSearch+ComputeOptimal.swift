import Traces

/// Beam search as compute-optimal-tts runs it on a tree, `src/reason/guided_search/tree.py`.
///
/// The prompt has N continuations (the program's maximal width); `numSeq` less the finished paths are kept at each level,
/// each with N / numSeq continuations after it. A kept path that is finished leaves the search when its turn comes. The
/// best of all finished answers.
struct ComputeOptimalBeam: ReplayMethod {
  let kept: Int
  let maximumSteps: Int

  static let kept = MethodOption(
    "numSeq", .whole(1...100_000), standard: "1", "paths kept at each level; the budget is a multiple of it",
    availability: .presets(["cot"]))

  func absence(budget: Int, record: RecordSummary) -> Absence? {
    guard budget % kept == 0 else { return .notMultiple(of: kept, option: "numSeq") }
    return budget > record.starts ? .tooFewStarts(recorded: record.starts) : nil
  }

  func run(budget: Int, engine: inout ReplayEngine, workspace: inout Workspace) -> RunOutcome {
    workspace.completed.removeAll(keepingCapacity: true)
    engine.placeAtPrompt(workspace.candidates, count: budget)
    for level in 1...maximumSteps {
      let count = level == 1 ? budget : workspace.order.count * (budget / kept)
      _ = engine.advance(workspace.candidates, count: count)
      guard !engine.tally.isRefused else { return RunOutcome() }
      workspace.rankOrder(count: count, engine: &engine)
      keepBest(engine: engine, workspace: &workspace)
      if workspace.order.isEmpty { break }
      for (place, i) in workspace.order.enumerated() {
        for copy in 0..<budget / kept {
          workspace.next[place * (budget / kept) + copy] = workspace.candidates[Int(i)]
        }
      }
      swap(&workspace.candidates, &workspace.next)
    }
    return FinalCandidates.judgeCompleted(.argmax, engine: &engine, workspace: &workspace)
  }

  /// Moves the finished of the best paths to the completed ones; `order` keeps those that go on.
  private func keepBest(engine: borrowing ReplayEngine, workspace: inout Workspace) {
    let room = max(kept - workspace.completed.count, 0)
    workspace.order.removeLast(max(workspace.order.count - room, 0))
    for i in workspace.order where engine.isFinished(workspace.candidates[Int(i)]) {
      workspace.completed.append(workspace.candidates[Int(i)])
    }
    let candidates = workspace.order.filter { !engine.isFinished(workspace.candidates[Int($0)]) }
    workspace.order = candidates
  }
}
