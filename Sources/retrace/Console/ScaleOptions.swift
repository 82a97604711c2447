import ArgumentParser
import Studies
import Traces

/// The option by which users say what range a scorer's numbers have.
struct ScaleOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The scale of a scorer: NAME=SCALE, or SCALE for all; probability, logit or unbounded; repeat for more.",
      valueName: "scale"))
  var scale: [String] = []

  /// The scales by scorer.
  var byScorer: [String: ScoreScale] {
    var scales: [String: ScoreScale] = [:]
    for part in parts { if let name = part.name { scales[name] = part.scale } }
    return scales
  }

  /// The scale of all other scorers, where the user names one.
  var ofAll: ScoreScale? { parts.last { $0.name == nil }?.scale }

  private var parts: [(name: String?, scale: ScoreScale)] {
    scale.compactMap { text in
      guard let equals = text.lastIndex(of: "=") else { return ScoreScale(rawValue: text).map { (nil, $0) } }
      return ScoreScale(rawValue: String(text[equals...].dropFirst())).map { (String(text[..<equals]), $0) }
    }
  }

  func validate() throws {
    guard parts.count < scale.count else { return }
    let known = ScoreScale.allCases.map(\.rawValue).joined(separator: ", ")
    throw ValidationError("--scale \(scale.joined(separator: ", ")): expected SCALE or NAME=SCALE with one of \(known)")
  }
}
