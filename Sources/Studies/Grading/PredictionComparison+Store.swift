import Estimation
import TraceStore

extension PredictionComparison {
  /// Compares all predictions of a store, by name: each with the rollouts that came with it.
  ///
  /// The programs count unfinished completions, too; so does this, though a replay leaves them out.
  static func all(in store: TraceStore) throws -> [PredictionComparison] {
    let judge = PredictionJudge()
    var byName: [String: PredictionComparison] = [:]
    for predictions in SourcePrediction.groups(try store.sourcePredictions()) {
      let completions = try store.completions(
        of: predictions[0].problem, recording: predictions[0].recording, scorer: store.scorer(of: predictions[0])
      ).filter { $0.origin == predictions[0].origin }
      let counts = Dictionary(grouping: predictions, by: \.name).mapValues(\.count)
      for prediction in predictions {
        let family = PredictionTarget.family(of: prediction.name)
        // Two values of one name are of two records of the problem: which rollouts each is about is not known.
        let target = counts[prediction.name] == 1 ? PredictionTarget(name: prediction.name) : nil
        let outcome = target.map { judge.outcome(of: prediction, $0, completions) } ?? .notCompared
        byName[family, default: PredictionComparison(name: family)].add(prediction, outcome)
      }
    }
    return byName.values.sorted { PredictionTarget.order(of: $0.name) < PredictionTarget.order(of: $1.name) }
  }
}

extension SourcePrediction {
  /// Predictions of one problem, recording and origin together, in their order.
  static func groups(_ predictions: [SourcePrediction]) -> [[SourcePrediction]] {
    var groups: [[SourcePrediction]] = []
    for prediction in predictions {
      if let last = groups.last?.last,
        (last.problem, last.recording, last.origin) == (prediction.problem, prediction.recording, prediction.origin)
      {
        groups[groups.count - 1].append(prediction)
      } else {
        groups.append([prediction])
      }
    }
    return groups
  }
}
