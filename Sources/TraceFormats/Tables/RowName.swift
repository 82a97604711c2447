import Foundation

/// The name of a row of a file for the grader: a text, or a number or truth value that the output repeats as one.
public struct RowName: Hashable, Sendable {
  /// The name: a text's content, anything else as the file writes it.
  public let text: String
  private let isText: Bool

  /// A text.
  public init(_ text: String) {
    self.text = text
    isText = true
  }

  init(_ cursor: inout JSONCursor) throws {
    isText = cursor.kind() == .string || cursor.kind() == .null
    text = try cursor.label() ?? ""
  }
}

extension RowName: Encodable {
  /// Writes the name in the kind that it was read in; a number by its value.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    if isText {
      try container.encode(text)
    } else if let truth = Bool(text) {
      try container.encode(truth)
    } else if let integer = Int64(text) {
      try container.encode(integer)
    } else if let number = Decimal(string: text, locale: Locale(identifier: "en_US_POSIX")), number.isFinite {
      try container.encode(number)
    } else {
      try container.encode(text)
    }
  }
}
