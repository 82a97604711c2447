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
