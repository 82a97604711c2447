import Foundation

/// Values as gnuplot reads them.
enum GnuplotText {
  /// A text in single quotes: nothing in it is markup, an escape or a command.
  ///
  /// Control characters become spaces. An apostrophe becomes a typographic one, since gnuplot 5.4 misreads a doubled
  /// quote at the beginning of a text.
  static func quoted(_ text: String) -> String {
    let plain = text.unicodeScalars.map { scalar -> Unicode.Scalar in
      switch scalar {
      case "'": "\u{2019}"
      case "\u{0}"..<" ", "\u{7F}": " "
      default: scalar
      }
    }
    return "'" + String(String.UnicodeScalarView(plain)) + "'"
  }

  /// A number with a fixed number of decimals, without the zeroes at its end.
  static func number(_ value: Double, decimals: Int = 4) -> String {
    var text = String(format: "%.\(decimals)f", value)
    if text.contains(".") {
      while text.hasSuffix("0") { text.removeLast() }
      if text.hasSuffix(".") { text.removeLast() }
    }
    return text == "-0" ? "0" : text
  }
}
