import Foundation

/// Input that Retrace refuses, as data: where it stands, what was found, what was expected, what to do.
///
/// Every refusal of the user's data is one of these; the command line renders it and exits with code 2.
public struct UnacceptableData: Error, Hashable, Sendable {
  /// The file, as the user named it.
  public var file: String?
  /// The line, counted from 1, or the record's ordinal in formats without lines.
  public var line: Int?
  /// The byte offset in the (decompressed) content, counted from 0.
  public var byte: Int?
  /// The field's path inside the record, e.g. `rollouts[3].steps[1].scores.confidence`.
  public var field: String?
  /// What was found, shortened where it is long.
  public var found: String
  /// What was expected instead.
  public var expected: String
  /// What the user can do about it.
  public var remedy: String?

  /// Creates a refusal.
  public init(
    file: String? = nil,
    line: Int? = nil,
    byte: Int? = nil,
    field: String? = nil,
    found: String,
    expected: String,
    remedy: String? = nil
  ) {
    self.file = file
    self.line = line
    self.byte = byte
    self.field = field
    self.found = found
    self.expected = expected
    self.remedy = remedy
  }

  /// The same refusal with the file and, where it is not known yet, the line filled in.
  public func located(file: String, line: Int? = nil) -> UnacceptableData {
    var copy = self
    copy.file = copy.file ?? file
    copy.line = copy.line ?? line
    return copy
  }
}

extension UnacceptableData: LocalizedError {
  /// `file:line: field: found ...; expected ...`, then the remedy on a line of its own.
  public var errorDescription: String? {
    var place = file ?? ""
    if let line { place += place.isEmpty ? "line \(line)" : ":\(line)" }
    if let byte { place += place.isEmpty ? "byte \(byte)" : " (byte \(byte))" }
    let parts = [place, field ?? ""].filter { !$0.isEmpty } + ["found \(found); expected \(expected)"]
    let head = Self.onOneLine(parts.joined(separator: ": "))
    guard let remedy else { return head }
    return head + "\n  " + remedy
  }

  /// The text with control characters written out: names from a file may hold line breaks and what a terminal obeys.
  private static func onOneLine(_ text: String) -> String {
    text.unicodeScalars.map { scalar in
      let isControl = scalar.properties.generalCategory == .control
      let isBreak = scalar.value == 0x2028 || scalar.value == 0x2029
      return isControl || isBreak ? scalar.escaped(asASCII: true) : String(scalar)
    }.joined()
  }
}

/// An error that says that the user's data or settings do not fit each other: the command line exits with code 2.
public protocol DataRefusal: LocalizedError {}

extension UnacceptableData: DataRefusal {}

extension TraceTreeError: DataRefusal {}
