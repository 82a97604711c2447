import Traces

/// Beam search as compute-optimal-tts runs it on a tree, `src/reason/guided_search/tree.py`.
///
/// The prompt has N continuations (the program's maximal width). At each level the paths kept before are visited, best
/// first: a finished one leaves for the completed, another offers its k best continuations, k being `numSeq` less the
/// paths completed so far; the k best of all offers are kept (k as the last open path found it) and get N / numSeq
/// continuations each. It ends when `numSeq` paths have completed; the best of them answers. Paths of 40 steps count as
/// finished. Equal texts among continuations count once. Of equally good continuations the first drawn is better, among
/// those of several paths the one of the better path.
///
/// - Complexity: O(N log N) a level where texts differ, beside the N / numSeq comparisons that a continuation is told apart
///   by.
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
    var paths = Paths(first: budget, count: 1)
    workspace.candidates[paths.first] = engine.scores.start
    var k = kept
    guard expand(paths, width: budget, engine: &engine, workspace: &workspace) else { return RunOutcome() }
    for _ in 0...maximumSteps {
      let offered = visit(paths, k: &k, engine: engine, workspace: &workspace)
      paths.count = keepBest(k, of: offered, at: paths.first, engine: engine, workspace: &workspace)
      guard expand(paths, width: budget / kept, engine: &engine, workspace: &workspace) else { return RunOutcome() }
      if workspace.completed.count == kept || paths.count == 0 { break }
    }
    return FinalCandidates.judgeCompleted(
      .argmax, RolloutChoice(firstWinsTies: true), engine: &engine, workspace: &workspace)
  }

  /// Where the kept paths stand among the workspace's candidates, best first: behind the room in which steps are drawn.
  ///
  /// Their continuations stand in the workspace's `next`, path after path; its `ancestors` say where those of each path
  /// end.
  private struct Paths {
    var first: Int
    var count: Int
  }

  private func isOver(_ candidate: Candidate, _ engine: borrowing ReplayEngine) -> Bool {
    engine.isFinished(candidate) || Int(candidate.steps) >= maximumSteps
  }

  /// Retires finished paths and lets the others offer their continuations.
  ///
  /// - Returns: How many continuations are offered. A path offers its k best only, but of them all the k best are kept in
  ///   the end, and k never grows: so all of its continuations may be looked at.
  private func visit(
    _ paths: Paths,
    k: inout Int,
    engine: borrowing ReplayEngine,
    workspace: inout Workspace
  ) -> Int {
    var offered = 0
    for i in 0..<paths.count {
      let path = workspace.candidates[paths.first + i]
      if isOver(path, engine) {
        workspace.completed.append(path)
        if workspace.completed.count == kept { break }
      } else {
        k = kept - workspace.completed.count
        offered = Int(workspace.ancestors[i])
      }
    }
    return offered
  }

  /// Makes the best of the offered continuations the kept paths. Of equals the first is better: it stands after the better
  /// path, or was drawn before.
  ///
  /// - Returns: The number of paths.
  private func keepBest(
    _ count: Int,
    of offered: Int,
    at first: Int,
    engine: borrowing ReplayEngine,
    workspace: inout Workspace
  ) -> Int {
    workspace.ranks.removeAll(keepingCapacity: true)
    for i in 0..<offered { workspace.ranks.append(engine.scores.rank(of: workspace.next[i])) }
    workspace.sortPlaces()
    let count = min(count, offered)
    for i in 0..<count { workspace.candidates[first + i] = workspace.next[Int(workspace.places[i])] }
    return count
  }

  /// Draws the continuations of all open paths, of which those with equal texts count once; false where the run is refused.
  private func expand(
    _ paths: Paths,
    width: Int,
    engine: inout ReplayEngine,
    workspace: inout Workspace
  ) -> Bool {
    var filled = 0
    for i in 0..<paths.count {
      let path = workspace.candidates[paths.first + i]
      if !isOver(path, engine) {
        for copy in 0..<width { workspace.candidates[copy] = path }
        _ = engine.advance(workspace.candidates, count: width)
        guard !engine.tally.isRefused else { return false }
        let own = filled
        for copy in 0..<width {
          let next = workspace.candidates[copy]
          if (own..<filled).contains(where: { workspace.next[$0].node == next.node }) { continue }
          workspace.next[filled] = next
          filled += 1
        }
      }
      workspace.ancestors[i] = Int32(truncatingIfNeeded: filled)
    }
    return true
  }
}
