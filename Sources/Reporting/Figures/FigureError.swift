import Foundation

/// Why a figure was not drawn.
public enum FigureError: Error, Hashable, Sendable {
  /// A panel has no point to draw.
  case noData(panel: String)
  /// A point's accuracy or interval is not inside 0...1, or its cost is not above 0.
  case unusablePoint(panel: String, series: String, cost: Double)
  /// A reference line is not inside 0...1.
  case unusableReference(panel: String, name: String, accuracy: Double)
  /// gnuplot is not installed or cannot be started.
  case gnuplotMissing(name: String, reason: String)
  /// gnuplot gave up or complained.
  case gnuplotFailed(status: String, message: String)
  /// gnuplot ended well but what it drew is not a file of the format.
  case unexpectedOutput(format: FigureFormat, bytes: Int)
  /// gnuplot draws no letters, since no font is installed.
  case noFonts(format: FigureFormat)
}

extension FigureError: LocalizedError {
  /// What happened, what was expected, and what to do.
  public var errorDescription: String? {
    switch self {
    case .noData(let panel):
      "\(panel): found no point to draw; expected at least one budget with a result"
    case .unusablePoint(let panel, let series, let cost):
      "\(panel): \(series) at \(cost): expected a cost above 0, 0 <= low <= high <= 1, and the accuracy inside 0...1"
    case .unusableReference(let panel, let name, let accuracy):
      "\(panel): reference line \(name): found \(accuracy); expected a fraction, 0...1"
    case .gnuplotMissing(let name, let reason):
      "\(name) could not be started: \(reason)\n"
        + "  Install it (Debian, Ubuntu: apt-get install gnuplot-nox fonts-dejavu-core; macOS: brew install gnuplot) "
        + "and see that it is on PATH; tables need no gnuplot."
    case .gnuplotFailed(let status, let message):
      "gnuplot \(status): \(message.isEmpty ? "no message" : message)"
    case .unexpectedOutput(let format, let bytes):
      "gnuplot wrote \(bytes) bytes that are no \(format.rawValue) file; gnuplot 5.4 with cairo is expected\n"
        + "  Install gnuplot-nox, gnuplot-qt or gnuplot-x11 from the distribution."
    case .noFonts(let format):
      "gnuplot draws no letters in \(format.rawValue): no font was found\n"
        + "  Install one (Debian, Ubuntu: apt-get install fonts-dejavu-core)."
    }
  }
}
