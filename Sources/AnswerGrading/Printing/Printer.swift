import BigInt

/// Writes an answer in its canonical form: LaTeX that parses to the same class.
///
/// Exact values are written out, polynomials expanded, members of unordered collections and operands of sums and products
/// put in order; what has no simpler form is written as it was parsed.
struct Printer {
  let tree: SyntaxTree
  var canonicalizer: Canonicalizer

  init(_ tree: SyntaxTree, _ limits: GraderLimits) {
    self.tree = tree
    canonicalizer = Canonicalizer(tree, limits)
  }

  mutating func text(_ node: Int32) -> String {
    switch tree.kind(node) {
    case .relation: return relation(node)
    case .list: return list(node)
    case .set: return tree.nodes[Int(node)].payload == 1 ? "\\{" + members(node) + "\\}" : unordered(node)
    case .parenthesized: return "(" + members(node) + ")"
    case .bracketed: return "[" + members(node) + "]"
    case .angled: return "\\langle " + members(node) + "\\rangle"
    case .halfOpenLeft: return "(" + members(node) + "]"
    case .halfOpenRight: return "[" + members(node) + ")"
    case .matrix: return matrix(node)
    case .union: return joined(node, " \\cup ", sorted: true)
    case .intersection: return joined(node, " \\cap ", sorted: true)
    case .difference: return joined(node, " \\setminus ", sorted: false)
    case .setBuilder: return "\\{" + text(tree.child(node, 0)) + " \\mid " + text(tree.child(node, 1)) + "\\}"
    case .numberSet: return numberSet(node)
    case .emptySet: return "\\emptyset"
    case .dots: return "\\ldots"
    case .ratio: return joined(node, " : ", sorted: false)
    case .quantity: return text(tree.child(node, 0))
    case .base: return base(node)
    case .congruence:
      return text(tree.child(node, 0)) + " \\equiv " + text(tree.child(node, 1)) + " \\pmod{"
        + text(tree.child(node, 2)) + "}"
    default: return scalar(node)
    }
  }

  private mutating func members(_ node: Int32) -> String { joined(node, ", ", sorted: false) }

  private mutating func joined(_ node: Int32, _ separator: String, sorted: Bool) -> String {
    var parts: [String] = []
    for child in tree.childList(node) { parts.append(text(child)) }
    if sorted { parts.sort() }
    return parts.joined(separator: separator)
  }

  /// Members in order of their text.
  private mutating func unordered(_ node: Int32) -> String {
    var parts = Set<String>()
    for child in tree.childList(node) { parts.insert(text(child)) }
    return "\\{" + parts.sorted().joined(separator: ", ") + "\\}"
  }

  private mutating func list(_ node: Int32) -> String {
    let conjunctions = tree.nodes[Int(node)].payload
    let hasDots = tree.childList(node).contains { tree.kind($0) == .dots }
    var parts: [String] = []
    for child in tree.childList(node) { parts.append(text(child)) }
    if conjunctions == 8 || conjunctions & 5 == 0 { return durationOr(parts, node) }
    let hasRelation = tree.childList(node).contains { tree.kind($0) == .relation }
    if !hasDots && !hasRelation { parts.sort() }
    return parts.joined(separator: conjunctions & 4 != 0 ? " \\text{ or } " : ", ")
  }

  /// A compound of times is one number; other members joined by "and" stay so.
  private mutating func durationOr(_ parts: [String], _ node: Int32) -> String {
    if let form = try? canonicalizer.form(node), form.kind == .scalar, let value = form.value,
      let text = constant(value)
    {
      return text
    }
    return parts.joined(separator: " \\text{ and } ")
  }

  private mutating func matrix(_ node: Int32) -> String {
    let columns = Int(tree.nodes[Int(node)].payload)
    var result = "\\begin{pmatrix}"
    for (index, child) in tree.childList(node).enumerated() {
      if index > 0 { result += index % columns == 0 ? " \\\\ " : " & " }
      result += text(child)
    }
    return result + "\\end{pmatrix}"
  }

  private func numberSet(_ node: Int32) -> String {
    switch NumberSetName(rawValue: tree.nodes[Int(node)].payload) {
    case .reals: return "\\mathbb{R}"
    case .integers: return "\\mathbb{Z}"
    case .rationals: return "\\mathbb{Q}"
    case .naturals: return "\\mathbb{N}"
    case .complexes: return "\\mathbb{C}"
    case nil: return signedNumberSet(tree.nodes[Int(node)].payload)
    }
  }

  /// `\mathbb{Z}^{+}`: the code holds the set and the sign.
  private func signedNumberSet(_ code: Int32) -> String {
    for (name, letter) in [(NumberSetName.reals, "R"), (.integers, "Z"), (.rationals, "Q"), (.naturals, "N")] {
      for (sign, text) in [(TokenKind.plus, "+"), (.minus, "-"), (.times, "*")]
      where name.rawValue &* 31 &+ Int32(sign.rawValue) == code {
        return "\\mathbb{\(letter)}^{\(text)}"
      }
    }
    return "\\mathbb{Z}"
  }

  private func base(_ node: Int32) -> String {
    let code = tree.nodes[Int(node)].payload
    let literal = tree.literals[Int(tree.nodes[Int(tree.child(node, 0))].payload)].value
    guard code >= 1_000 else { return "\(constant(literal) ?? "0")_{\(code)}" }
    var rest = literal.integer ?? 0
    var digits = ""
    while rest > 0 {
      let digit = Int(rest % 17)
      digits = String(digit, radix: 16, uppercase: true) + digits
      rest /= 17
    }
    return "\(digits)_{\(code - 1_000)}"
  }

  private mutating func relation(_ node: Int32) -> String {
    let first = Int(tree.nodes[Int(node)].payload)
    var result = ""
    for (index, child) in tree.childList(node).enumerated() {
      if index > 0 { result += " \(Printer.sign(tree.operators[first + index - 1])) " }
      result += text(child)
    }
    return result
  }

  private static func sign(_ operation: TokenKind) -> String {
    switch operation {
    case .equals: return "="
    case .notEqual: return "\\ne"
    case .less: return "<"
    case .lessEqual: return "\\le"
    case .greater: return ">"
    case .greaterEqual: return "\\ge"
    case .approximately: return "\\approx"
    case .congruent: return "\\equiv"
    default: return "\\in"
    }
  }
}
