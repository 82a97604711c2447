import Estimation
import Traces

/// What a reader must know to trust a figure of curves, from the rows and settings alone.
struct CurveCaption {
  /// The curves of each panel.
  let panels: [[CurveGroup]]
  let settings: ReplaySettings
  let names: SeriesNames
  /// The aggregation that all curves which read scores share; `nil` where they do not.
  let aggregate: String?
  let evidence: OrderEvidence

  /// The caption in one paragraph.
  var text: String {
    [problems, conditions, dashes, order, doubts].filter { !$0.isEmpty }.joined(separator: " ")
  }

  private var points: [CurvePoint] { panels.flatMap { $0 }.flatMap(\.points) }

  private var problems: String {
    let counts = panels.map { panel in panel.flatMap(\.points).map(\.problems) }
    let all = counts.flatMap { $0 }
    let panelsAgree = Set(counts.map(Set.init)).count == 1
    let words =
      panelsAgree
      ? Self.range(all)
      : counts.enumerated().map { "(\(GnuplotScript.letter($0))) \(Self.range($1))" }.joined(separator: ", ")
    return "Means over \(words) problems; bands are 95\u{A0}% bootstrap intervals over problems, paired across curves."
  }

  private var conditions: String {
    var parts = ["seed \(settings.seed)", "\(settings.replicates) replicates where a method draws at random"]
    let scorers = Set(points.compactMap(\.cell.scorer)).sorted()
    if !scorers.isEmpty { parts.append("scorer \(scorers.joined(separator: ", "))") }
    if let aggregate, points.contains(where: { $0.cell.aggregate != nil }) { parts.append("aggregation \(aggregate)") }
    let presets = Set(points.compactMap(\.cell.presetTitle)).sorted()
    if !presets.isEmpty { parts.append("preset \(presets.joined(separator: ", "))") }
    if case .string(let policy)? = settings.json["continuation"] { parts.append("continuations \(policy)") }
    return Self.sentence(parts.joined(separator: "; "))
  }

  private var dashes: String {
    let doubtful = panels.enumerated().flatMap { index, panel in
      panel.flatMap { group in group.points.map { (index, group.cell, $0) } }
    }.filter { $0.2.warnings.contains(.lowCoverage) }
    guard let (index, cell, worst) = doubtful.min(by: { $0.2.coverage.recorded < $1.2.coverage.recorded }) else {
      return ""
    }
    let place = (panels.count > 1 ? "(\(GnuplotScript.letter(index))) " : "") + names.short(cell)
    let least = GnuplotText.number(100 * worst.coverage.recorded, decimals: 0)
    return "Dashed with open markers: low coverage, \(ResultWarning.lowCoverage.explanation) "
      + "(least: \(least)\u{A0}% recorded, \(place) at N\u{A0}=\u{A0}\(worst.cell.budget))."
  }

  /// Which orders the data do not support, at the largest budget that all curves of a panel have.
  ///
  /// pass@N is left out: it bounds every selection from the same rollouts by definition.
  private var order: String {
    var findings: [(panels: [Int], text: String)] = []
    for (index, panel) in panels.enumerated() {
      guard let text = unorderedGroups(panel) else { continue }
      if let same = findings.firstIndex(where: { $0.text == text }) {
        findings[same].panels.append(index)
      } else {
        findings.append(([index], text))
      }
    }
    guard !findings.isEmpty else { return "" }
    let words = findings.map { finding in
      let letters = finding.panels.map { "(\(GnuplotScript.letter($0)))" }.joined(separator: " ")
      return finding.panels.count == panels.count ? finding.text : "\(letters) \(finding.text)"
    }
    return "The \(evidence.basis) support no order within: \(words.joined(separator: "; "))."
  }

  /// More groups a panel would bury the message.
  private static let mostGroups = 4

  private func unorderedGroups(_ panel: [CurveGroup]) -> String? {
    let ranked = panel.filter { $0.cell.method != "pass" }
    let budgets = ranked.map { Set($0.points.map(\.cell.budget)) }
    guard let first = budgets.first, let budget = budgets.reduce(first, { $0.intersection($1) }).max() else {
      return nil
    }
    let groups = evidence.unordered(ranked.flatMap(\.points).filter { $0.cell.budget == budget })
    guard !groups.isEmpty else { return nil }
    let shown = groups.prefix(Self.mostGroups).map { group in
      "{" + group.map { names.short($0.cell) }.joined(separator: ", ") + "}"
    }
    let others = groups.count > shown.count ? " and \(groups.count - shown.count) further groups" : ""
    return shown.joined(separator: ", ") + others + " at N\u{A0}=\u{A0}\(budget)"
  }

  private var doubts: String {
    let warnings = Set(points.flatMap(\.warnings)).subtracting([.lowCoverage]).sorted()
    return warnings.isEmpty ? "" : "Note: \(warnings.map(\.explanation).joined(separator: "; "))."
  }

  private static func range(_ counts: [Int]) -> String {
    guard let low = counts.min(), let high = counts.max() else { return "no" }
    return low == high ? "\(low)" : "\(low) to \(high)"
  }

  private static func sentence(_ text: String) -> String { text.prefix(1).uppercased() + text.dropFirst() + "." }
}
