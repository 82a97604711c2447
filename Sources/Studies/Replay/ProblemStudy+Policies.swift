import Replay

extension ProblemStudy {
  /// Runs policy `nearest` beside `matched` at the budgets where much is borrowed: where the two differ, scores hide
  /// something, and a replay must not be trusted blindly.
  ///
  /// Each problem decides by its own draws whether the second replay is worth its time; where it is not, it counts as
  /// having come to the same.
  func comparePolicies(
    _ cells: [StudyCell], _ results: inout [[Result]], _ replay: inout ProblemReplay
  ) throws(ReplayError) {
    // One engine serves all cells of an aggregation.
    let borrowing = cells.indices.filter { cells[$0].method.borrowsByState }
    let order = borrowing.sorted {
      (cells[$0].method.aggregation.name, $0) < (cells[$1].method.aggregation.name, $1)
    }
    for index in order {
      let positions = budgets.indices.filter { results[index][$0].borrowedShare > Self.borrowedShare }
      guard !positions.isEmpty else { continue }
      let outcomes = try replay.evaluate(
        try cells[index].method.following(.nearest), budgets: positions.map { budgets[$0] },
        replicates: min(replicates, Self.comparedRuns), seed: seed)
      for (position, outcome) in zip(positions, outcomes) where outcome.runs > 0 {
        results[index][position].nearest = outcome.right.reduce(0, +) / Double(outcome.runs)
      }
    }
  }

  /// Where a smaller share of the draws is borrowed or repeated, the policy matters little.
  static let borrowedShare = 0.25
  /// Runs of policy `nearest`: the difference is of interest where it is large.
  static let comparedRuns = 8
}

extension ProblemStudy.Result {
  /// The share of draws that were not recorded after their own prefix; 0 where there is no outcome.
  fileprivate var borrowedShare: Double { outcome.map { 1 - $0.coverage.recordedShare } ?? 0 }
}

extension MethodCell {
  /// Whether the cell borrows continuations from donors of the same hidden state.
  var borrowsByState: Bool {
    descriptor.source == .steps && continuation == .matched && reading == .oneScorer
  }
}
