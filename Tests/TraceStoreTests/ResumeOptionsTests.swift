import GRDB
import Testing
import TraceStore
import Traces

@Suite("Going on with other options")
struct ResumeOptionsTests {
  private let directory: TemporaryDirectory
  private let records = Build.randomRecords(seed: 8, problems: 4, rollouts: 3)

  init() throws { directory = try TemporaryDirectory() }

  private func source(format: String = "retrace", _ change: (inout SourceOptions) -> Void = { _ in }) -> Source {
    var source = Source.named("a")
    source.format = format
    var options = SourceOptions()
    options.recording = "night"
    options.fallbackRecording = "a"
    change(&options)
    source.options = options
    return source
  }

  /// A store with half of a source.
  private func stopped() throws -> TraceStore {
    let store = try directory.store()
    guard case .new(let writer) = try store.beginSource(source()) else { throw UnexpectedStart() }
    try writer.write(batch: Array(records.prefix(2)))
    return store
  }

  private static let changes: [(option: String, change: @Sendable (inout SourceOptions) -> Void)] = [
    ("--recording morning", { $0.recording = "morning" }), ("no --recording", { $0.recording = nil }),
    ("--scorer prm", { $0.scorer = "prm" }), ("--scale logit", { $0.scale = "logit" }),
    ("--scale prm=logit", { $0.scales = ["prm": "logit"] }), ("--problems", { $0.problems = "0123456789abcdef" }),
    ("PRM cassettes", { $0.prefixScores = "0123456789abcdef" }), ("--sampling search", { $0.sampling = "search" }),
    ("--skip-invalid", { $0.skipInvalid = true }),
  ]

  @Test("each other option is refused by name, and nothing is lost", arguments: changes.indices)
  func otherOptions(index: Int) throws {
    let store = try stopped()
    let before = try Tables(path: store.path)
    let (option, change) = Self.changes[index]
    let error = #expect(throws: UnacceptableData.self) { try store.beginSource(source(change)) }
    #expect(error?.found.hasPrefix(option) == true, "\(String(describing: error))")
    #expect(error?.expected.contains("begun and stopped") == true)
    #expect(error?.remedy?.contains("new store") == true)
    #expect(try Tables(path: store.path) == before)
  }

  @Test("another format is refused with the first one's name")
  func otherFormat() throws {
    let store = try stopped()
    let error = #expect(throws: UnacceptableData.self) { try store.beginSource(source(format: "online")) }
    #expect(error?.found == "the format online")
    #expect(error?.expected.hasPrefix("retrace,") == true)
  }

  @Test("names that nobody gave are those of the first ingest")
  func fallbacks() throws {
    let store = try stopped()
    let start = try store.beginSource(source { $0.fallbackRecording = "renamed" })
    guard case .resume(let writer, let done) = start else { throw UnexpectedStart() }
    #expect(done == 2)
    #expect(writer.source.options?.fallbackRecording == "a")
    try writer.write(batch: Array(records.dropFirst(2)))
    try writer.finish()
    guard case .alreadyComplete = try store.beginSource(source { $0.recording = "morning" }) else {
      throw UnexpectedStart()
    }
    #expect(throws: UnacceptableData.self) { try store.beginSource(source { $0.prefixScores = "01" }) }
  }

  @Test("a store of the schema before is brought up to date, and its stopped ingest goes on")
  func earlierSchema() throws {
    let stopped = try stopped()
    try stopped.close()
    let path = stopped.path
    let content = try TraceStore(path: path, mode: .readOnly).contentHash()
    let queue = try DatabaseQueue(path: path)
    try queue.write { db in
      try db.execute(
        sql: """
          DROP TABLE amendment;
          ALTER TABLE source DROP COLUMN options;
          DELETE FROM grdb_migrations WHERE identifier = '3 unfinished sources';
          """)
    }
    try queue.close()
    let reader = try TraceStore(path: path, mode: .readOnly)
    #expect(try reader.contentHash() == content)
    #expect(try reader.sources().map(\.source.options) == [nil])
    let store = try TraceStore(path: path, mode: .readWrite)
    #expect(try store.contentHash() == content)
    guard case .resume(let writer, afterRecords: 2) = try store.beginSource(source { $0.recording = "morning" }) else {
      throw UnexpectedStart()
    }
    try writer.write(batch: Array(records.dropFirst(2)))
    try writer.finish()
    let whole = try directory.store("whole.retrace")
    try whole.ingest(records)
    #expect(try store.contentHash() == whole.contentHash())
  }

  @Test("a store that cannot be read as it is names the way to bring it up to date")
  func tooEarly() throws {
    let stopped = try stopped()
    try stopped.close()
    let path = stopped.path
    let queue = try DatabaseQueue(path: path)
    try queue.write { try $0.execute(sql: "DELETE FROM grdb_migrations WHERE identifier LIKE '2 %'") }
    try queue.close()
    let refusal = #expect(throws: UnacceptableData.self) { try TraceStore(path: path, mode: .readOnly) }
    #expect(refusal?.remedy?.contains("retrace ingest FILE --into") == true)
  }
}
