import Foundation
import Subprocess

/// gnuplot as a process that reads a script and writes a figure; nothing touches the disk.
public struct Gnuplot: Sendable {
  /// The program, a name to be found on PATH or a path.
  public let program: String
  /// Changes to the environment of the process; `nil` removes a variable.
  let environment: [String: String?]

  /// The gnuplot on PATH, or another program.
  public init(program: String = "gnuplot") {
    self.init(program: program, environment: [:])
  }

  init(program: String, environment: [String: String?]) {
    self.program = program
    self.environment = environment
  }

  /// The version as the program states it, e.g. `gnuplot 5.4 patchlevel 4`.
  /// - Throws: ``FigureError/gnuplotMissing(name:reason:)``.
  public func version() async throws -> String {
    let output = try await run(script: "print GPVAL_VERSION, ' ', GPVAL_PATCHLEVEL\n")
    let words = output.message.split(whereSeparator: \.isWhitespace)
    return words.count == 2 ? "gnuplot \(words[0]) patchlevel \(words[1])" : "gnuplot of unknown version"
  }

  /// Draws a figure.
  ///
  /// The same specification gives the same bytes with the same gnuplot and fonts: the date inside a pdf is fixed.
  /// Cancelling the task ends the process.
  /// - Throws: ``FigureError`` for a figure without data, a missing or failing gnuplot, or missing fonts.
  public func render(_ specification: FigureSpecification, as format: FigureFormat) async throws -> [UInt8] {
    let script = try GnuplotScript(specification).text(for: format)
    try await requireFonts(for: format)
    return try await draw(script: script, as: format)
  }

  /// Runs a script that writes a figure to standard output.
  func draw(script: String, as format: FigureFormat) async throws -> [UInt8] {
    let output = try await run(script: script)
    guard output.complaints.isEmpty else {
      throw FigureError.gnuplotFailed(status: "complained", message: output.complaints)
    }
    guard format.matches(output.bytes) else {
      throw FigureError.unexpectedOutput(format: format, bytes: output.bytes.count)
    }
    switch format {
    case .svg: return SVGFonts.withFallbacks(output.bytes)
    case .png: return output.bytes
    case .pdf: return PDFDate.fixed(output.bytes)
    }
  }

  /// Without any font cairo draws no letter and reports nothing: a probe with a letter must differ from one without.
  func requireFonts(for format: FigureFormat) async throws {
    guard format != .svg else { return }
    let with = try await draw(script: Self.probe("Hg"), as: .png)
    let without = try await draw(script: Self.probe(""), as: .png)
    if with == without { throw FigureError.noFonts(format: format) }
  }

  private static func probe(_ letters: String) -> String {
    """
    set terminal pngcairo size 80,60 font 'DejaVu Sans,11'
    unset border; unset tics; unset key
    set label '\(letters)' at screen 0.5,0.5 center
    plot [0:1][0:1] NaN

    """
  }
}

extension Gnuplot {
  /// What a run left behind.
  struct Output {
    var bytes: [UInt8]
    var message: String

    /// Messages that mean that something is missing from the drawing; fontconfig's chatter does not.
    var complaints: String {
      message.split(separator: "\n").map { $0.trimmingCharacters(in: .whitespaces) }
        .filter { $0.contains("warning: ") || $0.contains("undefined") || $0.contains("invalid") }
        .filter { !$0.hasPrefix("Fontconfig") }
        .joined(separator: "\n")
    }
  }

  /// A figure is far smaller; more is a runaway.
  private static let outputLimit = 64 << 20

  func run(script: String) async throws -> Output {
    let executable: Executable = program.contains("/") ? .path(.init(program)) : .name(program)
    var changes: [Environment.Key: String?] = [:]
    for (name, value) in environment { changes[Environment.Key(stringLiteral: name)] = .some(value) }
    // A user's own start-up file would change the drawing.
    let arguments: Arguments = ["-d"]
    do {
      let result = try await Subprocess.run(
        executable, arguments: arguments, environment: .inherit.updating(changes), input: .string(script),
        output: .bytes(limit: Self.outputLimit), error: .string(limit: 1 << 20))
      let message = result.standardError
      guard result.terminationStatus.isSuccess else {
        throw FigureError.gnuplotFailed(status: "\(result.terminationStatus)", message: Self.shortened(message))
      }
      return Output(bytes: result.standardOutput, message: message)
    } catch let error as SubprocessError where error.code == .executableNotFound || error.code == .spawnFailed {
      throw FigureError.gnuplotMissing(name: program, reason: "\(error)")
    }
  }

  private static func shortened(_ message: String) -> String {
    message.split(separator: "\n").map { $0.trimmingCharacters(in: .whitespaces) }.filter { !$0.isEmpty }
      .suffix(4).joined(separator: "\n  ")
  }
}
