import Foundation
import GRDB
import Testing
import TraceStore
import Traces

@Suite("docs/store.md")
struct DocumentationTests {
  private static let page: String = {
    let package = URL(fileURLWithPath: #filePath).resolvingSymlinksInPath().deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    return (try? String(contentsOf: package.appendingPathComponent("docs/store.md"), encoding: .utf8)) ?? ""
  }()

  /// Each query of the page with the output that follows it.
  static let examples: [(query: String, output: String)] = {
    let blocks = page.components(separatedBy: "```")
    return blocks.indices.compactMap { index in
      guard blocks[index].hasPrefix("sql\n"), index + 2 < blocks.count, blocks[index + 2].hasPrefix("text\n") else {
        return nil
      }
      return (String(blocks[index].dropFirst(4)), String(blocks[index + 2].dropFirst(5)))
    }
  }()

  @Test("has ten examples at least")
  func examplesExist() {
    #expect(Self.examples.count >= 10)
  }

  @Test("each example gives the output that the page shows", arguments: examples.indices)
  func example(index: Int) throws {
    let directory = try TemporaryDirectory()
    let path = try ExampleStore.make(in: directory).path
    let output = try DatabaseQueue(path: path).read { try Self.output(of: Self.examples[index].query, in: $0) }
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

  @Test("names every table and view of a store, and no other")
  func names() throws {
    let directory = try TemporaryDirectory()
    let path = try ExampleStore.make(in: directory).path
    let names = try DatabaseQueue(path: path).read { db in
      try String.fetchAll(
        db,
        sql: """
          SELECT name FROM sqlite_schema WHERE type IN ('table', 'view') AND name NOT LIKE 'sqlite%'
            AND name NOT LIKE 'grdb%' ORDER BY name
          """)
    }
    let rows = Self.page.split(separator: "\n").filter { $0.hasPrefix("| `") }
    let documented = rows.compactMap { $0.split(separator: "`").dropFirst().first.map(String.init) }
    #expect(Set(documented) == Set(names))
    #expect(documented.count == names.count)
  }
}
