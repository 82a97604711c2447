import Foundation
import TraceStore
import Traces

/// Times each thing that a store does, and prints a line for each.
struct StoreMeasurement {
  let synthetic: SyntheticRecords
  let path: String

  func run() throws {
    defer { for suffix in ["", "-wal", "-shm"] { try? FileManager.default.removeItem(atPath: path + suffix) } }
    try make()
    try load(repetitions: 3)
    try importScores()
  }

  /// Makes the store.
  func make() throws {
    try ingest()
    try printSize()
  }

  private func ingest() throws {
    let store = try TraceStore(path: path, mode: .create)
    let source = Source(path: "-", sha256: "synthetic", format: "retrace", bytes: synthetic.textBytes)
    guard case .new(let writer) = try store.beginSource(source) else { return }
    var writing = Stopwatch()
    for start in stride(from: 0, to: synthetic.problems, by: 8) {
      let batch = (start..<min(start + 8, synthetic.problems)).map(synthetic.record)
      try writing.measure { try writer.write(batch: batch) }
    }
    try writing.measure { try writer.finish() }
    writing.report("write \(synthetic.scores) scores with their texts")
  }

  private func printSize() throws {
    let size = try FileManager.default.attributesOfItem(atPath: path)[.size] as? Int ?? 0
    let limit = Double(synthetic.textBytes) * 1.3 + Double(synthetic.scores) * 8
    print(
      "file", size / 1_000_000, "MB; texts", synthetic.textBytes / 1_000_000,
      "MB; share of 1.3 x texts + 8 bytes a score:",
      Double(size) / limit)
  }

  /// Loads the store for replay, and summarises it.
  func load(repetitions: Int) throws {
    let threads = ProcessInfo.processInfo.activeProcessorCount
    let store = try TraceStore(path: path, mode: .readOnly)
    let problems = try store.problems()
    for _ in 0..<repetitions {
      try measure("load all problems, \(threads) threads") { _ = try store.segments(of: problems, threads: threads) }
    }
    try measure("load 20 problems one by one") {
      for problem in problems.prefix(20) { _ = try store.segments(of: problem) }
    }
    try measure("summary") { _ = try store.summary() }
    try measure("hash of the content") { _ = try store.contentHash() }
  }

  private func importScores() throws {
    let store = try TraceStore(path: path, mode: .readWrite)
    let all = (0..<synthetic.problems).map(synthetic.importedScores)
    var problem = 0
    try measure("import another \(synthetic.scores) scores") {
      _ = try store.importScores(file: "synthetic") {
        guard problem < all.count else { return nil }
        defer { problem += 1 }
        return all[problem]
      }
    }
    let problems = try store.problems()
    try measure("load all problems with both scorers") { _ = try store.segments(of: problems) }
    try measure("load all problems with one of them") { _ = try store.segments(of: problems, scorers: ["other"]) }
  }

  private func measure(_ name: String, _ body: () throws -> Void) rethrows {
    var stopwatch = Stopwatch()
    try stopwatch.measure(body)
    stopwatch.report(name)
  }
}
