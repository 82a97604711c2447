import Estimation

extension PredictionComparison.Difference {
  /// Both answers on one line that a terminal can show.
  public var text: String {
    "\(Self.shown(source)) there, \(ours.map(Self.shown) ?? "no answer") here"
  }

  /// The end of a text is where its answer stands.
  private static func shown(_ text: String) -> String {
    let end = text.suffix(80)
    return (end.count < text.count ? "…" : "") + OneLineText.shortened(String(end), to: 80)
  }
}
