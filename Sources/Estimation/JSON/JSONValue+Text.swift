extension JSONValue {
  /// The document as text: numbers in the shortest form that reads back to the same value, keys in their order.
  ///
  /// The outer `unfolded` levels put each element on a line of its own, indented by two spaces; what is deeper stays on
  /// one line. The text ends without a line break.
  public func text(unfolded levels: Int = 0) -> String {
    var text = ""
    write(to: &text, unfolded: levels, indent: 0)
    return text
  }

  private func write(to text: inout String, unfolded levels: Int, indent: Int) {
    switch self {
    case .null: text += "null"
    case .bool(let value): text += value ? "true" : "false"
    case .integer(let value): text += "\(value)"
    case .number(let value): text += value.isFinite ? "\(value)" : "null"
    case .string(let value): Self.quote(value, to: &text)
    case .array(let elements):
      Self.enclose("[", "]", elements, to: &text, unfolded: levels, indent: indent) { element, text in
        element.write(to: &text, unfolded: levels - 1, indent: indent + 1)
      }
    case .object(let members):
      Self.enclose("{", "}", members, to: &text, unfolded: levels, indent: indent) { member, text in
        Self.quote(member.key, to: &text)
        text += ": "
        member.value.write(to: &text, unfolded: levels - 1, indent: indent + 1)
      }
    }
  }

  private static func enclose<Element>(
    _ opening: String,
    _ closing: String,
    _ elements: [Element],
    to text: inout String,
    unfolded levels: Int,
    indent: Int,
    write: (Element, inout String) -> Void
  ) {
    let unfolds = levels > 0 && !elements.isEmpty
    text += opening
    for (position, element) in elements.enumerated() {
      if position > 0 { text += unfolds ? "," : ", " }
      if unfolds { text += "\n" + String(repeating: "  ", count: indent + 1) }
      write(element, &text)
    }
    if unfolds { text += "\n" + String(repeating: "  ", count: indent) }
    text += closing
  }

  private static func quote(_ value: String, to text: inout String) {
    text += "\""
    for scalar in value.unicodeScalars {
      switch scalar {
      case "\"": text += "\\\""
      case "\\": text += "\\\\"
      case "\n": text += "\\n"
      case "\r": text += "\\r"
      case "\t": text += "\\t"
      case "\u{0}"..<" ":
        let digits = String(scalar.value, radix: 16)
        text += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: text.unicodeScalars.append(scalar)
      }
    }
    text += "\""
  }
}
