extension Parser {
  /// `(...)`, `[...]`, `(a, b]` and `[a, b)`.
  mutating func parseBrackets() throws(ParseFailure) -> Int32 {
    let opening = tokens[position].kind
    position += 1
    let bars = barCloses
    let colons = colonCloses
    (barCloses, colonCloses) = (0, 0)
    defer { (barCloses, colonCloses) = (bars, colons) }
    let inner = try parseList()
    guard let closing = kind, closing == .closeParenthesis || closing == .closeBracket else { throw .syntax }
    position += 1
    let members = tree.kind(inner) == .list ? Array(tree.childList(inner)) : [inner]
    if members.count == 1 {
      // A single member in brackets is that member; `[[1, 2], [3, 4]]` has lists inside.
      guard (opening == .openParenthesis) == (closing == .closeParenthesis) else { throw .syntax }
      return inner
    }
    switch (opening, closing) {
    case (.openParenthesis, .closeParenthesis): return tree.add(.parenthesized, members)
    case (.openBracket, .closeBracket): return tree.add(.bracketed, members)
    case (.openParenthesis, _): return tree.add(.halfOpenLeft, members)
    default: return tree.add(.halfOpenRight, members)
    }
  }

  /// `\{...\}`: a set, or a pair of grouping braces when it stands in a product.
  mutating func parseSet() throws(ParseFailure) -> Int32 {
    let start = position
    position += 1
    if take(.closeSet) { return tree.add(.emptySet, []) }
    barCloses += 1
    colonCloses += 1
    let first: Int32
    do { first = try parseList() } catch {
      barCloses -= 1
      colonCloses -= 1
      throw error
    }
    barCloses -= 1
    colonCloses -= 1
    if take(.bar) || take(.colon) { return try parseCondition(of: first) }
    try expect(.closeSet)
    let members = tree.kind(first) == .list ? Array(tree.childList(first)) : [first]
    if members.count == 1 && standsInProduct(start) { return first }
    let ordered = members.contains { tree.kind($0) == .dots }
    return tree.add(.set, members, payload: ordered ? 1 : 0)
  }

  private mutating func parseCondition(of element: Int32) throws(ParseFailure) -> Int32 {
    let condition = try parseList()
    try expect(.closeSet)
    return tree.add(.setBuilder, [element, condition])
  }

  private func standsInProduct(_ start: Int) -> Bool {
    if let next = kind, startsFactor(next) || next == .caret || next == .times || next == .divide { return true }
    guard start > 0 else { return false }
    switch tokens[start - 1].kind {
    case .closeSet, .times, .number, .letter, .closeParenthesis, .closeBrace, .divide, .function: return true
    default: return false
    }
  }

  // MARK: - Environments

  mutating func parseEnvironment() throws(ParseFailure) -> Int32 {
    let name = EnvironmentName(rawValue: tokens[position].code)
    position += 1
    guard name == .matrix || name == .determinant else {
      guard name == .aligned else { throw .syntax }
      return try parseAligned()
    }
    var cells: [Int32] = []
    var columns = 0
    var column = 0
    while true {
      if kind == .end && column == 0 && !cells.isEmpty { break }
      cells.append(try parseRelation())
      column += 1
      if take(.ampersand) { continue }
      if columns == 0 { columns = column }
      guard column == columns else { throw .syntax }
      column = 0
      if take(.rowBreak) { continue }
      break
    }
    try expect(.end)
    let matrix = tree.add(.matrix, cells, payload: Int32(columns))
    guard name == .determinant else { return matrix }
    return tree.add(.function, [matrix], payload: FunctionName.determinant.rawValue)
  }

  /// `\begin{align*} x \end{align*}` around a single line.
  private mutating func parseAligned() throws(ParseFailure) -> Int32 {
    _ = take(.ampersand)
    let node = try parseList()
    _ = take(.rowBreak)
    try expect(.end)
    return node
  }
}
