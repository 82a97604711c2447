/// The rules on pairs of answers, on top of the classes.
enum PairRules {
  static func rule(gold: CanonicalForm, answer: CanonicalForm) -> Verdict.Rule {
    guard let right = answer.details else {
      return gold.details == nil || gold.classKey == answer.classKey
        ? (gold.classKey == answer.classKey ? plainRule(gold) : .different)
        : plainAnswer(gold, answer)
    }
    let left = gold.details?.form ?? plainForm(gold)
    if gold.status == .fallback(.empty) || answer.status == .fallback(.empty) {
      return gold.classKey == answer.classKey ? .sameText : .different
    }
    if gold.classKey == answer.classKey { return contradicts(left, right.form) ? .contradiction : .sameClass }
    if (isText(gold) || isText(answer)) && sameText(gold, answer) { return .sameText }
    return formRule(left, right.form)
  }

  /// A plain integer as the answer to a gold answer of the same class.
  private static func plainRule(_ gold: CanonicalForm) -> Verdict.Rule { .sameClass }

  private static func plainAnswer(_ gold: CanonicalForm, _ answer: CanonicalForm) -> Verdict.Rule {
    guard let left = gold.details?.form else { return .different }
    return formRule(left, plainForm(answer))
  }

  private static func sameText(_ gold: CanonicalForm, _ answer: CanonicalForm) -> Bool {
    guard let left = textKey(gold), let right = textKey(answer) else { return false }
    return left == right
  }

  private static func textKey(_ form: CanonicalForm) -> ClassKey? {
    if let known = form.details?.textKey { return known }
    guard form.details != nil, form.source.utf8.count < 1_000 else { return nil }
    var reader = AnswerReader(form.source, .standard)
    return reader.textKey()
  }

  private static func isText(_ form: CanonicalForm) -> Bool {
    form.isFallback || form.details?.form.kind == .text
  }

  private static func plainForm(_ form: CanonicalForm) -> Form {
    var result = Form(.scalar, form.classKey)
    result.value = Int64(form.source).map { .rational($0, 1) }
    return result
  }

  // MARK: - Same class

  /// Units of different dimension or scale, or different unknowns, contradict each other.
  static func contradicts(_ gold: Form, _ answer: Form) -> Bool {
    if let left = gold.unit, let right = answer.unit, left.dimension != 0, right.dimension != 0, left != right,
      left.isMoney == right.isMoney, !gold.isZero
    {
      return true
    }
    if case .variable(let left) = gold.name, case .variable(let right) = answer.name, left != right { return true }
    // `a + b = c` is not its left side.
    if (gold.kind == .equation && !gold.isExplicit && answer.equationKey == nil && answer.kind == .scalar)
      || (answer.kind == .equation && !answer.isExplicit && gold.equationKey == nil && gold.kind == .scalar)
    {
      return true
    }
    if let left = gold.equationKey, let right = answer.equationKey, gold.name == answer.name, left != right {
      return true
    }
    guard gold.kind == .list, answer.kind == .list, gold.members.count == answer.members.count else { return false }
    return membersContradict(gold.members, answer.members)
  }

  /// Members with names belong together by their names.
  private static func membersContradict(_ gold: [Form], _ answer: [Form]) -> Bool {
    for member in gold {
      guard case .variable = member.name else { continue }
      let sameName = answer.filter { $0.name == member.name }
      if !sameName.isEmpty && !sameName.contains(where: { $0.key == member.key }) { return true }
    }
    return false
  }

  // MARK: - Different classes

  private static func formRule(_ gold: Form, _ answer: Form) -> Verdict.Rule {
    if let left = gold.equationKey, let right = answer.equationKey, left == right { return .sameEquation }
    if isPercentOmitted(gold, answer) { return .percentSignOmitted }
    if isSameQuantity(gold, answer) { return .sameClass }
    if isUnitOmitted(gold, answer) || isUnitOmitted(answer, gold) { return .unitOmitted }
    if isBareTuple(gold, answer) || isBareTuple(answer, gold) { return .bareTuple }
    if isSameTime(gold, answer) { return .clockTime }
    if DecimalRounding.agree(gold, answer) { return contradicts(gold, answer) ? .contradiction : .roundedDecimal }
    return .different
  }

  /// Gold 25 % and answer 25.
  private static func isPercentOmitted(_ gold: Form, _ answer: Form) -> Bool {
    guard gold.isPercent, !answer.isPercent, let value = gold.value, let other = answer.value else { return false }
    var arithmetic = Arithmetic(budget: 10_000, exactBits: 4_096)
    return arithmetic.multiply(value, .rational(100, 1)).recognized.classKey == other.classKey
  }

  /// `5 m`, which reads as a product, and 5 or the quantity 5 m.
  private static func isUnitOmitted(_ letters: Form, _ plain: Form) -> Bool {
    guard let value = letters.valueBeforeLetters, plain.kind == .scalar, let other = plain.value else { return false }
    return value.classKey == other.classKey
  }

  /// The same quantity in units of different scale.
  private static func isSameQuantity(_ gold: Form, _ answer: Form) -> Bool {
    guard let left = gold.unit, let right = answer.unit, left.dimension == right.dimension, left.dimension != 0,
      let a = gold.value, let b = answer.value
    else { return false }
    var arithmetic = Arithmetic(budget: 10_000, exactBits: 4_096)
    let x = arithmetic.multiply(a, Number.fraction(left.numerator, left.denominator)).recognized.classKey
    return x != nil
      && x == arithmetic.multiply(b, Number.fraction(right.numerator, right.denominator)).recognized.classKey
  }

  /// `(1, 2)` and `1, 2`, also as `x = 1, y = 2`.
  private static func isBareTuple(_ tuple: Form, _ list: Form) -> Bool {
    guard tuple.kind == .tuple, list.kind == .list, list.isBareList, list.members.count == tuple.members.count else {
      return false
    }
    return zip(tuple.members, list.members).allSatisfy { $0.key == $1.key }
  }

  private static func isSameTime(_ gold: Form, _ answer: Form) -> Bool {
    guard let left = gold.clock, let right = answer.clock, left.isMarked || right.isMarked else { return false }
    if left.minutes == right.minutes { return true }
    guard left.isMarked != right.isMarked else { return false }
    let plain = left.isMarked ? right : left
    return plain.couldBeMarked && left.minutes % 720 == right.minutes % 720
  }
}

extension Form {
  var isZero: Bool { self.value?.isZero ?? false }
}
