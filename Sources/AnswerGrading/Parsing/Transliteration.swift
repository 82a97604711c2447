/// Rewrites Unicode mathematics as ASCII and LaTeX, and drops marks that cannot be seen.
enum Transliteration {
  /// The bytes of an answer in ASCII as far as possible; letters of other scripts stay.
  static func ascii(_ bytes: [UInt8]) -> [UInt8] {
    guard bytes.contains(where: { $0 >= 0x80 || $0 < 0x20 }) else { return bytes }
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count + 16)
    var superscript = false
    for scalar in String(decoding: bytes, as: UTF8.self).unicodeScalars {
      let raised = isSuperscript(scalar.value)
      append(scalar, to: &result)
      // The second digit of a raised number continues the first.
      if raised && superscript && result.count >= 2 { result.remove(at: result.count - 2) }
      superscript = raised
    }
    return result
  }

  private static func isSuperscript(_ value: UInt32) -> Bool {
    (0x2070...0x207f).contains(value) || value == 0xb9 || value == 0xb2 || value == 0xb3
  }

  private static func append(_ scalar: Unicode.Scalar, to result: inout [UInt8]) {
    let value = scalar.value
    if value < 0x80 {
      if value >= 0x20 {
        result.append(UInt8(value))
      } else if value == 9 || value == 10 || value == 13 {
        result.append(32)
      }
      return
    }
    if let text = replacements[value] {
      result.append(contentsOf: text.utf8)
      return
    }
    if let digit = digit(value) {
      result.append(48 + digit)
      return
    }
    // Full-width forms of ASCII.
    if value >= 0xff01 && value <= 0xff5e {
      result.append(UInt8(value - 0xff01 + 0x21))
      return
    }
    if isInvisible(value) { return }
    result.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
  }

  /// Zero-width marks, direction marks, variation selectors, combining accents and the byte order mark.
  private static func isInvisible(_ value: UInt32) -> Bool {
    (0x200b...0x200f).contains(value) || (0x202a...0x202e).contains(value) || (0x2060...0x206f).contains(value)
      || value == 0xfeff || (0xfe00...0xfe0f).contains(value) || (0x0300...0x036f).contains(value) || value == 0xad
      || value == 0x85
  }

  /// The value of a decimal digit of the Arabic, Persian and Devanagari scripts.
  private static func digit(_ value: UInt32) -> UInt8? {
    for zero: UInt32 in [0x0660, 0x06f0, 0x0966] where value >= zero && value < zero + 10 {
      return UInt8(value - zero)
    }
    return nil
  }

  private static let replacements: [UInt32: String] = {
    var table: [UInt32: String] = [:]
    let pairs: [(String, String)] = [
      ("−–—‒", "-"), ("×✕⋅·∙•", "\\cdot "), ("÷", "\\div "), ("∕⁄", "/"), ("±", "\\pm "), ("∓", "\\mp "),
      ("≤⩽≦", "\\le "), ("≥⩾≧", "\\ge "), ("≠", "\\ne "), ("≈≃∼", "\\approx "), ("≡", "\\equiv "), ("∈", "\\in "),
      ("∪", "\\cup "), ("∩", "\\cap "), ("∖", "\\setminus "), ("∞", "\\infty "), ("∅⌀", "\\emptyset "),
      ("ℝ", "\\R "), ("ℤ", "\\Z "), ("ℕ", "\\N "), ("ℚ", "\\Q "), ("√", "\\sqrt "), ("∛", "\\sqrt[3] "),
      ("∜", "\\sqrt[4] "), ("°º˚", "^\\circ "), ("′’‘", "'"), ("″", "''"), ("…⋯", "\\dots "), ("∑", "\\sum "),
      ("∏", "\\prod "), ("∫", "\\int "), ("⌊", "\\lfloor "), ("⌋", "\\rfloor "), ("⌈", "\\lceil "),
      ("⌉", "\\rceil "), ("⟨〈", "\\langle "), ("⟩〉", "\\rangle "), ("∠", "\\angle "), ("→⇒", "\\to "),
      ("∧", "\\land "), ("∨", "\\lor "), ("、，", ","), ("。", "."), ("∶：", ":"), ("“”", "\""), ("％", "%"),
      ("€£¥", " "), ("½", "\\frac{1}{2}"), ("⅓", "\\frac{1}{3}"), ("⅔", "\\frac{2}{3}"), ("¼", "\\frac{1}{4}"),
      ("¾", "\\frac{3}{4}"), ("⅕", "\\frac{1}{5}"), ("⅖", "\\frac{2}{5}"), ("⅗", "\\frac{3}{5}"),
      ("⅘", "\\frac{4}{5}"), ("⅙", "\\frac{1}{6}"), ("⅚", "\\frac{5}{6}"), ("⅛", "\\frac{1}{8}"),
      ("⅜", "\\frac{3}{8}"), ("⅝", "\\frac{5}{8}"), ("⅞", "\\frac{7}{8}"), ("⁻", "^-"), ("ⁿ", "^n"),
      ("ℓ", "\\ell "), ("𝑒ℯ", "e"), ("ⅈ", "i"), ("②", "\\text{(2)}"),
      ("\u{a0}\u{2002}\u{2003}\u{2004}\u{2005}\u{2006}\u{2007}\u{2008}\u{2009}\u{200a}\u{202f}\u{205f}\u{3000}", " "),
    ]
    for (sources, target) in pairs {
      for scalar in sources.unicodeScalars { table[scalar.value] = target }
    }
    for (index, scalar) in "⁰¹²³⁴⁵⁶⁷⁸⁹".unicodeScalars.enumerated() { table[scalar.value] = "^\(index)" }
    for (index, scalar) in "₀₁₂₃₄₅₆₇₈₉".unicodeScalars.enumerated() { table[scalar.value] = "_\(index)" }
    let greek = "αβγδεζηθικλμνξ.πρςστυφχψω".unicodeScalars
    let names = [
      "alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta", "theta", "iota", "kappa", "lambda", "mu", "nu",
      "xi", "", "pi", "rho", "varsigma", "sigma", "tau", "upsilon", "phi", "chi", "psi", "omega",
    ]
    for (scalar, name) in zip(greek, names) where !name.isEmpty { table[scalar.value] = "\\\(name) " }
    let capitals = ["Gamma", "Delta", "Theta", "Lambda", "Xi", "Pi", "Sigma", "Phi", "Psi", "Omega", "phi"]
    for (scalar, name) in zip("ΓΔΘΛΞΠΣΦΨΩϕ".unicodeScalars, capitals) {
      table[scalar.value] = "\\\(name) "
    }
    return table
  }()
}
