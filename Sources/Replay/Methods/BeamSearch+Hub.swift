import Traces

/// Beam search as its-hub 1.2.0 runs it, `core/algorithms/beam_search.py`.
///
/// It starts with N / M candidates; each level keeps the best M, finished ones in the pool with their score, and copies
/// each N / M times; it ends when all have finished, after `maxSteps` + 1 steps at the latest. N = M is a single chain; a
/// finished best candidate can fill the pool. The first of equals wins.
struct HubBeam: ReplayMethod {
  let width: Int
  let maximumSteps: Int

  func absence(budget: Int, record: RecordSummary) -> Absence? {
    guard budget % width == 0 else { return .notMultiple(of: width, option: "width") }
    return budget / width > record.starts ? .tooFewStarts(recorded: record.starts) : nil
  }

  func run(budget: Int, engine: inout ReplayEngine, workspace: inout Workspace) -> RunOutcome {
    let copies = budget / width
    var count = copies
    workspace.reserve(max(copies * copies, budget), classes: 0)
    engine.placeAtPrompt(workspace.candidates, count: count)
    // The program counts the steps before the one that it asks for, so a path may have one more.
    for _ in 0...maximumSteps {
      _ = engine.advance(workspace.candidates, count: count)
      guard !engine.tally.isRefused else { return RunOutcome() }
      count = duplicateBest(count, copies: copies, engine: engine, workspace: &workspace)
      if (0..<count).allSatisfy({ engine.isFinished(workspace.candidates[$0]) }) { break }
    }
    let best = FinalCandidates.highest(count, firstWinsTies: true, engine: &engine, workspace: workspace)
    if workspace.recorder != nil {
      workspace.completed = workspace.candidates.prefix(count)
      workspace.recorder?.noteBest(best)
    }
    return .verdict(engine.isRight(workspace.candidates[best]))
  }

  private func duplicateBest(
    _ count: Int,
    copies: Int,
    engine: borrowing ReplayEngine,
    workspace: inout Workspace
  ) -> Int {
    workspace.ranks.removeAll(keepingCapacity: true)
    for i in 0..<count { workspace.ranks.append(engine.scores.rank(of: workspace.candidates[i])) }
    workspace.sortPlaces()
    let kept = min(width, count)
    for copy in 0..<copies {
      for place in 0..<kept {
        workspace.next[copy * kept + place] = workspace.candidates[Int(workspace.places[place])]
      }
    }
    swap(&workspace.candidates, &workspace.next)
    return copies * kept
  }
}
