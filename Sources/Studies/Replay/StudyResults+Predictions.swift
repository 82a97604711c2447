import Estimation

extension StudyResults {
  /// How many problems a notice lists.
  private static let listed = 5

  /// How the sources' own predictions compare with the choices made here, a sentence for each method and recording.
  func predictionNotices() -> [String] {
    cells.indices.compactMap { index in
      let comparisons = (storedPredictions[index] ?? []).compactMap { $0 }
      guard !comparisons.isEmpty else { return nil }
      let differing = comparisons.flatMap { comparison in comparison.differences.map { (comparison.name, $0) } }
      var text =
        "\(cells[index].group.name): \(cells[index].method.descriptor.name) as the source's own predictions: "
        + comparisons.map(Self.counts).joined(separator: ", ")
      if !differing.isEmpty {
        let listed = differing.prefix(Self.listed).map { "\($0.0) of \($0.1.problem): \($0.1.text)" }
        text += "; not " + listed.joined(separator: "; ")
      }
      if differing.count > Self.listed { text += "; and \(differing.count - Self.listed) more (--json lists all)" }
      return text
    }
  }

  private static func counts(_ comparison: PredictionComparison) -> String {
    let left = comparison.stated - comparison.compared
    return "\(comparison.name) \(comparison.equal) of \(comparison.compared)"
      + (left == 0 ? "" : " (\(left) not compared)")
  }
}
