import Foundation
import Testing
import Traces

@testable import TraceFormats

/// The package's root, found from this file's place in it.
let packageRoot = URL(fileURLWithPath: #filePath).resolvingSymlinksInPath()
  .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

/// The path of a fixture.
func fixture(_ path: String) -> String { packageRoot.appending(path: "fixtures/" + path).path }

/// The path of other people's data, or `nil` where they are not at hand.
func shared(_ path: String) -> String? {
  let named = ProcessInfo.processInfo.environment["RETRACE_SHARED"]
  let folder = named ?? packageRoot.deletingLastPathComponent().appending(path: "shared").path
  let whole = folder + "/" + path
  return FileManager.default.fileExists(atPath: whole) ? whole : nil
}

/// Reads a file to its end.
func read(
  _ path: String, _ options: ReadingOptions = ReadingOptions()
) throws -> (records: [TraceRecord], summary: ReadingSummary) {
  var records: [TraceRecord] = []
  let summary = try TraceReading(options).read(InputFile(path)) { records += $0.records }
  return (records, summary)
}

/// Reads content from memory.
func read(
  text: String, _ options: ReadingOptions = ReadingOptions()
) throws -> (records: [TraceRecord], summary: ReadingSummary) {
  var records: [TraceRecord] = []
  let source = MemorySource(Array(text.utf8))
  let summary = try TraceReading(options).read(source, named: "memory") { records += $0.records }
  return (records, summary)
}

/// The refusal that reading content ends in.
func refusal(of text: String, _ options: ReadingOptions = ReadingOptions()) -> UnacceptableData? {
  do {
    _ = try read(text: text, options)
    return nil
  } catch {
    return error as? UnacceptableData
  }
}

extension RolloutRecord {
  /// The texts of the own steps.
  func steps(delimiter: String) -> [String] {
    let bytes = Array(text.utf8)
    var start = 0
    return stepEnds.map { end in
      defer { start = Int(end) + delimiter.utf8.count }
      return String(decoding: bytes[start..<Int(end)], as: UTF8.self)
    }
  }
}

/// A folder that is removed at the end of a test.
final class TemporaryFolder {
  let path: String

  init() throws {
    path = FileManager.default.temporaryDirectory.appending(path: "retrace-" + UUID().uuidString).path
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// Writes a file and gives its path.
  func write(_ name: String, _ bytes: [UInt8]) throws -> String {
    let file = path + "/" + name
    try FileManager.default.createDirectory(
      atPath: URL(fileURLWithPath: file).deletingLastPathComponent().path, withIntermediateDirectories: true)
    try Data(bytes).write(to: URL(fileURLWithPath: file))
    return file
  }

  func write(_ name: String, _ text: String) throws -> String { try write(name, Array(text.utf8)) }
}
