import Estimation
import Replay
import TraceStore
import Traces

extension FidelityRecord {
  /// A prediction as a store keeps it.
  init(_ row: SelfCheckRow, replicates: Int) {
    self.init(
      replay: row.cell, policy: row.policy.name, mergesPrefixes: row.mergesPrefixes, problems: row.problems,
      onlineRuns: LatentWorld.onlineRuns * row.problems, replicates: replicates, replayed: row.modelReplayed,
      online: row.modelOnline, bias: row.predictedBias.value, low: row.predictedBias.interval.low,
      high: row.predictedBias.interval.high, basis: .model,
      doubts: row.warnings.filter(SelfCheckRow.doubts.contains).map(\.rawValue))
  }
}

extension SelfCheckStudy {
  /// Keeps the rows in the store; where it cannot be written, says so.
  func save(_ results: inout SelfCheckResults) throws {
    guard request.replay.condition == nil else {
      results.notices.append("not kept in the store: the self-check was over a slice of its problems")
      return
    }
    let records = results.rows.map { FidelityRecord($0, replicates: request.replay.replicates) }
    do {
      let store = try TraceStore(path: path, mode: .readWrite)
      try store.save(fidelity: records, content: results.settings.store, online: [])
    } catch let failure as StoreFailure {
      results.notices.append("not kept in the store: \(failure.localizedDescription)")
    }
  }
}
