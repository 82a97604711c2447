/// Dates in running text: `July 4`, `July 4, 1776`, `4 July 1776`.
extension TextBytes {
  /// The index after the date that begins at an index with a month or with a day before it.
  func dateEnd(at start: Int) -> Int? {
    if self[start].isASCIIDigit {
      let dayEnd = endOfDay(at: start)
      let month = skippingSpaces(from: dayEnd)
      let length = wordLength(of: months, at: month)
      return length > 0 && month > dayEnd ? endOfYear(after: month + length) : nil
    }
    let length = wordLength(of: months, at: start)
    guard length > 0, self[start].isASCIICapital else { return nil }
    let day = skippingSpaces(from: start + length)
    return self[day].isASCIIDigit ? endOfYear(after: endOfDay(at: day)) : nil
  }

  private func endOfDay(at start: Int) -> Int {
    var end = start
    while self[end].isASCIIDigit { end += 1 }
    for ordinal in ["st", "nd", "rd", "th"] as [StaticString] where has(ordinal, at: end) { end += 2 }
    return end
  }

  /// The index after a year of four digits behind a comma or blank, else the index itself.
  private func endOfYear(after index: Int) -> Int {
    let comma = self[index] == ASCII.comma ? index + 1 : index
    let year = skippingSpaces(from: comma)
    let isYear = (0..<4).allSatisfy { self[year + $0].isASCIIDigit } && !self[year + 4].isASCIILetterOrDigit
    return isYear && year > index ? year + 4 : index
  }
}

private let months: [StaticString] = [
  "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
  "december",
]
