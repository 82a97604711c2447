import Estimation
import TraceStore

/// Sets the predictions that search-and-learn's files state beside the choices that preset `sal` makes on the same
/// rollouts: `pred_naive@n` is `bon`, `pred_weighted@n` is `wbon`, `pred_maj@n` is `majority` at budget n.
struct StoredPredictions {
  private let store: TraceStore
  private let scorer: String?
  private let judge = PredictionJudge()

  private static let names = ["bon": "pred_naive", "wbon": "pred_weighted", "majority": "pred_maj"]

  /// - Parameter scorer: The scorer that the replay reads.
  init(store: TraceStore, scorer: String?) {
    self.store = store
    self.scorer = scorer
  }

  /// A cell whose choices the files may predict.
  private struct Column {
    var cell: Int
    var name: String
    var recording: String
    var readsScores: Bool
  }

  /// Compares.
  ///
  /// - Parameters:
  ///   - cells: The cells of the study.
  ///   - problems: The keys of the problems that were replayed.
  ///   - budgets: The budgets of each cell.
  /// - Returns: By cell one comparison a budget; `nil` where no source states a prediction.
  func comparisons(
    cells: [StudyCell],
    problems: Set<String>,
    budgets: [Int]
  ) throws -> [Int: [PredictionComparison?]] {
    let columns = try columns(of: cells)
    guard !columns.isEmpty else { return [:] }
    let readsScores = columns.contains(where: \.readsScores)
    let nothing = [PredictionComparison?](repeating: nil, count: budgets.count)
    var found: [Int: [PredictionComparison?]] = [:]
    let names = Set(columns.flatMap { column in budgets.map { "\(column.name)@\($0)" } })
    let predictions = try store.sourcePredictions().filter {
      names.contains($0.name) && problems.contains($0.problem)
    }
    for group in SourcePrediction.groups(predictions) {
      var completions: [SourceCompletion]?
      let isOfScorer = try readsScores && scorer != nil && scorer == store.scorer(of: group[0])
      for column in columns where column.recording == group[0].recording && (isOfScorer || !column.readsScores) {
        for (position, budget) in budgets.enumerated() {
          let name = "\(column.name)@\(budget)"
          let own = group.filter { $0.name == name }
          if !own.isEmpty, completions == nil { completions = try rollouts(group[0]) }
          for prediction in own {
            let outcome = outcome(of: prediction, budget: budget, completions ?? [], isOnly: own.count == 1)
            found[column.cell, default: nothing][position, default: PredictionComparison(name: name)].add(
              prediction, outcome)
          }
        }
      }
    }
    return found
  }

  /// The cells of preset `sal` that choose among the rollouts of one recording.
  private func columns(of cells: [StudyCell]) throws -> [Column] {
    let preset = cells.indices.filter { cells[$0].method.settings.preset == "sal" }
    guard !preset.isEmpty else { return [] }
    let sampled = Set(try store.recordings().map(\.recording).filter { $0.sampling == .independent }.map(\.name))
    return preset.compactMap { index in
      let recordings = cells[index].group.recordings.filter(sampled.contains)
      guard let name = Self.names[cells[index].method.descriptor.name], recordings.count == 1 else { return nil }
      return Column(
        cell: index, name: name, recording: recordings[0], readsScores: cells[index].readsScores)
    }
  }

  /// The rollouts that selections draw from, in the order in which the preset takes them.
  private func rollouts(_ prediction: SourcePrediction) throws -> [SourceCompletion] {
    try store.completions(of: prediction.problem, recording: prediction.recording, scorer: scorer).filter {
      $0.isChain && $0.finish != .open
    }
  }

  /// Compared where the rollouts that the preset takes all came with the prediction.
  private func outcome(
    of prediction: SourcePrediction,
    budget: Int,
    _ completions: [SourceCompletion],
    isOnly: Bool
  ) -> PredictionJudge.Outcome {
    guard isOnly, let target = PredictionTarget(name: prediction.name),
      completions.prefix(budget).allSatisfy({ $0.origin == prediction.origin })
    else { return .notCompared }
    return judge.outcome(of: prediction, target, completions)
  }
}

extension [PredictionComparison?] {
  fileprivate subscript(position: Int, default empty: PredictionComparison) -> PredictionComparison {
    get { self[position] ?? empty }
    set { self[position] = newValue }
  }
}
