import Foundation
import Synchronization
import Testing
import TraceFormats
import Traces

@testable import Studies

/// What can be read once only is copied first; what is refused at its beginning is not copied to its end.
@Suite struct PipeInputTests {
  private let folder: TemporaryFolder
  private let pipe: String

  init() throws {
    folder = try TemporaryFolder()
    pipe = folder.file("pipe.jsonl")
    try #require(mkfifo(pipe, 0o600) == 0)
  }

  /// Writes into the pipe from a thread of its own, as long as anybody reads.
  private func feed(_ block: [UInt8], times: Int) {
    let pipe = pipe
    Thread.detachNewThread {
      signal(SIGPIPE, SIG_IGN)
      let descriptor = open(pipe, O_WRONLY)
      defer { close(descriptor) }
      for _ in 0..<times where write(descriptor, block, block.count) < block.count { return }
    }
  }

  @Test func aNamedPipeIsReadLikeAFile() throws {
    let lines = try MadeUpRollouts.lines(problems: 3, rollouts: 4)
    try folder.ingest(folder.write(lines, to: "plain.jsonl"), into: "plain.retrace") { $0.recording = "r" }
    feed(Array(lines.map { $0 + "\n" }.joined().utf8), times: 1)
    let summary = try folder.ingest(pipe) { $0.recording = "r" }
    #expect(summary.files.map(\.file) == [pipe])
    #expect(try folder.content() == folder.content(of: "plain.retrace"))
  }

  @Test func anEndlessLineEndsAtTheLimit() throws {
    feed([UInt8](repeating: UInt8(ascii: "a"), count: 1 << 16), times: .max)
    let refusal = #expect(throws: UnacceptableData.self) {
      try folder.ingest(pipe) { $0.maximumRecordBytes = 1 << 20 }
    }
    #expect(refusal?.file == pipe)
    #expect(refusal?.remedy?.contains("--max-record") == true)
    #expect(!folder.exists("store.retrace"))
  }

  @Test(.timeLimit(.minutes(1))) func aPipeWithoutAWriterCanBeStopped() throws {
    let stopped = #expect(throws: IngestionStopped.self) { try folder.ingest(pipe, isStopped: { true }) }
    #expect(stopped?.records == 0)
    #expect(!folder.exists("store.retrace"))
  }

  @Test(.timeLimit(.minutes(1))) func aSilentWriterCanBeStopped() throws {
    let writer = open(pipe, O_RDWR)
    defer { close(writer) }
    let lines = try MadeUpRollouts.lines(problems: 1, rollouts: 2)
    let bytes = Array((lines[0] + "\n").utf8)
    try #require(write(writer, bytes, bytes.count) == bytes.count)
    let asked = Atomic(0)
    #expect(throws: IngestionStopped.self) {
      try folder.ingest(pipe, isStopped: { asked.add(1, ordering: .relaxed).newValue > 5 })
    }
    #expect(!folder.exists("store.retrace"))
  }

  @Test(.timeLimit(.minutes(1))) func waitingForTheTableOfProblemsCanBeStopped() throws {
    let input = try folder.write(MadeUpRollouts.lines(problems: 1, rollouts: 2), to: "plain.jsonl")
    #expect(throws: CancellationError.self) { try folder.ingest(input, { $0.problems = pipe }, isStopped: { true }) }
  }

  @Test(.timeLimit(.minutes(1))) func waitingForOnlineRunsCanBeStopped() throws {
    let writer = open(pipe, O_RDWR)
    defer { close(writer) }
    #expect(throws: CancellationError.self) {
      try OnlineRecord(reading: [pipe], problems: [], isStopped: { true })
    }
  }

  /// Rows that came are graded, and the wait for more can be stopped.
  @Test(.timeLimit(.minutes(1))) func waitingForAnswersCanBeStopped() throws {
    let writer = open(pipe, O_RDWR)
    defer { close(writer) }
    let asked = Atomic(0)
    let files = GradingFiles(isStopped: { asked.add(1, ordering: .relaxed).newValue > 5 })
    #expect(throws: CancellationError.self) { try files.pairs(in: pipe) { _ in } }
    #expect(throws: CancellationError.self) { try files.extract(from: pipe) { _ in } }
    #expect(throws: CancellationError.self) { try files.classes(in: pipe) { _ in } }
  }

  /// A long file is no reason to be deaf either.
  @Test func gradingOfAFileCanBeStopped() throws {
    let lines = (0..<100).map { #"{"id":"\#($0)","text":"It is 7."}"# + "\n" }
    let path = folder.file("texts.jsonl")
    try Data(lines.joined().utf8).write(to: URL(fileURLWithPath: path))
    let rows = Atomic(0)
    let files = GradingFiles(isStopped: { rows.load(ordering: .relaxed) == 3 })
    #expect(throws: CancellationError.self) {
      try files.extract(from: path) { _ in rows.add(1, ordering: .relaxed) }
    }
    #expect(rows.load(ordering: .relaxed) == 3)
  }

  @Test func aFolderIsReadWithoutItsPipes() throws {
    try folder.write(try MadeUpRollouts.lines(problems: 1, rollouts: 2), to: "plain.jsonl")
    let files = try InputWalker.files(behind: [folder.path])
    #expect(files.map(\.name) == [folder.file("plain.jsonl")])
  }
}
