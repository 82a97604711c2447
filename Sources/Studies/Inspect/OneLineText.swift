import Foundation

/// Texts of models as one short line that a terminal can show.
enum OneLineText {
  /// Line breaks become ⏎, other control and format characters (escape sequences, changes of direction) become ·, and
  /// what is longer than a limit ends in an ellipsis.
  static func shortened(_ text: String, to limit: Int) -> String {
    var result = ""
    var count = 0
    for character in text {
      guard count < limit else { return result + "…" }
      result += character.isNewline ? "⏎" : isHarmless(character) ? String(character) : "·"
      count += 1
    }
    return result
  }

  /// A score with three digits after the point, or as a power of ten where those would show nothing of it.
  static func score(_ score: Double) -> String {
    String(format: score != 0 && abs(score) < 0.0005 ? "%.0e" : "%.3f", score)
  }

  /// A count with its noun: `1 vote`, `2 votes`.
  static func count(_ count: Int, _ noun: String) -> String {
    "\(count) \(count == 1 ? noun : noun + "s")"
  }

  private static func isHarmless(_ character: Character) -> Bool {
    character.unicodeScalars.allSatisfy { scalar in
      switch scalar.properties.generalCategory {
      case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator, .paragraphSeparator:
        // Joiners and variation marks belong to emoji and scripts.
        scalar == "\u{200D}" || scalar == "\u{200C}"
      default: true
      }
    }
  }
}
