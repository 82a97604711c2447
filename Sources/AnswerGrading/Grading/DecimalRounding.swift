/// Rule 2: a decimal of six significant digits or more equals the value that it rounds.
enum DecimalRounding {
  /// The least number of significant digits of a decimal that may stand for another value.
  static let significantDigits = 6

  /// The forms agree when every decimal is taken for the value that it rounds.
  static func agree(_ left: Form, _ right: Form) -> Bool {
    if left.kind == .scalar && right.kind == .scalar { return scalars(left, right) }
    guard left.kind == right.kind, !left.members.isEmpty, left.members.count == right.members.count,
      hasLongDecimal(left) || hasLongDecimal(right)
    else { return false }
    if left.kind == .list { return unordered(left.members, right.members) }
    return zip(left.members, right.members).allSatisfy { $0.key == $1.key || agree($0, $1) }
  }

  private static func hasLongDecimal(_ form: Form) -> Bool {
    form.members.contains { ($0.decimal?.significantDigits ?? 0) >= significantDigits }
  }

  private static func unordered(_ left: [Form], _ right: [Form]) -> Bool {
    guard left.count <= 32 else { return false }
    var rest = right
    for member in left {
      guard let place = rest.firstIndex(where: { $0.key == member.key || agree(member, $0) }) else { return false }
      rest.remove(at: place)
    }
    return true
  }

  private static func scalars(_ left: Form, _ right: Form) -> Bool {
    guard let a = left.value, let b = right.value else { return false }
    if let digits = left.decimal, rounds(a, digits, b) { return true }
    if let digits = right.decimal, rounds(b, digits, a) { return true }
    return false
  }

  /// The decimal is within half a unit of its last place of the value; from 15 digits on, within one unit, which is what
  /// double precision gives.
  private static func rounds(_ decimal: Number, _ digits: DecimalDigits, _ value: Number) -> Bool {
    guard digits.significantDigits >= significantDigits else { return false }
    return isWithin(decimal, digits, value, halves: digits.significantDigits >= 15 ? 2 : 1)
  }

  private static func isWithin(_ decimal: Number, _ digits: DecimalDigits, _ value: Number, halves: Int) -> Bool {
    guard let a = decimal.wide, let b = value.wide else { return false }
    var arithmetic = Arithmetic(budget: 10_000, exactBits: 4_096)
    let places = arithmetic.integerPower(.rational(10, 1), Int64(-digits.decimalPlaces))
    guard let unit = digits.decimalPlaces == 0 ? .one : places.wide else { return false }
    let tolerance = halves == 2 ? unit : unit.scaled(by: -1)
    return WideFloat.compareMagnitudes(a - b, tolerance) <= 0
  }
}
