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
    var writing = Duration.zero
    for start in stride(from: 0, to: synthetic.problems, by: 8) {
      let batch = (start..<min(start + 8, synthetic.problems)).map(synthetic.record)
      writing += try ContinuousClock().measure { try writer.write(batch: batch) }
    }
    writing += try ContinuousClock().measure { try writer.finish() }
    report("write \(synthetic.scores) scores with their texts", writing)
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
    let store = try TraceStore(path: path, mode: .readOnly)
    let problems = try store.problems()
    for _ in 0..<repetitions {
      try measure("load all problems") { _ = try store.segments(of: problems) }
    }
    try measure("load 20 problems one by one") {
      for problem in problems.prefix(20) { _ = try store.segments(of: problem) }
    }
    try measure("summary") { _ = try store.summary() }
    try measure("hash of the content") { _ = try store.contentHash() }
  }

  private func measure(_ name: String, _ body: () throws -> Void) rethrows {
    report(name, try ContinuousClock().measure(body))
  }

  private func report(_ name: String, _ duration: Duration) {
    let milliseconds = duration / .milliseconds(1)
    print(name + ":", (milliseconds * 10).rounded() / 10, "ms")
  }
}
