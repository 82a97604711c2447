/// What a LaTeX command or a plain word means to the lexer.
struct CommandMeaning {
  let kind: TokenKind
  let code: Int32

  init(_ kind: TokenKind, _ code: Int32 = 0) {
    self.kind = kind
    self.code = code
  }
}

/// Commands that change how their argument is read, or mean nothing.
enum LayoutCommand {
  /// Sizes, spacing, styles: dropped.
  case ignored
  /// `\quad`: dropped, or a separator.
  case wideSpace
  /// `\left`, `\right`, `\middle`: dropped together with a following period.
  case delimiterSize
  /// `\text{...}`, `\mathrm{...}`: letters of the argument are words.
  case text
  /// `\mathbf{...}`.
  case boldText
  /// `\boxed{...}`: a group.
  case box
  /// `\mathbb{...}`.
  case blackboard
  /// `\begin` and `\end`.
  case begin
  case end
  /// Dropped together with its argument.
  case ignoredWithArgument
}

/// The tables of commands and words, keyed by a hash of the name.
enum Commands {
  static func hash(_ bytes: some Sequence<UInt8>) -> UInt64 {
    var value: UInt64 = 0xcbf2_9ce4_8422_2325
    for byte in bytes { value = (value ^ UInt64(byte)) &* 0x0000_0100_0000_01b3 }
    return value
  }

  static let meanings: [UInt64: CommandMeaning] = {
    var add = NameTable<CommandMeaning>()
    add("frac dfrac tfrac cfrac", .fraction)
    add("binom dbinom tbinom", .binomial)
    add("choose", .choose)
    add("over", .over)
    add("sqrt", .root)
    add("cdot times ast bullet star", .times)
    add("div", .divide)
    add("bmod mod", .modulo)
    add("pmod", .parenthesizedModulo)
    add("pm", .plusMinus)
    add("mp", .minusPlus)
    add("le leq leqslant leqq", .lessEqual)
    add("ge geq geqslant geqq", .greaterEqual)
    add("lt", .less)
    add("gt", .greater)
    add("ne neq", .notEqual)
    add("approx sim simeq cong doteq", .approximately)
    add("equiv", .congruent)
    add("in isin", .element)
    add("implies Rightarrow Longrightarrow rightarrow to longrightarrow mapsto iff Leftrightarrow", .implies)
    add("cup", .union)
    add("cap", .intersection)
    add("setminus backslash smallsetminus", .difference)
    add("land wedge", .and)
    add("lor vee", .or)
    add("degree", .degree)
    add("infty", .infinity)
    add("emptyset varnothing", .emptySet)
    add("ldots dots cdots dotsc dotsb vdots ddots", .dots)
    add("angle measuredangle", .angle)
    add("prime", .prime)
    add("mid", .bar)
    add("colon", .colon)
    addDelimiters(&add)
    addFunctions(&add)
    addSymbols(&add)
    return add.meanings
  }()

  private static func addDelimiters(_ add: inout NameTable<CommandMeaning>) {
    add("lbrace", .openSet)
    add("rbrace", .closeSet)
    add("lbrack", .openBracket)
    add("rbrack", .closeBracket)
    add("lparen lgroup", .openParenthesis)
    add("rparen rgroup", .closeParenthesis)
    add("langle", .openAngle)
    add("rangle", .closeAngle)
    add("lvert lVert", .openAbsolute)
    add("rvert rVert", .closeAbsolute)
    add("vert Vert", .bar)
    add("lfloor llcorner", .openFloor)
    add("rfloor lrcorner", .closeFloor)
    add("lceil ulcorner", .openCeiling)
    add("rceil urcorner", .closeCeiling)
    add("overline", .overline)
    add("bar hat dot ddot tilde widehat widetilde", .accent)
    add("vec overrightarrow", .vectorAccent)
    add("R reals", .numberSet, NumberSetName.reals.rawValue)
    add("Z", .numberSet, NumberSetName.integers.rawValue)
    add("N", .numberSet, NumberSetName.naturals.rawValue)
    add("Q", .numberSet, NumberSetName.rationals.rawValue)
  }

  private static func addFunctions(_ add: inout NameTable<CommandMeaning>) {
    for (name, function) in functionNames where name != "sqrt" {
      add(name, .function, function.rawValue)
    }
    let operators: [(String, BigOperator)] = [
      ("sum", .sum), ("prod", .product), ("int", .integral), ("lim", .limit), ("bigcup", .union),
      ("bigcap", .intersection),
    ]
    for (name, value) in operators { add(name, .bigOperator, value.rawValue) }
  }

  private static func addSymbols(_ add: inout NameTable<CommandMeaning>) {
    for (index, name) in symbolNames.enumerated() {
      add(name, .symbol, Int32(index))
    }
  }

  static let functionNames: [(String, FunctionName)] = [
    ("sin", .sine), ("cos", .cosine), ("tan", .tangent), ("tg", .tangent), ("cot", .cotangent), ("ctg", .cotangent),
    ("sec", .secant), ("csc", .cosecant), ("arcsin", .arcSine), ("arccos", .arcCosine), ("arctan", .arcTangent),
    ("asin", .arcSine), ("acos", .arcCosine), ("atan", .arcTangent), ("arccot", .arcCotangent),
    ("arcsec", .arcSecant), ("arccsc", .arcCosecant), ("sinh", .hyperbolicSine), ("cosh", .hyperbolicCosine),
    ("tanh", .hyperbolicTangent), ("log", .logarithm), ("ln", .naturalLogarithm), ("lg", .commonLogarithm),
    ("exp", .exponential), ("abs", .absolute), ("floor", .floor), ("ceil", .ceiling), ("gcd", .greatestCommonDivisor),
    ("lcm", .leastCommonMultiple), ("max", .maximum), ("min", .minimum), ("det", .determinant), ("sgn", .signum),
    ("Re", .realPart), ("Im", .imaginaryPart), ("arg", .argument), ("sqrt", .squareRoot), ("Gamma", .gamma),
  ]

  /// Named symbols; `pi` comes first.
  static let symbolNames: [String] = [
    "pi", "alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta", "theta", "iota", "kappa", "lambda", "mu", "nu",
    "xi", "rho", "sigma", "tau", "upsilon", "phi", "chi", "psi", "omega", "Delta", "Theta", "Lambda", "Xi",
    "Pi", "Sigma", "Upsilon", "Phi", "Psi", "Omega", "varphi", "varepsilon", "vartheta", "varrho", "varsigma", "hbar",
    "ell", "nabla", "partial", "odot", "oplus", "otimes", "aleph", "triangle", "square", "circ", "perp", "parallel",
  ]

  static let layouts: [UInt64: LayoutCommand] = {
    var add = NameTable<LayoutCommand>()
    add("left right middle mleft mright", .delimiterSize)
    add("big Big bigg Bigg bigl bigr Bigl Bigr biggl biggr Biggl Biggr bigm", .ignored)
    add("quad qquad", .wideSpace)
    add("displaystyle textstyle scriptstyle limits nolimits thinspace medspace enspace hfill", .ignored)
    add("newline nonumber notag bf rm it sf tt hline boldsymbol bm strut allowbreak break smallskip", .ignored)
    add("text mathrm textrm mbox hbox operatorname textnormal mathsf textsf texttt mathtt textit mathit", .text)
    add("emph textup rmfamily underline mathop", .text)
    add("mathbf textbf pmb", .boldText)
    add("boxed fbox framebox mathcal mathscr mathfrak", .box)
    add("mathbb Bbb", .blackboard)
    add("begin", .begin)
    add("end", .end)
    add("phantom hspace vspace label tag color hphantom vphantom", .ignoredWithArgument)
    return add.meanings
  }()

  /// Plain words with a meaning of their own.
  static let words: [UInt64: CommandMeaning] = {
    var add = NameTable<CommandMeaning>()
    add("and", .and)
    add("or", .or)
    add("to", .ratioWord)
    add("mod", .modulo)
    add("infinity infty oo inf", .infinity)
    add("sqrt", .root)
    add("percent pct percentage", .percent)
    add("degrees degree deg", .degree)
    for (name, function) in functionNames where name != "Re" && name != "Im" && name != "sqrt" && name != "arg" {
      add(name, .function, function.rawValue)
    }
    for name in ["pi", "alpha", "beta", "gamma", "delta", "theta", "lambda", "sigma", "omega", "phi"] {
      if let index = symbolNames.firstIndex(of: name) {
        add(name, .symbol, Int32(index))
      }
    }
    return add.meanings
  }()
}

/// A table of names under construction, which is filled by calling it.
private struct NameTable<Meaning> {
  private(set) var meanings: [UInt64: Meaning] = [:]

  /// Gives names, separated by blanks, a meaning.
  mutating func callAsFunction(_ names: String, _ meaning: Meaning) {
    for name in names.split(separator: " ") { meanings[Commands.hash(name.utf8)] = meaning }
  }
}

extension NameTable<CommandMeaning> {
  fileprivate mutating func callAsFunction(_ names: String, _ kind: TokenKind, _ code: Int32 = 0) {
    callAsFunction(names, CommandMeaning(kind, code))
  }
}
