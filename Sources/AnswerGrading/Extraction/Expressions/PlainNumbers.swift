/// Numbers in running text.
extension TextBytes {
  /// The index after the number at an index; nil where the digits belong to something else: an ordinal (2nd), a
  /// hyphenated word (3-digit), a name (x2).
  func endOfNumber(at start: Int, hasDecimalComma: Bool) -> Int? {
    if self[start - 1].isASCIILetter { return nil }
    var end = start
    while self[end].isASCIIDigit { end += 1 }
    end = endOfThousands(after: start, from: end, hasDecimalComma: hasDecimalComma)
    let isDecimal =
      self[end] == ASCII.period && self[end + 1].isASCIIDigit
      || (hasDecimalComma && self[end] == ASCII.comma && self[end + 1].isASCIIDigit)
    if isDecimal {
      end += 1
      while self[end].isASCIIDigit { end += 1 }
    }
    end = endOfExponent(from: end)
    if self[end] == ASCII.minus, self[end + 1].isASCIILetter, self[end + 2].isASCIILetter { return nil }
    return isOrdinal(at: end) ? nil : end
  }

  /// Groups of three digits behind commas, `{,}` or spaces.
  private func endOfThousands(after start: Int, from first: Int, hasDecimalComma: Bool) -> Int {
    guard first - start <= 3, first > start else { return first }
    var end = first
    while let digits = startOfThousands(at: end, hasDecimalComma: hasDecimalComma), hasThreeDigits(at: digits) {
      end = digits + 3
    }
    return end
  }

  private func startOfThousands(at index: Int, hasDecimalComma: Bool) -> Int? {
    switch self[index] {
    case ASCII.comma where !hasDecimalComma: index + 1
    case ASCII.space: index + 1
    case ASCII.openBrace where has("{,}", at: index): index + 3
    case 0xC2 where self[index + 1] == 0xA0: index + 2
    case 0xE2 where self[index + 1] == 0x80 && (self[index + 2] == 0xAF || self[index + 2] == 0x89): index + 3
    default: nil
    }
  }

  private func hasThreeDigits(at index: Int) -> Bool {
    self[index].isASCIIDigit && self[index + 1].isASCIIDigit && self[index + 2].isASCIIDigit
      && !self[index + 3].isASCIIDigit
  }

  /// `e-7`, `E+10`.
  private func endOfExponent(from index: Int) -> Int {
    guard self[index] == UInt8(ascii: "e") || self[index] == UInt8(ascii: "E") else { return index }
    var end = index + 1
    if self[end] == ASCII.minus || self[end] == UInt8(ascii: "+") { end += 1 }
    guard self[end].isASCIIDigit else { return index }
    while self[end].isASCIIDigit { end += 1 }
    return self[end].isASCIILetter ? index : end
  }

  private func isOrdinal(at index: Int) -> Bool {
    wordLengthBehindDigits(["st", "nd", "rd", "th"], at: index) > 0
  }

  private func wordLengthBehindDigits(_ words: [StaticString], at index: Int) -> Int {
    for word in words
    where hasIgnoringCase(word, at: index) && !self[index + word.utf8CodeUnitCount].isASCIILetterOrDigit {
      return word.utf8CodeUnitCount
    }
    return 0
  }

  /// Whether digits, a slash and digits begin at an index: the fraction of a mixed number.
  func isSimpleFraction(from start: Int) -> Bool {
    var index = start
    while self[index].isASCIIDigit { index += 1 }
    return index > start && self[index] == UInt8(ascii: "/") && self[index + 1].isASCIIDigit
  }
}
