/// Widths of text in DejaVu Sans, to place labels before anything is drawn.
enum TextMetrics {
  /// The width of a text at a font size, in the size's unit.
  static func width(_ text: String, size: Double) -> Double {
    text.unicodeScalars.reduce(0.0) { $0 + advance($1) } * size / 1000
  }

  /// The text, or as much of its beginning and end as fits, with an ellipsis between.
  static func fit(_ text: String, width limit: Double, size: Double) -> String {
    guard width(text, size: size) > limit else { return text }
    let characters = Array(text)
    for kept in stride(from: characters.count - 1, through: 2, by: -1) {
      let head = String(characters.prefix((kept + 1) / 2))
      let shorter = head + "…" + String(characters.suffix(kept / 2))
      if width(shorter, size: size) <= limit { return shorter }
    }
    return "…"
  }

  /// The text in lines no wider than a limit, broken at spaces (not at no-break spaces); a word that is wider alone is shortened.
  static func wrap(_ text: String, width limit: Double, size: Double) -> [String] {
    var lines: [String] = []
    for paragraph in text.split(separator: "\n") {
      var line = ""
      for word in paragraph.split(separator: " ") {
        let longer = line.isEmpty ? String(word) : line + " " + word
        if width(longer, size: size) <= limit {
          line = longer
        } else {
          if !line.isEmpty { lines.append(line) }
          line = fit(String(word), width: limit, size: size)
        }
      }
      if !line.isEmpty { lines.append(line) }
    }
    return lines
  }

  /// A character's advance in thousandths of the font size.
  private static func advance(_ scalar: Unicode.Scalar) -> Double {
    switch scalar.value {
    case 32..<127: Double(ascii[Int(scalar.value) - 32])
    case 0xA0: 318
    case 0x2013: 500
    case 0x2014, 0x2026: 1000
    case 0x1100...: 1000  // Hangul, CJK and signs: as wide as the font is high
    default: 660
    }
  }

  /// Advances of the printable ASCII characters, from the font's `hmtx` table.
  private static let ascii = [
    318, 401, 460, 838, 636, 950, 780, 275, 390, 390, 500, 838, 318, 361, 318, 337, 636, 636, 636, 636, 636, 636, 636,
    636, 636, 636, 337, 337, 838, 838, 838, 531, 1000, 684, 686, 698, 770, 632, 575, 775, 752, 295, 295, 656, 557, 863,
    748, 787, 603, 787, 695, 635, 611, 732, 684, 989, 685, 611, 685, 390, 337, 390, 838, 500, 500, 613, 635, 550, 635,
    615, 352, 635, 634, 278, 278, 579, 278, 974, 634, 612, 635, 635, 411, 521, 392, 634, 592, 818, 592, 592, 525, 636,
    337, 636, 838,
  ]
}
