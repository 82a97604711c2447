import Traces

/// Makes the records of one problem: one a recording; where a recording's predictions are about the rollouts of several
/// sources, one for each of these; and further ones without rollouts where one source made different predictions under
/// one name.
struct ProblemExport {
  let problem: Problem
  /// Its name, where that is not its own.
  let provisionalName: ProblemName?
  /// The scorer that nobody has named.
  let unnamedScorer: String?
  let rollouts: [StoredRollout]
  let selection: Selection
  /// The predictions by recording, in order of their origins.
  let predictions: [Int: [StatedPrediction]]

  /// The records in the order of the recordings' names.
  ///
  /// - Parameter withEmpty: Whether a problem without rollouts makes a record too.
  func records(withEmpty: Bool) -> [TraceRecord] {
    let positions = positions
    var records: [TraceRecord] = []
    for (index, stored) in selection.recordings.enumerated() {
      let own = rollouts.filter { $0.recording.isSameText(as: stored.recording.name) }
      for run in OriginRun.runs(of: own, predictions: predictions[index] ?? []) {
        for layer in run.layers { records.append(record(of: stored.recording, layer, positions: positions)) }
      }
    }
    if records.isEmpty, withEmpty {
      records.append(TraceRecord(problem: problem, provisionalName: provisionalName, line: 0))
    }
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
    of recording: Recording, _ layer: OriginRun.Layer, positions: [ExactText: [Int: Int]]
  ) -> TraceRecord {
    let rollouts = layer.rollouts
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
    var record = TraceRecord(
      problem: problem, provisionalName: provisionalName, recording: recording,
      columns: used.map { selection.columns[$0] }, rollouts: records, predictions: layer.predictions, line: 0)
    record.part = layer.part
    record.unnamedScorer = unnamedScorer.flatMap { name in
      record.columns.contains { $0.scorer.isSameText(as: name) } ? name : nil
    }
    record.importedColumns = used.indices.filter { isImported(used[$0], among: used, of: rollouts) }
    return record
  }

  /// Whether all scores of a column were imported. The step scores of a scorer speak for its prefix scores, too, since
  /// predictions rest on them.
  private func isImported(_ column: Int, among used: [Int], of rollouts: [StoredRollout]) -> Bool {
    let scorer = selection.columns[column].scorer
    let steps = used.first {
      selection.columns[$0].channel == .step && selection.columns[$0].scorer.isSameText(as: scorer)
    }
    let decisive = steps ?? column
    return rollouts.allSatisfy { $0.record.scores[decisive].isEmpty || $0.importedColumns.contains(decisive) }
  }
}
