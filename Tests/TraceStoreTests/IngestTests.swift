import Foundation
import GRDB
import Testing
import TraceStore
import Traces

@Suite("Ingest")
struct IngestTests {
  @Test("the same content again changes nothing")
  func sameContentTwice() throws {
    let directory = try TemporaryDirectory()
    let store = try directory.store()
    let records = Build.randomRecords(seed: 1, problems: 4, rollouts: 5)
    let counts = try store.ingest(records)
    #expect(counts.problems == 4)
    #expect(counts.rollouts == 20)
    let hash = try store.contentHash()
    guard case .alreadyComplete = try store.beginSource(.named("a")) else {
      Issue.record("the source is not known as complete")
      return
    }
    #expect(try store.contentHash() == hash)
    #expect(try store.sources().map(\.isComplete) == [true])
  }

  @Test("a stopped ingest goes on after its last batch, also from a new process")
  func resume() throws {
    let directory = try TemporaryDirectory()
    let records = Build.randomRecords(seed: 2, problems: 6, rollouts: 5)
    let whole = try directory.store("whole.retrace")
    try whole.ingest(records)
    do {
      let store = try directory.store()
      let writer = try store.begin("a")
      try writer.write(batch: Array(records[0..<2]))
      try writer.write(batch: Array(records[2..<4]), recordsRead: 5)
    }
    let store = try directory.store()
    #expect(try store.summary().incompleteSources == ["/somewhere/a.jsonl"])
    guard case .resume(let writer, afterRecords: 5) = try store.beginSource(.named("a")) else {
      Issue.record("the ingest does not go on after record 5")
      return
    }
    try writer.write(batch: Array(records[4..<6]))
    try writer.finish()
    #expect(try store.contentHash() == whole.contentHash())
    #expect(try store.summary() == whole.summary())
  }

  @Test("a problem's rollouts may be spread over records, batches and runs; parents count through")
  func parentsAcrossBatches() throws {
    let directory = try TemporaryDirectory()
    do {
      let writer = try directory.store().begin("a")
      try writer.write(batch: [Build.record(problem: "p", rollouts: [Build.rollout(["a", "b"], finish: .open)])])
    }
    let store = try directory.store()
    guard case .resume(let writer, afterRecords: 1) = try store.beginSource(.named("a")) else {
      Issue.record("the ingest does not go on")
      return
    }
    let child = Build.rollout(["c"], parent: .init(rollout: 0, step: 1))
    let grandchild = Build.rollout(["d"], parent: .init(rollout: 1, step: 1))
    try writer.write(batch: [Build.record(problem: "p", rollouts: [child])])
    try writer.write(batch: [Build.record(problem: "p", rollouts: [grandchild])])
    let segments = try store.segments(of: store.problem(key: "p"))
    #expect(segments.parent == [-1, 0, 1])
    #expect(segments.parentStep == [0, 1, 1])
  }

  @Test("a batch with one bad record leaves nothing of itself")
  func brokenBatch() throws {
    let directory = try TemporaryDirectory()
    let store = try directory.store()
    let writer = try store.begin("a")
    try writer.write(batch: Build.randomRecords(seed: 3, problems: 2, rollouts: 3))
    let before = try Tables(path: directory.file("a.retrace"))
    let good = Build.record(problem: "new", rollouts: [Build.rollout(["a"])], recording: Build.recording("other"))
    let bad = Build.record(
      problem: "bad", rollouts: [Build.rollout(["a"], scores: [[1.7]])], columns: [Build.stepColumn], line: 3)
    let error = #expect(throws: UnacceptableData.self) { try writer.write(batch: [good, bad]) }
    #expect(error?.line == 3)
    #expect(error?.file == "/somewhere/a.jsonl")
    #expect(error?.field == "rollouts[0].steps[0].scores.prm")
    #expect(error?.found == "1.7")
    #expect(try Tables(path: directory.file("a.retrace")) == before)
    try writer.write(batch: [good])
    #expect(try store.sources()[0].records == 3)
  }

  @Test("an abandoned source leaves the store as it was before")
  func abandon() throws {
    let directory = try TemporaryDirectory()
    let store = try directory.store()
    try store.ingest(Build.randomRecords(seed: 4, problems: 2, rollouts: 4))
    let before = try Tables(path: directory.file("a.retrace"))
    let writer = try store.begin("b")
    try writer.write(
      batch: Build.randomRecords(seed: 5, problems: 5, rollouts: 4, recording: Build.recording("cold")))
    #expect(try Tables(path: directory.file("a.retrace")) != before)
    try writer.abandon()
    #expect(try Tables(path: directory.file("a.retrace")) == before)
    try store.ingest(Build.randomRecords(seed: 6, problems: 3, rollouts: 2), name: "c")
    #expect(try store.summary().problems == 3)
  }

  @Test("a partly ingested file that was changed is begun anew; a complete one is refused")
  func changedFile() throws {
    let directory = try TemporaryDirectory()
    let store = try directory.store()
    let writer = try store.begin("a")
    try writer.write(batch: Build.randomRecords(seed: 7, problems: 2, rollouts: 2))
    var changed = Source.named("a")
    changed.sha256 = "another"
    guard case .new(let second) = try store.beginSource(changed) else {
      Issue.record("the changed file is not new")
      return
    }
    #expect(try store.summary().rollouts == 0)
    try second.write(batch: Build.randomRecords(seed: 8, problems: 2, rollouts: 3))
    try second.finish()
    changed.sha256 = "a third"
    let error = #expect(throws: UnacceptableData.self) { try store.beginSource(changed) }
    #expect(error?.remedy?.contains("count twice") == true)
    #expect(try store.summary().rollouts == 6)
  }

  @Test("two processes with sources of their own take turns")
  func turns() throws {
    let directory = try TemporaryDirectory()
    let path = try directory.store().path
    let failures = Failures()
    DispatchQueue.concurrentPerform(iterations: 3) { index in
      do {
        let store = try TraceStore(path: path, mode: .readWrite)
        let recording = Build.recording("r\(index)")
        let records = Build.randomRecords(seed: UInt64(index), problems: 30, rollouts: 4, recording: recording)
        try store.ingest(records, name: "\(index)", batch: 1)
      } catch { failures.add(error) }
    }
    #expect(failures.descriptions.isEmpty)
    let summary = try TraceStore(path: path, mode: .readOnly).summary()
    #expect(summary.recordings.map(\.rollouts) == [120, 120, 120])
    #expect(summary.problems == 30)
  }

  @Test("two writers of one source: the second one is told")
  func twoWriters() throws {
    let directory = try TemporaryDirectory()
    let first = try directory.store()
    let second = try directory.store()
    let records = Build.randomRecords(seed: 9, problems: 4, rollouts: 2)
    let writer = try first.begin("a")
    guard case .resume(let other, afterRecords: 0) = try second.beginSource(.named("a")) else {
      Issue.record("the second process does not see the source")
      return
    }
    try writer.write(batch: Array(records[0..<2]))
    #expect(throws: StoreFailure.sourceInUse(path: second.path, source: "/somewhere/a.jsonl")) {
      try other.write(batch: Array(records[0..<2]))
    }
    try writer.write(batch: Array(records[2..<4]))
    try writer.finish()
    #expect(throws: StoreFailure.sourceInUse(path: second.path, source: "/somewhere/a.jsonl")) { try other.finish() }
    #expect(try second.summary().rollouts == 8)
  }
}

/// What went wrong on any thread.
private final class Failures: @unchecked Sendable {
  private let lock = NSLock()
  private var errors: [String] = []

  func add(_ error: any Error) { lock.withLock { errors.append("\(error)") } }

  var descriptions: [String] { lock.withLock { errors } }
}
