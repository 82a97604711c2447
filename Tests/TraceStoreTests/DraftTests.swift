import Foundation
import Testing
import TraceStore

/// A store is made under a hidden name first; what a killed process has left of that is removed by the next one.
@Suite("Drafts of stores")
struct DraftTests {
  /// The number of a process that has ended.
  private func endedProcess() throws -> Int32 {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/sh")
    process.arguments = ["-c", "exit 0"]
    try process.run()
    process.waitUntilExit()
    return process.processIdentifier
  }

  private func touch(_ name: String, in directory: TemporaryDirectory) throws {
    try Data("draft".utf8).write(to: URL(fileURLWithPath: directory.file(name)))
  }

  private func names(in directory: TemporaryDirectory) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: directory.path).filter {
      $0 != "a.retrace-wal" && $0 != "a.retrace-shm"
    }
    .sorted()
  }

  @Test("of processes that are gone are removed, others stay")
  func abandoned() throws {
    let directory = try TemporaryDirectory()
    let draft = ".a.retrace.\(try endedProcess()).\(UUID().uuidString).new"
    for name in [draft, draft + "-wal", draft + "-shm"] { try touch(name, in: directory) }
    let others = [
      ".a.retrace.\(getpid()).\(UUID().uuidString).new", ".a.retrace.mine.new",
      ".b.retrace.\(try endedProcess()).1.new",
      "a.retrace.\(try endedProcess()).1.new",
    ]
    for name in others { try touch(name, in: directory) }
    let store = try directory.store()
    #expect(try names(in: directory) == (others + ["a.retrace"]).sorted())
    #expect(try store.summary().problems == 0)
  }

  @Test("that are a second name of the store are removed when it is next opened to be written")
  func linked() throws {
    let directory = try TemporaryDirectory()
    try directory.store().close()
    let draft = ".a.retrace.\(try endedProcess()).\(UUID().uuidString).new"
    try FileManager.default.linkItem(atPath: directory.file("a.retrace"), toPath: directory.file(draft))
    #expect(try directory.store().summary().problems == 0)
    #expect(try names(in: directory) == ["a.retrace"])
  }
}
