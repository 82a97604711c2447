import Foundation

/// The fonts that an svg asks its viewer for.
enum SVGFonts {
  /// Names fonts of the same widths after the first, since an svg is read where DejaVu Sans may be missing.
  static func withFallbacks(_ bytes: [UInt8]) -> [UInt8] {
    let text = String(decoding: bytes, as: UTF8.self)
    return Array(
      text.replacingOccurrences(
        of: "font-family=\"DejaVu Sans\"", with: "font-family=\"DejaVu Sans, Verdana, Bitstream Vera Sans, sans-serif\""
      ).utf8)
  }
}
