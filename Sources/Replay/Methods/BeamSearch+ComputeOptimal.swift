import Traces

/// Beam search as compute-optimal-tts runs it on a tree, `src/reason/guided_search/tree.py`.
///
/// The prompt has N continuations (the program's maximal width). At each level the paths kept before are visited, best
/// first: a finished one leaves for the completed, another offers its k best continuations, k being `numSeq` less the
/// paths completed so far; the k best of all offers are kept (k as the last open path found it) and get N / numSeq
/// continuations each. It ends when `numSeq` paths have completed; the best of them answers. Paths of 40 steps count as
/// finished. Equal texts among continuations count once. Of equally good continuations the first drawn is better, among those of several paths the one of the better
/// path.
struct ComputeOptimalBeam: ReplayMethod {
  let kept: Int
  let maximumSteps: Int

  static let kept = MethodOption(
    "numSeq", .whole(1...100_000), standard: "1", "paths kept at each level; the budget is a multiple of it",
    availability: .presets(["cot"]))

  private struct Path {
    var candidate: Candidate
    var rank = 0.0
    var parentRank = 0.0
    var continuations: [Path] = []
  }

  func absence(budget: Int, record: RecordSummary) -> Absence? {
    guard budget % kept == 0 else { return .notMultiple(of: kept, option: "numSeq") }
    return budget > record.starts ? .tooFewStarts(recorded: record.starts) : nil
  }

  func run(budget: Int, engine: inout ReplayEngine, workspace: inout Workspace) -> RunOutcome {
    workspace.completed.removeAll(keepingCapacity: true)
    var paths = [Path(candidate: engine.scores.start)]
    var k = kept
    guard expand(&paths, width: budget, engine: &engine, workspace: workspace) else { return RunOutcome() }
    for _ in 0...maximumSteps {
      let offers = visit(paths, k: &k, engine: &engine, workspace: &workspace)
      paths = best(offers, count: k)
      guard expand(&paths, width: budget / kept, engine: &engine, workspace: workspace) else { return RunOutcome() }
      if workspace.completed.count == kept || paths.isEmpty { break }
    }
    return FinalCandidates.judgeCompleted(.argmax, firstWinsTies: true, engine: &engine, workspace: &workspace)
  }

  /// The first candidate at each node: the program drops continuations with equal texts but one.
  private static func distinct(_ candidates: [Candidate]) -> [Candidate] {
    candidates.indices.filter { i in !candidates[..<i].contains { $0.node == candidates[i].node } }.map {
      candidates[$0]
    }
  }

  private func isOver(_ candidate: Candidate, _ engine: borrowing ReplayEngine) -> Bool {
    engine.isFinished(candidate) || Int(candidate.steps) >= maximumSteps
  }

  /// Retires finished paths and collects what the others offer.
  private func visit(
    _ paths: [Path],
    k: inout Int,
    engine: inout ReplayEngine,
    workspace: inout Workspace
  ) -> [Path] {
    var offers: [Path] = []
    for path in paths {
      if isOver(path.candidate, engine) {
        workspace.completed.append(path.candidate)
        if workspace.completed.count == kept { break }
      } else {
        k = kept - workspace.completed.count
        offers += best(path.continuations, count: k)
      }
    }
    return offers
  }

  /// The best paths, best first.
  private func best(_ paths: [Path], count: Int) -> [Path] {
    let order = paths.indices.sorted { left, right in
      let (own, other) = (paths[left], paths[right])
      if own.rank != other.rank { return own.rank > other.rank }
      return own.parentRank != other.parentRank ? own.parentRank > other.parentRank : left < right
    }
    return order.prefix(count).map { paths[$0] }
  }

  /// Draws the continuations of all open paths; false where the run is refused.
  private func expand(
    _ paths: inout [Path],
    width: Int,
    engine: inout ReplayEngine,
    workspace: borrowing Workspace
  ) -> Bool {
    for i in paths.indices where !isOver(paths[i].candidate, engine) {
      for copy in 0..<width { workspace.candidates[copy] = paths[i].candidate }
      _ = engine.advance(workspace.candidates, count: width)
      guard !engine.tally.isRefused else { return false }
      paths[i].continuations = Self.distinct(workspace.candidates.prefix(width)).map { candidate in
        Path(candidate: candidate, rank: engine.scores.rank(of: candidate), parentRank: paths[i].rank)
      }
    }
    return true
  }
}
