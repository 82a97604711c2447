import Foundation
import Synchronization
import Testing
import Traces

@testable import TraceStore

/// Loads on several connections at once.
@Suite("Loading on several threads")
struct ParallelLoadingTests {
  private func digest(_ problems: [StoredProblem], _ segments: [RecordedSegments]) -> String {
    var hash = ContentHash()
    for (problem, segments) in zip(problems, segments) { hash.combine(problem.problem, segments: segments) }
    return hash.finalize()
  }

  /// A store in which the rows of a problem are spread over sources and recordings, and not in the order of a load.
  private func scatteredStore(in directory: TemporaryDirectory, seed: UInt64) throws -> TraceStore {
    let store = try directory.store()
    let recordings = ["warm", "cold", "mild"].map { Build.recording($0) }
    let writers = try recordings.map { try store.begin($0.name) }
    let records = recordings.enumerated().map { index, recording in
      Build.randomRecords(seed: seed + UInt64(index) * 50, problems: 6, rollouts: 7, recording: recording)
    }
    for record in 0..<6 {
      for (writer, records) in zip(writers, records) { try writer.write(batch: [records[record]]) }
    }
    for writer in writers { try writer.finish() }
    return store
  }

  @Test("the result is the same for any number of threads", arguments: 1...5)
  func threads(seed: UInt64) throws {
    let directory = try TemporaryDirectory()
    let store = try scatteredStore(in: directory, seed: seed)
    let problems = try store.problems()
    for (recordings, scorers) in [(nil, nil), (["cold", "warm"], ["log"]), (["mild"], [])] as [([String]?, [String]?)] {
      let single = try problems.map { try store.segments(of: $0, recordings: recordings, scorers: scorers) }
      #expect(single.allSatisfy { $0.count > 0 })
      for threads in [1, 2, 3, 7] {
        let loaded = try store.segments(of: problems, recordings: recordings, scorers: scorers, threads: threads)
        #expect(digest(problems, loaded) == digest(problems, single), "\(threads) threads")
        #expect(loaded.map(\.hasApportionedTokens) == single.map(\.hasApportionedTokens))
      }
    }
    #expect(try store.contentHash(threads: 3) == store.contentHash())
  }

  @Test("some of the problems, in any order")
  func someProblems() throws {
    let directory = try TemporaryDirectory()
    let store = try scatteredStore(in: directory, seed: 9)
    let problems = try store.problems()
    let some = [problems[4], problems[1]]
    let loaded = try store.segments(of: some, threads: 2)
    #expect(digest(some, loaded) == digest(some, try some.map { try store.segments(of: $0) }))
  }

  /// How many connections read one moment of a store.
  private func connections(of store: TraceStore, with sides: [SideConnection]) throws -> Int {
    try store.read { db in try SnapshotConnections(main: db, sides: sides).count }
  }

  @Test("a side connection reads along where nobody has committed in between, and else is left out")
  func sameMoment() throws {
    let directory = try TemporaryDirectory()
    let store = try directory.store()
    try store.ingest(Build.randomRecords(seed: 1, problems: 2, rollouts: 3))
    let undisturbed = try #require(SideConnection(path: store.path))
    #expect(try connections(of: store, with: [undisturbed]) == 2)
    let overtaken = try #require(SideConnection(path: store.path))
    try store.ingest(Build.randomRecords(seed: 2, problems: 2, rollouts: 3), name: "b")
    let late = try #require(SideConnection(path: store.path))
    #expect(try connections(of: store, with: [overtaken, late]) == 2)
    let overtakenAlone = try #require(SideConnection(path: store.path))
    try store.ingest(Build.randomRecords(seed: 3, problems: 2, rollouts: 3), name: "c")
    #expect(try connections(of: store, with: [overtakenAlone]) == 1)
  }

  @Test("what joined goes on reading its moment while others commit")
  func heldMoment() throws {
    let directory = try TemporaryDirectory()
    let store = try directory.store()
    try store.ingest(Build.randomRecords(seed: 1, problems: 2, rollouts: 3))
    let writer = try TraceStore(path: store.path, mode: .readWrite)
    let side = try #require(SideConnection(path: store.path))
    let counts = Mutex<[Int64]>([])
    try store.read { db in
      let connections = try SnapshotConnections(main: db, sides: [side])
      try writer.ingest(Build.randomRecords(seed: 2, problems: 2, rollouts: 3), name: "b")
      try connections.run(.init(upTo: 1, threads: 1)) { connection, _ in
        let statement = try PreparedStatement(connection: connection, "SELECT count(*) FROM rollout")
        _ = try statement.step()
        counts.withLock { $0.append(statement.integer(0)) }
      }
    }
    #expect(counts.withLock { $0 } == [6, 6])
  }

  @Test("a file that has taken the store's place is not read along")
  func replacedFile() throws {
    let directory = try TemporaryDirectory()
    let other = try directory.store("other.retrace")
    try other.ingest(Build.randomRecords(seed: 5, problems: 3, rollouts: 3))
    try other.close()
    let store = try directory.store()
    try store.ingest(Build.randomRecords(seed: 1, problems: 2, rollouts: 3))
    try FileManager.default.moveItem(atPath: store.path, toPath: directory.file("moved.retrace"))
    try FileManager.default.moveItem(atPath: other.path, toPath: store.path)
    if let side = SideConnection(path: store.path) {
      #expect(try connections(of: store, with: [side]) == 1)
    }
  }

  /// A rollout for each of five problems.
  private static func batch(_ number: Int) -> [GradedRecord] {
    (0..<5).map { problem in
      let steps = (0..<20).map { "\(number) \(problem) \($0)" }
      return Build.record(
        problem: "p\(problem)", rollouts: [Build.rollout(steps, scores: [steps.map { _ in 0.5 }])],
        columns: [Build.stepColumn])
    }
  }

  @Test("a load sees whole batches while another connection writes them")
  func wholeBatches() throws {
    let directory = try TemporaryDirectory()
    let store = try directory.store()
    try store.ingest(Self.batch(0), name: "0", batch: 5)
    let problems = try store.problems()
    let writer = try TraceStore(path: store.path, mode: .readWrite)
    let isOver = Atomic(false)
    let loads = Mutex<[[RecordedSegments]]>([])
    DispatchQueue.concurrentPerform(iterations: 2) { task in
      do {
        if task == 0 {
          for number in 1...60 { try writer.ingest(Self.batch(number), name: "\(number)", batch: 5) }
          isOver.store(true, ordering: .relaxed)
        } else {
          repeat {
            let loaded = try store.segments(of: problems, threads: 3)
            loads.withLock { $0.append(loaded) }
          } while !isOver.load(ordering: .relaxed)
        }
      } catch {
        isOver.store(true, ordering: .relaxed)
        Issue.record(error)
      }
    }
    for loaded in loads.withLock({ $0 }) {
      #expect(Set(loaded.map(\.count)).count == 1)
      #expect(loaded.allSatisfy { $0.scoreSteps[0].allSatisfy { $0 == 0.5 } })
    }
    #expect(try store.segments(of: problems, threads: 3).map(\.count) == Array(repeating: 61, count: 5))
  }

  @Test("parts cover every number once")
  func parts() {
    for end in 0...70 {
      for threads in 1...5 {
        let parts = SnapshotConnections.Parts(upTo: end, threads: threads)
        var covered: [Int] = []
        while let part = parts.next() { covered += part }
        #expect(covered == Array(0..<end))
      }
    }
    let stopped = SnapshotConnections.Parts(upTo: 50, threads: 2)
    stopped.stop()
    #expect(stopped.next() == nil)
  }
}
