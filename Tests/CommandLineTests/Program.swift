import Foundation
import Testing

/// The built program, run as a user runs it.
struct Program {
  /// What a run came to.
  struct Result {
    var output: String
    var messages: String
    var exitCode: Int32
  }

  /// The program stands beside the tests that were built with it.
  private static var url: URL {
    let tests = Bundle.main.executableURL ?? URL(fileURLWithPath: CommandLine.arguments[0])
    return tests.deletingLastPathComponent().appendingPathComponent("retrace")
  }

  /// Runs a command to its end.
  ///
  /// - Parameters:
  ///   - arguments: The command line.
  ///   - interruption: Seconds after which the user presses Ctrl-C; never without.
  static func run(_ arguments: [String], interruptedAfter interruption: Double? = nil) throws -> Result {
    let folder = FileManager.default.temporaryDirectory
    let name = "retrace-\(UUID().uuidString)"
    let files = ["out", "err"].map { folder.appendingPathComponent("\(name).\($0)") }
    for file in files { try Data().write(to: file) }
    defer { for file in files { try? FileManager.default.removeItem(at: file) } }
    let process = Process()
    process.executableURL = url
    process.arguments = arguments
    // Files, not pipes: whatever is printed, nobody waits for a reader.
    process.standardOutput = try FileHandle(forWritingTo: files[0])
    process.standardError = try FileHandle(forWritingTo: files[1])
    try process.run()
    if let interruption {
      Thread.sleep(forTimeInterval: interruption)
      process.interrupt()
    }
    process.waitUntilExit()
    let texts = try files.map { String(decoding: try Data(contentsOf: $0), as: UTF8.self) }
    return Result(output: texts[0], messages: texts[1], exitCode: process.terminationStatus)
  }
}
