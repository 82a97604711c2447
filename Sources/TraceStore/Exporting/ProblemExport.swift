import Traces

/// Makes the records of one problem: one a recording, and further ones without rollouts where sources of one recording
/// made different predictions under one name.
struct ProblemExport {
  let problem: Problem
  let rollouts: [StoredRollout]
  let selection: Selection
  let predictions: [Int: [(name: String, value: String)]]

  /// The records in the order of the recordings' names.
  ///
  /// - Parameter withEmpty: Whether a problem without rollouts makes a record too.
  func records(withEmpty: Bool) -> [TraceRecord] {
    var records: [TraceRecord] = []
    let positions = positions
    for (index, stored) in selection.recordings.enumerated() {
      let own = rollouts.filter { $0.recording.isSameText(as: stored.recording.name) }
      let layers = predictionLayers(recording: index)
      if !own.isEmpty || !layers.isEmpty {
        records.append(
          record(of: stored.recording, rollouts: own, positions: positions, predictions: layers.first ?? [:]))
        for layer in layers.dropFirst() {
          records.append(record(of: stored.recording, rollouts: [], positions: positions, predictions: layer))
        }
      }
    }
    if records.isEmpty, withEmpty { records.append(TraceRecord(problem: problem, line: 0)) }
    return records
  }

  /// The position of each rollout among all that are written of the problem, by recording and index.
  private var positions: [ExactText: [Int: Int]] {
    var next = 0
    var positions: [ExactText: [Int: Int]] = [:]
    for stored in selection.recordings {
      for rollout in rollouts where rollout.recording.isSameText(as: stored.recording.name) {
        positions[ExactText(rollout.recording), default: [:]][rollout.index] = next
        next += 1
      }
    }
    return positions
  }

  private func record(
    of recording: Recording,
    rollouts: [StoredRollout],
    positions: [ExactText: [Int: Int]],
    predictions: [String: String]
  ) -> TraceRecord {
    let used = selection.columns.indices.filter { column in rollouts.contains { !$0.record.scores[column].isEmpty } }
    let records = rollouts.map { rollout in
      var record = rollout.record
      record.scores = used.map { rollout.record.scores[$0] }
      if let parent = record.parent {
        let place = positions[ExactText(parent.recording ?? recording.name)]?[parent.rollout]
        record.parent = place.map { .init(rollout: $0, step: parent.step) }
      }
      return record
    }
    return TraceRecord(
      problem: problem, recording: recording, columns: used.map { selection.columns[$0] }, rollouts: records,
      predictions: predictions, line: 0)
  }

  /// The predictions as dictionaries: different values of one name go to different ones, in order of the values.
  private func predictionLayers(recording: Int) -> [[String: String]] {
    var layers: [[String: String]] = []
    for (name, value) in predictions[recording] ?? [] {
      if let layer = layers.firstIndex(where: { $0[name] == nil }) {
        layers[layer][name] = value
      } else {
        layers.append([name: value])
      }
    }
    return layers
  }
}
