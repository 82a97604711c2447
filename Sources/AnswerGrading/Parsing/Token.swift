/// The kinds of tokens of an answer, after synonyms of LaTeX, Unicode and plain text have been merged.
enum TokenKind: UInt8 {
  case number
  case letter
  case symbol
  case word
  case function
  case bigOperator
  case plus
  case minus
  case plusMinus
  case minusPlus
  case times
  case divide
  case modulo
  case caret
  case underscore
  case factorial
  case prime
  case percent
  case degree
  case comma
  case semicolon
  case colon
  case period
  case equals
  case notEqual
  case less
  case lessEqual
  case greater
  case greaterEqual
  case approximately
  case congruent
  case element
  case implies
  case union
  case intersection
  case difference
  case and
  case or
  case ratioWord
  case openParenthesis
  case closeParenthesis
  case openBracket
  case closeBracket
  case openBrace
  case closeBrace
  case openSet
  case closeSet
  case openAngle
  case closeAngle
  case openAbsolute
  case closeAbsolute
  case bar
  case openFloor
  case closeFloor
  case openCeiling
  case closeCeiling
  case fraction
  case binomial
  case choose
  case over
  case root
  case overline
  case accent
  case vectorAccent
  case infinity
  case emptySet
  case numberSet
  case dots
  case angle
  case begin
  case end
  case ampersand
  case rowBreak
  case parenthesizedModulo
  case unknown
}

/// One token: a kind, a stretch of the source and a payload.
struct Token {
  var kind: TokenKind
  var flags: TokenFlags
  var start: Int32
  var end: Int32
  /// Letter, function, symbol or environment; meaning depends on the kind.
  var code: Int32
}

struct TokenFlags: OptionSet {
  let rawValue: UInt8
  /// White space came before.
  static let spaced = TokenFlags(rawValue: 1)
  /// Set in an upright font (`\text`, `\mathrm`).
  static let upright = TokenFlags(rawValue: 2)
  /// Set in a bold font or under an arrow or hat.
  static let bold = TokenFlags(rawValue: 4)
  /// A dollar sign stands before it.
  static let money = TokenFlags(rawValue: 8)
}

/// Functions with a known meaning.
enum FunctionName: Int32 {
  case sine
  case cosine
  case tangent
  case cotangent
  case secant
  case cosecant
  case arcSine
  case arcCosine
  case arcTangent
  case arcCotangent
  case arcSecant
  case arcCosecant
  case hyperbolicSine
  case hyperbolicCosine
  case hyperbolicTangent
  case logarithm
  case naturalLogarithm
  case commonLogarithm
  case exponential
  case absolute
  case floor
  case ceiling
  case greatestCommonDivisor
  case leastCommonMultiple
  case maximum
  case minimum
  case determinant
  case signum
  case realPart
  case imaginaryPart
  case argument
  case squareRoot
  case gamma
}

/// Operators with bounds.
enum BigOperator: Int32 {
  case sum
  case product
  case integral
  case limit
  case union
  case intersection
}

/// Environments of `\begin`.
enum EnvironmentName: Int32 {
  case matrix
  case determinant
  case cases
  case aligned
  case other
}

/// Well-known sets of numbers.
enum NumberSetName: Int32 {
  case reals
  case integers
  case rationals
  case naturals
  case complexes
}
