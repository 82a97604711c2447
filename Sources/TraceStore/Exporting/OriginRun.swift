import Traces

/// A prediction as the store keeps it.
struct StatedPrediction {
  var origin: RolloutOrigin
  var name: String
  var value: String
}

/// Rollouts of one problem and recording that follow each other in an export, with the predictions about them.
///
/// Where there are predictions and more than one source, each run comes from one of these, which is then a part of the
/// file; without predictions it does not matter what came together.
struct OriginRun {
  private let part: Int
  private var rollouts: [StoredRollout]
  private var predictions: [StatedPrediction]

  /// What one record takes of a run.
  struct Layer {
    var part: Int
    var rollouts: [StoredRollout] = []
    var predictions: [String: String] = [:]
  }

  /// The runs in the order of the rollouts; parts are numbered in that order, too.
  ///
  /// - Parameter predictions: The predictions in order of their origins.
  static func runs(of rollouts: [StoredRollout], predictions: [StatedPrediction]) -> [OriginRun] {
    var parts: [RolloutOrigin: Int] = [:]
    for origin in rollouts.map(\.origin) + predictions.map(\.origin) where parts[origin] == nil {
      parts[origin] = parts.count
    }
    guard !predictions.isEmpty, parts.count > 1 else {
      return parts.isEmpty ? [] : [OriginRun(part: 0, rollouts: rollouts, predictions: predictions)]
    }
    var runs: [OriginRun] = []
    var waiting = Dictionary(grouping: predictions) { parts[$0.origin] ?? 0 }
    for rollout in rollouts {
      let part = parts[rollout.origin] ?? 0
      if runs.last?.part != part {
        runs.append(OriginRun(part: part, rollouts: [], predictions: waiting.removeValue(forKey: part) ?? []))
      }
      runs[runs.count - 1].rollouts.append(rollout)
    }
    for (part, predictions) in waiting.sorted(by: { $0.key < $1.key }) {
      runs.append(OriginRun(part: part, rollouts: [], predictions: predictions))
    }
    return runs
  }

  /// The records that the run takes: different values of one name go to different ones, in order of the values; all but
  /// the first are without rollouts.
  var layers: [Layer] {
    var layers = [Layer(part: part, rollouts: rollouts)]
    for prediction in predictions {
      let free = layers.firstIndex { $0.predictions[prediction.name] == nil }
      if free == nil { layers.append(Layer(part: part)) }
      layers[free ?? layers.count - 1].predictions[prediction.name] = prediction.value
    }
    return layers
  }
}
