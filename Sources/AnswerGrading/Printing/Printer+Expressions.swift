extension Printer {
  /// A scalar: its value where it is a constant, its expansion where it is a polynomial, else the expression in order.
  mutating func scalar(_ node: Int32) -> String {
    if canonicalizer.firstCompound(node) == nil && tree.doubleSigns == 0 {
      canonicalizer.usedStructure = false
      if let form = try? canonicalizer.scalar(node), !canonicalizer.usedStructure, let value = form.value,
        let text = constant(value)
      {
        return text
      }
      if let polynomial = Polynomial(tree, node) { return polynomial.text }
    }
    if tree.kind(node) == .sum, tree.count(node) == 2, tree.kind(tree.child(node, 1)) == .negation,
      [.numberSet, .set].contains(tree.kind(tree.child(node, 0)))
    {
      return text(tree.child(node, 0)) + " \\setminus " + text(tree.child(tree.child(node, 1), 0))
    }
    return expression(node)
  }

  /// The expression as parsed, with operands in order.
  func expression(_ node: Int32) -> String {
    switch tree.kind(node) {
    case .number: return number(node)
    case .symbol: return SymbolName.latex(tree.symbols[Int(tree.nodes[Int(node)].payload)].name)
    case .pi: return "\\pi"
    case .euler: return "e"
    case .imaginaryUnit: return "i"
    case .infinity: return "\\infty"
    case .sum: return sum(node)
    case .product: return tree.childList(node).map { factor($0) }.sorted().joined(separator: " \\cdot ")
    case .negation: return "-" + factor(tree.child(node, 0))
    case .quotient: return "\\frac{\(child(node, 0))}{\(child(node, 1))}"
    case .modulo: return factor(tree.child(node, 0)) + " \\bmod " + factor(tree.child(node, 1))
    case .power: return "{" + factor(tree.child(node, 0)) + "}^{" + child(node, 1) + "}"
    case .root:
      return tree.count(node) == 1 ? "\\sqrt{\(child(node, 0))}" : "\\sqrt[\(child(node, 0))]{\(child(node, 1))}"
    case .factorial: return factor(tree.child(node, 0)) + "!"
    case .doubleFactorial: return factor(tree.child(node, 0)) + "!!"
    case .binomial: return "\\binom{\(child(node, 0))}{\(child(node, 1))}"
    case .absolute: return "\\left|\(child(node, 0))\\right|"
    case .floor: return "\\lfloor \(child(node, 0))\\rfloor"
    case .ceiling: return "\\lceil \(child(node, 0))\\rceil"
    case .plusMinus: return "\\pm " + factor(tree.child(node, 0))
    case .minusPlus: return "\\mp " + factor(tree.child(node, 0))
    case .percent: return factor(tree.child(node, 0)) + "\\%"
    case .degree: return factor(tree.child(node, 0)) + "^{\\circ}"
    default: return operation(node)
    }
  }

  private func child(_ node: Int32, _ index: Int) -> String { expression(tree.child(node, index)) }

  private func arguments(_ node: Int32) -> String {
    tree.childList(node).map { expression($0) }.joined(separator: ", ")
  }

  private func operation(_ node: Int32) -> String {
    let payload = tree.nodes[Int(node)].payload
    switch tree.kind(node) {
    case .function: return Printer.functionName(payload) + "\\left(" + arguments(node) + "\\right)"
    case .logarithm: return "\\log_{\(child(node, 0))}\\left(\(child(node, 1))\\right)"
    case .application: return application(node)
    case .sumOver, .productOver:
      let name = SymbolName.latex(tree.symbols[Int(payload)].name)
      let sign = tree.kind(node) == .sumOver ? "\\sum" : "\\prod"
      return "\\left(\(sign)_{\(name)=\(child(node, 0))}^{\(child(node, 1))} \\left(\(child(node, 2))\\right)\\right)"
    case .integral:
      let name = tree.symbols[Int(payload)].name
      return "\\left(\\int_{\(child(node, 0))}^{\(child(node, 1))} \\left(\(child(node, 2))\\right) d\(name)\\right)"
    case .matrix, .parenthesized, .angled, .bracketed: return vector(node)
    case .quantity: return child(node, 0)
    default: return "\\emptyset"
    }
  }

  private func vector(_ node: Int32) -> String {
    let columns = tree.kind(node) == .matrix ? Int(tree.nodes[Int(node)].payload) : 1
    var result = "\\begin{pmatrix}"
    for (index, child) in tree.childList(node).enumerated() {
      if index > 0 { result += index % columns == 0 ? " \\\\ " : " & " }
      result += expression(child)
    }
    return result + "\\end{pmatrix}"
  }

  private func number(_ node: Int32) -> String {
    let value = tree.literals[Int(tree.nodes[Int(node)].payload)].value
    return constant(value) ?? "0"
  }

  /// Terms in order, with their signs.
  private func sum(_ node: Int32) -> String {
    var result = ""
    for term in tree.childList(node).map({ term($0) }).sorted() {
      if result.isEmpty || term.hasPrefix("-") || term.hasPrefix("\\pm") || term.hasPrefix("\\mp") {
        result += result.isEmpty ? term : " " + term
      } else {
        result += " + " + term
      }
    }
    return result
  }

  private func term(_ node: Int32) -> String {
    switch tree.kind(node) {
    case .sum, .modulo: return "(" + expression(node) + ")"
    default: return expression(node)
    }
  }

  /// In parentheses unless it stands for itself.
  private func factor(_ node: Int32) -> String {
    let text = expression(node)
    switch tree.kind(node) {
    case .symbol, .pi, .euler, .imaginaryUnit, .infinity, .absolute, .floor, .ceiling, .binomial, .application,
      .sumOver,
      .productOver, .integral, .matrix, .parenthesized, .angled, .bracketed:
      return text
    case .number: return text.utf8.allSatisfy(\.isDigit) ? text : "(" + text + ")"
    default: return "(" + text + ")"
    }
  }

  private func application(_ node: Int32) -> String {
    let name = tree.symbols[Int(tree.nodes[Int(node)].payload)].name
    if name.hasSuffix("()") {
      return SymbolName.latex(String(name.dropLast(2))) + "\\left(" + arguments(node) + "\\right)"
    }
    return SymbolName.latex(String(name.dropLast())) + "_{" + arguments(node) + "}"
  }

  private static func functionName(_ code: Int32) -> String {
    guard let name = FunctionName(rawValue: code),
      let known = Commands.functionNames.first(where: { $0.1 == name })?.0
    else { return "f" }
    return ["asin", "acos", "atan", "ceil", "abs", "floor", "sgn", "lcm", "arccot", "arcsec", "arccsc"].contains(known)
      ? "\\operatorname{\(known)}" : "\\" + known
  }
}

/// Writes the names of variables.
enum SymbolName {
  static func latex(_ name: String) -> String {
    var base = name
    var primes = ""
    if base.hasSuffix("^{-1}") {
      base.removeLast(5)
      primes = "^{-1}"
    }
    while base.hasSuffix("'") {
      base.removeLast()
      primes += "'"
    }
    guard let split = base.firstIndex(of: "_") else { return plain(base) + primes }
    return plain(String(base[..<split])) + "_{\\text{" + base[base.index(after: split)...] + "}}" + primes
  }

  private static func plain(_ name: String) -> String {
    if let space = name.firstIndex(of: " ") {
      let rest = String(name[name.index(after: space)...])
      switch name[..<space] {
      case "vec": return "\\mathbf{\(rest)}"
      case "angle": return "\\angle{\(rest)}"
      default: return name[..<space] + "{\(plain(rest))}"
      }
    }
    return Commands.symbolNames.contains(name) ? "\\\(name) " : name
  }
}
