import Foundation
import GRDB
import Studies
import Testing

/// The examples of `docs/store.md`, on the store that the page's own command makes.
@Suite("Queries of docs/store.md")
struct StorePageTests {
  /// Each query of the page with the output that follows it.
  static let examples: [(query: String, output: String)] = {
    let page = URL(fileURLWithPath: Fixtures.folder).deletingLastPathComponent().appendingPathComponent("docs/store.md")
    let blocks = ((try? String(contentsOf: page, encoding: .utf8)) ?? "").components(separatedBy: "```")
    return blocks.indices.compactMap { index in
      guard blocks[index].hasPrefix("sql\n"), index + 2 < blocks.count, blocks[index + 2].hasPrefix("text\n") else {
        return nil
      }
      return (String(blocks[index].dropFirst(4)), String(blocks[index + 2].dropFirst(5)))
    }
  }()

  @Test("there are ten at least")
  func examplesExist() {
    #expect(Self.examples.count >= 10)
  }

  @Test("each gives the output that the page shows", arguments: examples.indices)
  func example(index: Int) throws {
    let folder = try WorkFolder()
    try folder.ingest([Fixtures.path("store/warm.jsonl"), Fixtures.path("store/beam.jsonl")], into: "example.retrace")
    let output = try DatabaseQueue(path: folder["example.retrace"]).read {
      try Self.output(of: Self.examples[index].query, in: $0)
    }
    #expect(output == Self.examples[index].output, "\(Self.examples[index].query)")
  }

  /// The rows as the `sqlite3` shell lists them with `-header -separator ' | '`.
  private static func output(of query: String, in db: Database) throws -> String {
    let rows = try Row.fetchAll(db, sql: query)
    let header = rows.first.map { Array($0.columnNames) } ?? []
    let lines = try rows.map { row in
      try row.databaseValues.map { value in
        try String.fetchOne(db, sql: "SELECT CAST(? AS TEXT)", arguments: [value]) ?? ""
      }
    }
    return ([header] + lines).map { $0.joined(separator: " | ") + "\n" }.joined()
  }
}
