import Replay
import Traces

/// What a cell came to.
struct CellResults: Sendable {
  /// For each problem one result a budget; `nil` where the user stopped the study before.
  var byProblem: [[ProblemStudy.Result]?] = []
  /// What the cell did without; `nil` where its scorer has seen all of the record, or it reads no scores.
  var unscored: UnscoredRollouts?

  /// Whether no problem has anything that the cell could read.
  var isOfNothing: Bool {
    byProblem.allSatisfy { results in results?.first?.absence?.isOfProblem ?? false }
  }
}

extension ProblemStudy {
  /// Computes cells on a problem, each on the rollouts that it can read.
  ///
  /// - Parameters:
  ///   - cells: The cells.
  ///   - columns: For each cell the column whose gaps it leaves out; `nil` for the whole tree.
  ///   - problem: The problem's key.
  ///   - forest: The trees.
  ///   - models: The models of hidden states by column of scores.
  /// - Returns: For each cell one result a budget; `nil` where the user stopped the study.
  /// - Throws: `ReplayError` where the record lacks what a cell reads.
  func results(
    of cells: [StudyCell], columns: [Int?], problem: String, in forest: Forest,
    models: [ScoreColumn: LatentStateModel]
  ) throws(ReplayError) -> [[Result]]? {
    let isRecorded = forest.tree(of: problem).map { $0.nodeCount > 1 } ?? false
    var results = [[Result]](repeating: [], count: cells.count)
    for column in Set(columns).sorted(by: { ($0 ?? -1) < ($1 ?? -1) }) {
      let members = cells.indices.filter { columns[$0] == column }
      guard let tree = forest.tree(of: problem, column: column) else { continue }
      let found = try self.results(
        of: members.map { cells[$0] }, tree: tree, models: models,
        emptiness: isRecorded ? .nothingScored : .nothingRecorded)
      guard let found else { return nil }
      for (member, result) in zip(members, found) { results[member] = result }
    }
    return results
  }
}
