/// Tables in Markdown whose columns line up as plain text too.
public enum MarkdownTable {
  /// A table with its first column to the left and all others to the right.
  public static func text(head: [String], body: [[String]]) -> String {
    let widths = head.indices.map { column in max(([head] + body).map { $0[column].count }.max() ?? 0, 2) }
    let rule = widths.enumerated().map { column, width in
      column == 0 ? String(repeating: "-", count: width) : String(repeating: "-", count: width - 1) + ":"
    }
    return ([head, rule] + body).map { cells in
      let padded = cells.enumerated().map { column, cell in
        let space = String(repeating: " ", count: widths[column] - cell.count)
        return column == 0 ? cell + space : space + cell
      }
      return "| " + padded.joined(separator: " | ") + " |\n"
    }.joined()
  }

  /// A text in which nothing is markup; line breaks become spaces.
  public static func escaped(_ text: String) -> String {
    text.reduce(into: "") { result, character in
      if "\\`*_[]<>|".contains(character) { result.append("\\") }
      result.append(character == "\n" ? " " : character)
    }
  }
}
