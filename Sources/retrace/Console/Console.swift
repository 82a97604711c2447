import Foundation
import Studies

/// Where the program's words go: results to standard output, everything else to standard error.
enum Console {
  /// Whether standard error is a terminal that a person looks at.
  static var isTerminal: Bool { isatty(STDERR_FILENO) == 1 }

  /// Whether colour may be used: a terminal, and the user did not say no (https://no-color.org).
  static var usesColour: Bool {
    isTerminal && ProcessInfo.processInfo.environment["NO_COLOR", default: ""].isEmpty
  }

  /// Writes to standard output. A closed pipe ends the program quietly, as it does for any filter; where results cannot be
  /// written, as on a full disk, it ends with an error.
  static func output(_ text: String) {
    guard !write(text, to: STDOUT_FILENO) else { return }
    labelled("error:", colour: 31, unwritten().localizedDescription)
    exit(Outcome.failed.rawValue)
  }

  private static func unwritten() -> OutputFailure { .cannotPrint(String(cString: strerror(errno))) }

  /// Writes data to standard output, all of it.
  ///
  /// - Throws: `OutputFailure` where that is not possible, as on a full disk.
  static func output(_ data: [UInt8]) throws {
    let isWritten = data.withUnsafeBytes { write($0, to: STDOUT_FILENO) }
    if !isWritten { throw unwritten() }
  }

  /// Writes a line of results to standard output.
  static func outputLine(_ text: String) {
    output(text + "\n")
  }

  /// Writes a message, warning or error to standard error.
  static func message(_ text: String) {
    write(text + "\n", to: STDERR_FILENO)
  }

  /// Writes a message with a coloured label, e.g. `error:` in red.
  static func labelled(_ label: String, colour: Int, _ text: String) {
    message(usesColour ? "\u{1B}[1;\(colour)m\(label)\u{1B}[0m \(text)" : "\(label) \(text)")
  }

  /// Writes without a line break to standard error: progress.
  static func progress(_ text: String) {
    write(text, to: STDERR_FILENO)
  }

  @discardableResult
  private static func write(_ text: String, to descriptor: Int32) -> Bool {
    var text = text
    return text.withUTF8 { write(UnsafeRawBufferPointer($0), to: descriptor) }
  }

  /// Whether all bytes could be written.
  private static func write(_ bytes: UnsafeRawBufferPointer, to descriptor: Int32) -> Bool {
    var rest = bytes
    while let base = rest.baseAddress, rest.count > 0 {
      let written = Foundation.write(descriptor, base, rest.count)
      guard written > 0 else {
        if written < 0, errno == EINTR { continue }
        return false
      }
      rest = UnsafeRawBufferPointer(rebasing: rest[written...])
    }
    return true
  }
}
