import Estimation
import TraceStore
import Traces

extension FidelityBias {
  /// The bias that a store keeps.
  init(_ record: FidelityRecord) {
    self.init(value: record.bias, interval: Interval(low: record.low, high: record.high))
  }
}

extension FidelityRecord {
  /// A row as a store keeps it.
  init(_ row: FidelityRow, replicates: Int) {
    self.init(
      replay: row.cell, policy: row.policy?.name, mergesPrefixes: row.mergesPrefixes, problems: row.problems,
      onlineRuns: row.onlineRuns, replicates: replicates, replayed: row.replayed, online: row.online,
      bias: row.bias.value, low: row.bias.interval.low, high: row.bias.interval.high)
  }
}

extension FidelityStudy {
  /// Keeps the rows in the store; where it cannot be written, says so.
  func save(_ results: inout FidelityResults, online: [OnlineFile]) throws {
    guard request.replay.condition == nil else {
      results.notices.append("not kept in the store: the comparison was over a slice of its problems")
      return
    }
    let records = results.rows.map { FidelityRecord($0, replicates: request.replay.replicates) }
    do {
      let store = try TraceStore(path: path, mode: .readWrite)
      try store.save(fidelity: records, content: results.settings.store, online: online.map(\.sha256))
    } catch let failure as StoreFailure {
      results.notices.append("not kept in the store: \(failure.localizedDescription)")
    }
  }
}
