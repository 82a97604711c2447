import Foundation
import Testing
import TraceStore
import Traces

@testable import Studies

/// A file is known by its bytes, which are read beside its records: somebody who writes to it meanwhile would make them
/// those of two contents.
@Suite struct ChangedFileTests {
  private let folder: TemporaryFolder
  private let input: String
  private let content: Data

  init() throws {
    folder = try TemporaryFolder()
    try folder.ingest(folder.write(MadeUpRollouts.lines(problems: 2, rollouts: 1), to: "before.jsonl"))
    let padding = String(repeating: "x", count: 500_000)
    let lines = try MadeUpRollouts.lines(problems: 4, rollouts: 2).map { "\($0.dropLast()),\"note\":\"\(padding)\"}" }
    input = try folder.write(lines, to: "a.jsonl")
    content = try Data(contentsOf: URL(fileURLWithPath: input))
  }

  /// Ingests the file into a store, changing it after the first batch.
  private func ingest(into name: String, _ change: @escaping () throws -> Void) throws -> IngestionSummary {
    var isChanged = false
    let request = IngestionRequest(inputs: [input], store: folder.file(name))
    return try Ingestion(
      request,
      progress: { _ in
        if !isChanged { try? change() }
        isChanged = true
      }
    ).run()
  }

  private static let changes: [@Sendable (String, Data) throws -> Void] = [
    { path, content in
      // The same length, in place.
      let file = try FileHandle(forWritingTo: URL(fileURLWithPath: path))
      try file.seek(toOffset: UInt64(content.count - 10))
      try file.write(contentsOf: Data("y".utf8))
      try file.close()
    },
    { path, _ in
      let file = try FileHandle(forWritingTo: URL(fileURLWithPath: path))
      try file.seekToEnd()
      try file.write(contentsOf: Data("\n".utf8))
      try file.close()
    },
    { path, content in try content.write(to: URL(fileURLWithPath: path), options: .atomic) },
  ]

  /// Bug: the store kept the checksum of one content with the records of another.
  @Test(arguments: changes.indices, ["store.retrace", "new.retrace"])
  func isRefused(_ number: Int, _ name: String) throws {
    let before = folder.exists(name) ? try folder.content(of: name) : nil
    let refusal = #expect(throws: UnacceptableData.self) {
      try ingest(into: name) { try Self.changes[number](input, content) }
    }
    #expect(refusal?.found == "a file that was changed while it was read")
    if let before {
      #expect(try folder.content(of: name) == before)
    } else {
      #expect(!folder.exists(name))
    }
    try content.write(to: URL(fileURLWithPath: input))
    #expect(try folder.ingest(input, into: name).rollouts == 8)
  }

  @Test func isReadToItsEndWhereItsNameIsGone() throws {
    let path = input
    #expect(try ingest(into: "new.retrace") { try FileManager.default.removeItem(atPath: path) }.rollouts == 8)
  }
}
