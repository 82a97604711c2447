/// Number words in Qwen2.5-Math's normalisation, which calls `word_to_num` of the Python package word2number 1.1.
///
/// A text with any number word in it turns into that number altogether ("two ways" is 2, "3 or one" is 1); a text of
/// digits loses its leading zeros; every other text stays.
enum QwenNumberWords {
  static func convert(_ text: inout ScalarText) {
    if let digits = integer(text) {
      text = digits
    } else if let value = value(of: numberWords(in: text)) {
      text = ScalarText(value.unicodeScalars.map(\.value))
    }
  }

  /// The text as a printed integer, if it consists of decimal digits.
  private static func integer(_ text: ScalarText) -> ScalarText? {
    guard !text.isEmpty, text.count <= longestInteger, text.scalars.allSatisfy(CharacterClass.isDigit) else {
      return nil
    }
    var digits: [UInt32] = []
    for scalar in text.scalars {
      let value = Unicode.Scalar(scalar)?.properties.numericValue ?? 0
      if value == 0, digits.isEmpty { continue }
      digits.append(0x30 + UInt32(value))
    }
    return ScalarText(digits.isEmpty ? [0x30] : digits)
  }

  /// The number words of the text, in lowercase; hyphens and blanks separate words.
  private static func numberWords(in text: ScalarText) -> [String] {
    let isSeparator: (UInt32) -> Bool = { $0 == UInt32(ASCII.minus) || CharacterClass.isBlank($0) }
    return text.scalars.split(whereSeparator: isSeparator).compactMap { word in
      guard word.count <= 10 else { return nil }
      let name = ScalarText(word).string.lowercased()
      return name == "point" || values[name] != nil ? name : nil
    }
  }

  /// The number that the words make, as Python prints it; nil where they make none.
  private static func value(of words: [String]) -> String? {
    guard !words.isEmpty, isWellFormed(words) else { return nil }
    let point = words.firstIndex(of: "point") ?? words.count
    guard let whole = wholeNumber(Array(words[..<point])) else { return nil }
    guard let fraction = fraction(words.dropFirst(point + 1)) else { return String(whole) }
    return String(describing: Double(whole) + fraction)
  }

  private static func isWellFormed(_ words: [String]) -> Bool {
    for scale in ["thousand", "million", "billion", "point"] where words.count(where: { $0 == scale }) > 1 {
      return false
    }
    let whole = words.prefix { $0 != "point" }
    let thousand = whole.firstIndex(of: "thousand") ?? -1
    let million = whole.firstIndex(of: "million") ?? -1
    let billion = whole.firstIndex(of: "billion") ?? -1
    if thousand > -1, thousand < million || thousand < billion { return false }
    return million == -1 || million >= billion
  }

  /// The digits behind "point"; nil where there are none or where one is no digit.
  private static func fraction(_ words: ArraySlice<String>) -> Double? {
    var digits = "0."
    for word in words {
      guard let value = values[word], value < 10 else { return nil }
      digits += String(value)
    }
    return words.isEmpty ? nil : Double(digits)
  }

  /// The sum of the groups before billion, million and thousand, and of the group behind the last of them.
  private static func wholeNumber(_ words: [String]) -> Int? {
    if words.isEmpty { return 0 }
    if words.count == 1 { return values[words[0]] }
    var sum = 0
    var start = 0
    for scale in ["billion", "million", "thousand"] {
      guard let index = words.firstIndex(of: scale), let factor = values[scale] else { continue }
      guard let group = group(words[start..<index]) else { return nil }
      sum += group * factor
      start = index + 1
    }
    if start == 0 { return group(words[...]) }
    guard let rest = startOfRest(words) else { return sum }
    return group(words[rest...]).map { sum + $0 }
  }

  /// Where the words behind the smallest scale word that is not the last word begin. (Where "thousand" is the last
  /// word, the package counts the words between "million" and it a second time; so does this.)
  private static func startOfRest(_ words: [String]) -> Int? {
    for scale in ["thousand", "million", "billion"] {
      if let index = words.firstIndex(of: scale), index != words.count - 1 { return index + 1 }
    }
    return nil
  }

  /// A number below a thousand, by the package's rule: of two words the product if one is a hundred, else the sum; of
  /// three and four the product of the first two and the rest; of more the first alone.
  private static func group(_ words: ArraySlice<String>) -> Int? {
    let numbers = words.compactMap { values[$0] }
    switch numbers.count {
    case 0: return nil
    case 2: return numbers.contains(100) ? numbers[0] * numbers[1] : numbers[0] + numbers[1]
    case 3: return numbers[0] * numbers[1] + numbers[2]
    case 4: return numbers[0] * numbers[1] + numbers[2] + numbers[3]
    default: return numbers[0]
    }
  }

  private static let values: [String: Int] = {
    let small = [
      "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
      "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
    ]
    let tens = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
    var values = ["hundred": 100, "thousand": 1_000, "million": 1_000_000, "billion": 1_000_000_000]
    for (value, word) in small.enumerated() { values[word] = value }
    for (index, word) in tens.enumerated() { values[word] = 20 + 10 * index }
    return values
  }()
}
