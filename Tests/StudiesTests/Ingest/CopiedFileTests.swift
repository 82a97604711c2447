import Foundation
import Testing
import TraceStore
import Traces

@testable import Studies

/// A file's content is in the store once, under whatever name and in whatever compression it comes.
@Suite struct CopiedFileTests {
  private let folder: TemporaryFolder
  private let plain: String

  init() throws {
    folder = try TemporaryFolder()
    // More than the digest's head, so that all of the content counts.
    plain = try folder.write(MadeUpRollouts.lines(problems: 40, rollouts: 8), to: "a.jsonl")
  }

  private func compressed(_ file: String, with tool: String = "gzip -9", to name: String) throws -> String {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/sh")
    process.arguments = ["-c", "\(tool) < '\(file)' > '\(folder.file(name))'"]
    try process.run()
    process.waitUntilExit()
    try #require(process.terminationStatus == 0)
    return folder.file(name)
  }

  private func expectKnown(_ file: String, as first: String) throws {
    let before = try folder.content()
    let summary = try folder.ingest(file)
    #expect(summary.rollouts == 0)
    #expect(summary.files.map(\.alreadyIngested) == [true])
    #expect(summary.files.first?.copyOf == first)
    #expect(try folder.content() == before)
  }

  @Test func compressedAfterPlain() throws {
    try folder.ingest(plain)
    try expectKnown(compressed(plain, to: "b.jsonl.gz"), as: plain)
  }

  @Test func plainAfterCompressed() throws {
    let packed = try compressed(plain, to: "b.jsonl.gz")
    try folder.ingest(packed) { $0.threads = 2 }
    try expectKnown(plain, as: packed)
  }

  @Test func compressedOtherwise() throws {
    let packed = try compressed(plain, to: "b.jsonl.gz")
    try folder.ingest(packed) { $0.threads = 1 }
    try expectKnown(compressed(plain, with: "gzip -1", to: "c.jsonl.gz"), as: packed)
  }

  @Test func aFileThatGoesOnIsNoCopy() throws {
    let packed = try compressed(plain, to: "b.jsonl.gz")
    try folder.ingest(packed)
    let more = try MadeUpRollouts.lines(problems: 41, rollouts: 8)
    let longer = try compressed(folder.write(more, to: "more.jsonl"), to: "c.jsonl.gz")
    #expect(try folder.ingest(longer).rollouts > 0)
  }

  @Test func theNameCountsWhereItNamesTheProblem() throws {
    let first = try folder.write(
      "prompt: Q\nquestion: Q?\ngt_answer: '7'\nsamples:\n- a 7\nis_corrects:\n- true\n", to: "0.yaml")
    try folder.ingest(first)
    try expectKnown(compressed(first, to: "0.yaml.gz"), as: first)
    let other = try compressed(first, to: "1.yaml.gz")
    #expect(try folder.ingest(other).rollouts == 1)
    try expectKnown(compressed(first, with: "cat", to: "1.yaml"), as: other)
  }

  @Test func aStoppedIngestIsNoCopy() throws {
    let packed = try compressed(plain, to: "b.jsonl.gz")
    _ = #expect(throws: IngestionStopped.self) { try folder.ingest(packed, isStopped: { true }) }
    #expect(try folder.ingest(packed).files.map(\.alreadyIngested) == [false])
    try expectKnown(plain, as: packed)
  }

  /// The one of two that is finished last goes out again, where neither was complete when the other was begun.
  @Test(arguments: [false, true])
  func twoAtATime(compressedLast: Bool) throws {
    let packed = try compressed(plain, to: "b.jsonl.gz")
    let (last, first) = compressedLast ? (packed, plain) : (plain, packed)
    _ = #expect(throws: IngestionStopped.self) { try folder.ingest(last, isStopped: { true }) }
    #expect(try folder.ingest(first).rollouts == 320)
    try folder.ingest(first, into: "alone.retrace")
    let summary = try folder.ingest(last)
    #expect(summary.rollouts == 0)
    #expect(summary.files.first?.copyOf == first)
    #expect(try folder.content() == folder.content(of: "alone.retrace"))
    try expectKnown(last, as: first)
  }
}
