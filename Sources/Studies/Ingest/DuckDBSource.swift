import Dispatch
import Foundation
import Synchronization
import TraceFormats
import Traces

/// The rows of a Parquet table as JSON lines, piped from the `duckdb` command line: a process, as gnuplot is.
final class DuckDBSource: ByteSource {
  /// The program, found on PATH.
  static let program = "duckdb"

  private let process = Process()
  private let output = Pipe()
  private let complaints: Complaints
  private let name: String
  private let rows: FileSource
  private var isOver = false

  /// What the process writes to standard error, collected beside the reading so that it never waits.
  private final class Complaints: Sendable {
    private let bytes = Mutex(Data())
    private let done = DispatchSemaphore(value: 0)

    func collect(from handle: FileHandle) {
      DispatchQueue(label: "retrace.duckdb").async {
        let data = handle.readDataToEndOfFile()
        self.bytes.withLock { $0 = data }
        self.done.signal()
      }
    }

    func firstLine() -> String {
      done.wait()
      let text = bytes.withLock { String(decoding: $0, as: UTF8.self) }
      return text.split(whereSeparator: \.isNewline).first.map(String.init) ?? "no message"
    }
  }

  /// Starts the program.
  ///
  /// - Parameters:
  ///   - path: The table's file.
  ///   - name: The file as the user named it.
  ///   - toolPath: The folders to look for the program in, separated by colons.
  ///   - isStopped: Asked while the program gives nothing whether the user wants to stop.
  /// - Throws: `UnacceptableData` where the program is not installed or cannot be started.
  init(parquet path: String, name: String, toolPath: String, isStopped: @escaping () -> Bool = { false }) throws {
    self.name = name
    rows = FileSource(descriptor: output.fileHandleForReading.fileDescriptor, name: name, isStopped: isStopped)
    guard let executable = Self.executable(in: toolPath) else { throw Self.missing(name) }
    let literal = "'" + URL(fileURLWithPath: path).path.replacing("'", with: "''") + "'"
    process.executableURL = executable
    process.arguments = [
      "-bail", "-c", "COPY (SELECT * FROM read_parquet(\(literal))) TO '/dev/stdout' (FORMAT json)",
    ]
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = output
    let errors = Pipe()
    process.standardError = errors
    do { try process.run() } catch {
      throw UnacceptableData(
        file: name, found: "a \(Self.program) that does not start (\(error.localizedDescription))",
        expected: "the duckdb command line, with which Parquet is read", remedy: Self.remedy)
    }
    complaints = Complaints()
    complaints.collect(from: errors.fileHandleForReading)
  }

  deinit {
    // A reading that ends early leaves a process that would write on. It has inherited that requests to end are ignored,
    // which this program does to stop at a safe point; it only reads, so it is killed.
    if process.isRunning { kill(process.processIdentifier, SIGKILL) }
    process.waitUntilExit()
  }

  /// Reads what the program has written.
  ///
  /// - Throws: `UnacceptableData` where the program ends with an error; `CancellationError` where the user stops a wait.
  func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
    guard buffer.count > 0, !isOver else { return 0 }
    let count = try rows.read(into: buffer)
    if count > 0 { return count }
    isOver = true
    try checkEnd()
    return 0
  }

  private func checkEnd() throws {
    process.waitUntilExit()
    guard process.terminationReason == .exit, process.terminationStatus == 0 else {
      throw UnacceptableData(
        file: name, found: "a table that duckdb cannot read: \(complaints.firstLine())",
        expected: "a complete Parquet file", remedy: "copy the file again, or look at it with duckdb")
    }
  }

  private static let remedy =
    "install the duckdb command line (https://duckdb.org/install) so that it is on PATH, or write the table as JSON lines"

  private static func missing(_ name: String) -> UnacceptableData {
    UnacceptableData(
      file: name, found: "a Parquet file, and no duckdb on PATH",
      expected: "the duckdb command line, with which Parquet is read", remedy: remedy)
  }

  private static func executable(in toolPath: String) -> URL? {
    toolPath.split(separator: ":").map { URL(fileURLWithPath: String($0)).appending(path: program) }
      .first { FileManager.default.isExecutableFile(atPath: $0.path) }
  }
}
