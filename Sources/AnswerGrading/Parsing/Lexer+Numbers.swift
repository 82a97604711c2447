extension Lexer {
  /// A number with its thousands separators, decimals, repeating part and exponent, as one token.
  mutating func number() {
    let start = position
    wholePart()
    decimalPart()
    exponentPart()
    append(.number, from: start)
  }

  private func isDigit(_ index: Int) -> Bool { index < bytes.count && bytes[index].isDigit }

  private mutating func wholePart() {
    let start = position
    while isDigit(position) { position += 1 }
    let length = position - start
    guard length <= 3 && bytes[start] != UInt8(ascii: "0") else { return }
    let whole = position
    while let next = thousandsGroup(position) { position = next }
    // `123,456,7` is a list.
    if position > whole, bytes[whole] == UInt8(ascii: ","), position + 1 < bytes.count,
      bytes[position] == UInt8(ascii: ","), isDigit(position + 1)
    {
      position = whole
    }
  }

  /// The end of a separator and a group of exactly three digits at an index; nil if there is none.
  private func thousandsGroup(_ index: Int) -> Int? {
    guard index < bytes.count, let digits = afterSeparator(index) else { return nil }
    guard isDigit(digits), isDigit(digits + 1), isDigit(digits + 2), !isDigit(digits + 3) else { return nil }
    return digits + 3
  }

  private func afterSeparator(_ index: Int) -> Int? {
    var next = index
    var separators = 0
    if matches("{,}", at: next) {
      next += 3
      separators += 1
    } else if bytes[next] == UInt8(ascii: ",") {
      next += 1
      separators += 1
      if !isDigit(next) && !matches("\\!", at: next) { return nil }
      if isDigit(next) && (bracketDepth > 0 || tokens.last?.kind == .comma) { return nil }
    }
    while next < bytes.count && separators < 4 {
      if bytes[next] == 32 || bytes[next] == UInt8(ascii: "~") {
        next += 1
      } else if matches("\\,", at: next) || matches("\\!", at: next) || matches("\\ ", at: next) {
        next += 2
      } else {
        break
      }
      separators += 1
    }
    return separators > 0 ? next : nil
  }

  private func matches(_ text: StaticString, at index: Int) -> Bool {
    let count = text.utf8CodeUnitCount
    guard index + count <= bytes.count else { return false }
    for offset in 0..<count where bytes[index + offset] != text.utf8Start[offset] { return false }
    return true
  }

  private mutating func decimalPart() {
    if peek() == UInt8(ascii: ".") {
      if isDigit(position + 1) {
        position += 1
        while isDigit(position) { position += 1 }
        while let next = decimalGroup(position) { position = next }
      } else if matches(".\\overline{", at: position) || matches(".\\dot{", at: position)
        || matches(".\\bar{", at: position)
      {
        position += 1
      } else if peek(1) == UInt8(ascii: "/") {
        position += 1
        return
      }
    } else if isDecimalComma() {
      position += 3
      return
    }
    repeatingPart()
  }

  /// `0.123\,456`: a thin space between decimals.
  private func decimalGroup(_ index: Int) -> Int? {
    guard matches("\\,", at: index) || matches("\\!", at: index) || matches("{,}", at: index) else { return nil }
    let digits = matches("{,}", at: index) ? index + 3 : index + 2
    guard isDigit(digits), isDigit(digits + 1), isDigit(digits + 2), !isDigit(digits + 3) else { return nil }
    return digits + 3
  }

  /// `2,74 $`: two digits after a comma and then a currency sign.
  private func isDecimalComma() -> Bool {
    guard bracketDepth == 0, peek() == UInt8(ascii: ","), isDigit(position + 1), isDigit(position + 2) else {
      return false
    }
    var next = position + 3
    while next < bytes.count && bytes[next] == 32 { next += 1 }
    return matches("\\$", at: next) && (next == position + 3 || next + 2 >= bytes.count || !isDigit(next + 2))
      || (next < bytes.count && bytes[next] == UInt8(ascii: "$") && next > position + 3)
  }

  private mutating func repeatingPart() {
    let openings: [StaticString] = ["\\overline{", "\\bar{", "\\dot{"]
    for opening in openings where matches(opening, at: position) {
      var next = position + opening.utf8CodeUnitCount
      let first = next
      while isDigit(next) { next += 1 }
      guard next > first, next < bytes.count, bytes[next] == UInt8(ascii: "}") else { return }
      position = next + 1
      return
    }
  }

  /// `e5`, `E-3`: only a digit or a sign and a digit may follow the letter.
  private mutating func exponentPart() {
    guard peek() | 32 == UInt8(ascii: "e") else { return }
    var digits = position + 1
    let signed = digits < bytes.count && (bytes[digits] == UInt8(ascii: "-") || bytes[digits] == UInt8(ascii: "+"))
    if signed { digits += 1 }
    guard isDigit(digits) else { return }
    if signed && bytes[digits - 1] == UInt8(ascii: "+") && !isDigit(digits + 1) && peek() == UInt8(ascii: "e") {
      return
    }
    while isDigit(digits) { digits += 1 }
    if digits < bytes.count && (bytes[digits].isLetter || bytes[digits] == UInt8(ascii: "^")) { return }
    position = digits
  }
}
