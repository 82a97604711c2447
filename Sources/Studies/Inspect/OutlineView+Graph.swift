extension OutlineView {
  /// The tree in the language of Graphviz (`dot -Tsvg`).
  ///
  /// - Parameter title: The graph's name.
  func graphviz(title: String) -> String {
    var lines = [
      "digraph \(Self.quoted(title)) {", "  rankdir=LR;",
      "  node [shape=box, style=\"rounded,filled\", fillcolor=white, fontname=\"sans-serif\", fontsize=10];",
    ]
    for entry in order {
      let parts = outline.entries[entry]
      let label = Self.quoted([parts.title, parts.text, parts.outcome].compactMap { $0 }.joined(separator: "\n"))
      lines.append("  n\(entry) [label=\(label), fillcolor=\"\(parts.kind.colour)\"];")
      if parts.parent >= 0 { lines.append("  n\(parts.parent) -> n\(entry);") }
      if let hidden = hiddenText(after: entry) {
        lines.append("  h\(entry) [label=\(Self.quoted(hidden)), shape=plaintext, style=\"\"];")
        lines.append("  n\(entry) -> h\(entry) [style=dashed];")
      }
    }
    return (lines + ["}"]).map { $0 + "\n" }.joined()
  }

  /// The tree in the language of Mermaid, which Markdown pages show.
  var mermaid: String {
    var lines = ["flowchart LR"]
    for entry in order {
      let parts = outline.entries[entry]
      let label = [parts.title, parts.text, parts.outcome].compactMap { $0 }.map(Self.entities).joined(
        separator: "<br/>")
      let arrow = parts.parent >= 0 ? "n\(parts.parent) --> " : ""
      lines.append("  \(arrow)n\(entry)[\"\(label)\"]:::\(parts.kind.rawValue)")
      if let hidden = hiddenText(after: entry) {
        lines.append("  n\(entry) -.-> h\(entry)([\"\(Self.entities(hidden))\"])")
      }
    }
    let kinds = [Outline.Kind.right, .wrong, .open]
    lines += kinds.map { "  classDef \($0.rawValue) fill:\($0.colour),stroke:#555555,color:#000000" }
    return lines.map { $0 + "\n" }.joined()
  }

  private static func quoted(_ text: String) -> String {
    let escaped = text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"").replacing("\n", with: "\\n")
    return "\"" + escaped + "\""
  }

  /// A text in which nothing is Mermaid's own: characters with a meaning become numbered entities.
  private static func entities(_ text: String) -> String {
    text.unicodeScalars.reduce(into: "") { result, scalar in
      if "\"#<>&`;\\".unicodeScalars.contains(scalar) {
        result += "#\(scalar.value);"
      } else {
        result.unicodeScalars.append(scalar)
      }
    }
  }
}

extension Outline.Kind {
  /// A fill on which black text is readable; colours that differ in lightness too.
  var colour: String {
    switch self {
    case .right: "#b7e1cd"
    case .wrong: "#f4c7c3"
    case .open: "#ffffff"
    }
  }
}
