import Foundation
import GRDB
import Testing
import TraceStore
import Traces

#if canImport(Glibc)
  import Glibc
#endif

/// A small file system in memory; `nil` where it cannot be mounted.
private final class SmallDisk {
  let path: String
  private let directory: TemporaryDirectory

  init?(kilobytes: Int) throws {
    directory = try TemporaryDirectory()
    path = directory.path
    guard Self.run("mount", ["-t", "tmpfs", "-o", "size=\(kilobytes)k", "tmpfs", path]) else { return nil }
  }

  deinit { Self.run("umount", ["-l", path]) }

  func remount(_ options: String) -> Bool { Self.run("mount", ["-o", "remount,\(options)", path]) }

  static var isPossible: Bool {
    guard geteuid() == 0 else { return false }
    return (try? SmallDisk(kilobytes: 64)) != nil
  }

  @discardableResult
  private static func run(_ tool: String, _ arguments: [String]) -> Bool {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = [tool] + arguments
    process.standardError = FileHandle.nullDevice
    guard (try? process.run()) != nil else { return false }
    process.waitUntilExit()
    return process.terminationStatus == 0
  }
}

@Suite("Disks that are full or read-only", .serialized, .enabled(if: SmallDisk.isPossible))
struct FullDiskTests {
  private let records = Build.randomRecords(seed: 21, problems: 40, rollouts: 30)

  @Test(
    "a full disk stops an ingest with whole batches; with more room it goes on", arguments: [900, 1_200, 1_500, 1_800])
  func fullDisk(kilobytes: Int) throws {
    let disk = try #require(try SmallDisk(kilobytes: kilobytes))
    let path = disk.path + "/a.retrace"
    let error = #expect(throws: StoreFailure.self) { try ingest(into: path) }
    #expect(error == .diskFull(path: path))
    #expect(disk.remount("size=64m"))
    let store = try TraceStore(path: path, mode: .create)
    #expect(try store.summary().rollouts == (try store.sources().first?.records ?? 0) * 30)
    #expect(try integrity(of: path) == "ok")
    try ingest(into: path)
    let elsewhere = try TemporaryDirectory()
    let other = try elsewhere.store()
    try other.ingest(records)
    #expect(try store.contentHash() == other.contentHash())
  }

  private func ingest(into path: String) throws {
    let store = try TraceStore(path: path, mode: .create)
    let writer: SourceWriter
    var start = 0
    switch try store.beginSource(.named("a")) {
    case .alreadyComplete, .copyOf: return
    case .new(let new): writer = new
    case .resume(let old, let done): (writer, start) = (old, done)
    }
    for index in start..<records.count { try writer.write(batch: [records[index]]) }
    try writer.finish()
  }

  private func integrity(of path: String) throws -> String? {
    try DatabaseQueue(path: path).read { try String.fetchOne($0, sql: "PRAGMA integrity_check") }
  }

  @Test("a store on a read-only file system can be read, and says so when it is to be written")
  func readOnlyDisk() throws {
    let disk = try #require(try SmallDisk(kilobytes: 16_000))
    let path = disk.path + "/a.retrace"
    do { try TraceStore(path: path, mode: .create).ingest(records) }
    #expect(disk.remount("ro"))
    #expect(try TraceStore(path: path, mode: .readOnly).summary().rollouts == 1_200)
    for mode in [StoreMode.create, .readWrite] {
      #expect(throws: StoreFailure.readOnly(path: path)) {
        try TraceStore(path: path, mode: mode).beginSource(.named("b"))
      }
    }
    #expect(throws: StoreFailure.self) { try TraceStore(path: disk.path + "/b.retrace", mode: .create) }
  }
}
