/// LaTeX environments that only lay out what they hold.
extension TextBytes {
  /// The view without an environment around it that has one row: `\begin{array}{c} 3 \end{array}` is 3.
  func trimmedEnvironment() -> TextBytes {
    guard let body = layoutBody, body.trimmedBlanks().firstIndex(of: "\\\\", from: 0) == nil else { return self }
    return body
  }

  /// What is inside the layout environment (`aligned`, `array`, `gathered` ...) that the view is; nil where the view
  /// is something else.
  var layoutBody: TextBytes? {
    guard has("\\begin{", at: 0), self[count - 1] == ASCII.closeBrace, let nameEnd = closingBrace(of: 6),
      isLayoutName(self[7..<nameEnd])
    else { return nil }
    let nameLength = nameEnd - 7
    let end = count - nameLength - 6
    guard end > nameEnd, has("\\end{", at: end), sameBytes(7..<nameEnd, (end + 5)..<(count - 1)) else { return nil }
    var start = nameEnd + 1
    if self[start] == ASCII.openBrace, has("array", at: 7), let close = closingBrace(of: start) { start = close + 1 }
    return start <= end ? self[start..<end] : nil
  }

  private func isLayoutName(_ name: TextBytes) -> Bool {
    let names: [StaticString] = [
      "array", "align", "aligned", "gather", "gathered", "split", "center", "equation", "eqnarray", "displaymath",
    ]
    let length = name[name.count - 1] == ASCII.asterisk ? name.count - 1 : name.count
    return names.contains { $0.utf8CodeUnitCount == length && name.has($0, at: 0) }
  }
}
