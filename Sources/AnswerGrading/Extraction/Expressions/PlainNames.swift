/// Words that belong to mathematics rather than to the sentence.
extension TextBytes {
  /// Whether the view is the name of a function or constant.
  var isMathematicalName: Bool {
    mathematicalNames.contains { $0.utf8CodeUnitCount == count && has($0, at: 0) }
  }

  /// Whether the view, a mathematical name, is a function's: its argument follows.
  var isFunctionName: Bool {
    constantNames.allSatisfy { $0.utf8CodeUnitCount != count || !has($0, at: 0) }
  }

  /// Whether a word occurs at or after an index.
  func hasWord(_ word: StaticString, startingAt start: Int) -> Bool {
    var index = start
    while let candidate = firstIndex(of: word, from: index) {
      if hasWord(word, at: candidate) { return true }
      index = candidate + 1
    }
    return false
  }

  /// Whether the view holds a word of the language: three letters or more that name no function, are not "and", and
  /// follow no backslash.
  var hasProse: Bool {
    var index = 0
    while index < count {
      guard self[index].isASCIILetter else {
        index += 1
        continue
      }
      let start = index
      while self[index].isASCIILetter { index += 1 }
      let isCommand = self[start - 1] == ASCII.backslash || self[start - 1] == ASCII.openBrace
      if index - start >= 3, !isCommand, !self[start..<index].isMathematicalName, !hasWord("and", at: start) {
        return true
      }
    }
    return false
  }

  /// The length of a unit's name at an index, with what belongs to it ("square feet", "km/h", "cm^2"); 0 where none
  /// stands there.
  func unitLength(at start: Int) -> Int {
    var index = start
    for modifier in ["square", "cubic", "sq", "cu"] as [StaticString] where hasWord(modifier, at: index) {
      index = skippingSpaces(from: index + modifier.utf8CodeUnitCount)
    }
    guard let unit = unitNames.first(where: { hasUnit($0, at: index) }) else { return 0 }
    index += unit.utf8CodeUnitCount
    if self[index] == UInt8(ascii: "/") || has(" per ", at: index) {
      let next = index + (self[index] == UInt8(ascii: "/") ? 1 : 5)
      if let second = unitNames.first(where: { hasUnit($0, at: next) }) { index = next + second.utf8CodeUnitCount }
    }
    if self[index] == UInt8(ascii: "^"), self[index + 1].isASCIIDigit { index += 2 }
    if let power = postfixEnd(at: index), self[index] >= 0x80 { index = power }
    return index - start
  }

  /// Whether a unit stands at an index, digits before it allowed (5cm).
  private func hasUnit(_ unit: StaticString, at index: Int) -> Bool {
    has(unit, at: index) && !self[index - 1].isASCIILetter && !self[index + unit.utf8CodeUnitCount].isASCIILetterOrDigit
  }
}

private let mathematicalNames: [StaticString] = [
  "sqrt", "cbrt", "sin", "cos", "tan", "cot", "sec", "csc", "arcsin", "arccos", "arctan", "sinh", "cosh", "tanh", "log",
  "ln", "exp", "pi", "Pi", "inf", "infinity", "oo", "floor", "ceil", "abs", "max", "min", "gcd", "lcm", "mod", "binom",
  "theta", "alpha", "beta", "phi",
]

private let constantNames: [StaticString] = [
  "pi", "Pi", "inf", "infinity", "oo", "theta", "alpha", "beta", "phi",
]

private let unitNames: [StaticString] = [
  "percent", "percentage", "pct", "cm", "mm", "km", "m", "meters", "meter", "metres", "metre", "centimeters",
  "centimetres", "kilometers", "kilometres", "inches", "inch", "in", "feet", "foot", "ft", "yards", "yard", "miles",
  "mile", "mi", "mph", "kmh", "kg", "g", "mg", "grams", "kilograms", "pounds", "pound", "lbs", "lb", "ounces", "oz",
  "liters", "litres", "liter", "L", "mL", "ml", "gallons", "quarts", "pints", "cups", "seconds", "second", "sec", "s",
  "minutes", "minute", "min", "hours", "hour", "hr", "h", "days", "day", "weeks", "week", "months", "month", "years",
  "year", "degrees", "degree", "radians", "dollars", "dollar", "cents", "cent", "euros", "units", "unit", "p.m.",
  "a.m.",
  "pm", "am", "PM", "AM", "J", "N", "W", "V", "Hz", "mol", "K",
]
