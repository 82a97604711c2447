import Foundation
import GRDB
import Testing
import Traces

@testable import TraceStore

@Suite("Predicted biases")
struct PredictionTests {
  private func record(_ bias: Double, runs: Int, basis: FidelityRecord.Basis = .online) -> FidelityRecord {
    FidelityRecord(
      replay: .init(
        method: "pf", preset: nil, aggregate: "last", scorer: "prm", recording: "r",
        options: ["continuation": "matched"], budget: 8),
      policy: "matched", mergesPrefixes: true, problems: 3, onlineRuns: runs, replicates: 4, replayed: 0.5 + bias,
      online: 0.5, bias: bias, low: bias - 0.1, high: bias + 0.1, basis: basis,
      doubts: basis == .model ? ["predictedBias", "policiesDisagree"] : [])
  }

  @Test("measured and predicted biases of a replay are kept beside each other, and each replaces its own kind")
  func kinds() throws {
    let directory = try TemporaryDirectory()
    let store = try directory.store()
    try store.save(fidelity: [record(0.25, runs: 4)], content: "c", online: ["file"])
    try store.save(fidelity: [record(-0.25, runs: 96, basis: .model)], content: "c", online: [])
    let replay = record(0, runs: 0).replay
    #expect(try store.fidelity(content: "c") == [replay: record(0.25, runs: 4)])
    #expect(try store.fidelity(content: "c", basis: .model) == [replay: record(-0.25, runs: 96, basis: .model)])
    try store.save(fidelity: [record(-0.5, runs: 96, basis: .model)], content: "c", online: [])
    #expect(try store.fidelity(content: "c", basis: .model)[replay]?.bias == -0.5)
    #expect(try store.fidelity(content: "c")[replay]?.bias == 0.25)
    #expect(try store.fidelity(content: "other", basis: .model).isEmpty)
  }

  @Test("a bias is that of one version of a preset")
  func versions() throws {
    func record(_ bias: Double, version: String?) -> FidelityRecord {
      var record = self.record(bias, runs: 4)
      record.replay.preset = "its_hub"
      record.replay.presetVersion = version
      return record
    }
    let directory = try TemporaryDirectory()
    let store = try directory.store()
    let (old, new) = (record(0.25, version: "its-hub 1.2.0"), record(-0.25, version: "its-hub 1.3.0"))
    try store.save(fidelity: [old], content: "c", online: ["file"])
    #expect(try store.fidelity(content: "c")[new.replay] == nil)
    try store.save(fidelity: [new], content: "c", online: ["file"])
    #expect(try store.fidelity(content: "c") == [old.replay: old, new.replay: new])
    #expect(
      try store.read { try String.fetchAll($0, sql: "SELECT preset FROM fidelity ORDER BY preset") }
        == ["its_hub@its-hub 1.2.0", "its_hub@its-hub 1.3.0"])
    // What an earlier program kept names no version: it can be read, and nothing takes it for its own.
    let unknown = record(0.5, version: nil)
    try store.save(fidelity: [unknown], content: "c", online: ["file"])
    #expect(try store.fidelity(content: "c") == [old.replay: old, new.replay: new, unknown.replay: unknown])
  }

  @Test("a store of the second schema is brought up to date with what it holds")
  func migration() throws {
    let directory = try TemporaryDirectory()
    let path = directory.file("old.retrace")
    let queue = try DatabaseQueue(path: path)
    try StoreSchema.migrator.migrate(queue, upTo: StoreSchema.migrationNames[1])
    try queue.write { db in
      try db.execute(
        sql: """
          INSERT INTO fidelity (content, method, preset, aggregate, scorer, recording, options, policy, merge_prefixes,
            budget, problems, online_runs, replicates, replayed, online_accuracy, bias, low, high, online)
          VALUES ('c', 'pf', '', 'last', 'prm', 'r', 'continuation=matched', 'matched', 1, 8, 3, 4, 4, 0.75, 0.5, 0.25,
            0.15, 0.35, 'file')
          """)
    }
    try queue.close()
    // It is read as it is, too.
    let reader = try TraceStore(path: path, mode: .readOnly)
    #expect(try reader.fidelity(content: "c") == [record(0, runs: 0).replay: record(0.25, runs: 4)])
    #expect(try reader.fidelity(content: "c", basis: .model).isEmpty)
    try reader.close()
    let store = try TraceStore(path: path, mode: .readWrite)
    #expect(try store.fidelity(content: "c") == [record(0, runs: 0).replay: record(0.25, runs: 4)])
    #expect(try store.fidelity(content: "c", basis: .model).isEmpty)
    try store.save(fidelity: [record(-0.25, runs: 96, basis: .model)], content: "c", online: [])
    #expect(try store.fidelity(content: "c", basis: .model).count == 1)
  }
}
