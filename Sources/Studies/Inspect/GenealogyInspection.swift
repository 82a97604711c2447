import Estimation
import Foundation
import Replay
import Traces

/// One run as `retrace inspect --method` shows it.
public struct GenealogyInspection: Sendable {
  let record: ProblemRecord
  let run: RunRecord
  /// The nodes that it came to.
  let nodes: RunNodes
  /// One genealogy for each filter of the run.
  let genealogies: [Genealogy]
  /// What was run, the budget included.
  let cell: Cell
  let replicate: Int
  let seed: UInt64
  let bounds: OutlineBounds

  init(record: ProblemRecord, run: RunRecord, cell: Cell, replicate: Int, seed: UInt64, bounds: OutlineBounds) {
    self.record = record
    self.run = run
    self.cell = cell
    self.replicate = replicate
    self.seed = seed
    self.bounds = bounds
    let nodes = RunNodes(record, run)
    self.nodes = nodes
    genealogies = run.sweeps.map { sweep in
      Genealogy(run, sweep: sweep, isRight: nodes.reachesRight) { nodes.end($0) != nil }
    }
  }

  /// The recording that was replayed.
  public var recording: String { record.group.name }

  /// The genealogy for a terminal.
  public var text: String {
    let lines = Array(record.heading.prefix(2)) + [name, verdict, ""] + tables
    return lines.map { $0 + "\n" }.joined() + view.text
  }

  /// A table for each filter, and what became of its right particles.
  private var tables: [String] {
    run.sweeps.indices.flatMap { index -> [String] in
      let heading = run.sweeps.count > 1 ? [run.sweeps[index].heading] : []
      let fate = GenealogyFate(genealogies[index], run.sweeps[index].generations, isSearch: run.isSearch)
      return heading + table(genealogies[index]) + ["", fate.text, ""]
    }
  }

  /// The genealogy in the language of Graphviz.
  public var graphviz: String { view.graphviz(title: "\(record.problem.key), \(cell.method)") }

  /// The genealogy in the language of Mermaid.
  public var mermaid: String { view.mermaid }

  var view: OutlineView { OutlineView(outline, bounds: bounds) }

  private var name: String {
    let parts = [
      cell.method, cell.presetTitle.map { "preset \($0)" }, cell.aggregate, cell.scorer.map { "scores of \($0)" },
      "recording \(cell.recording)", "N = \(cell.budget)", "replicate \(replicate)", "seed \(seed)",
    ]
    return parts.compactMap { $0 }.joined(separator: ", ")
  }

  private var verdict: String {
    guard let right = run.right, let expected = run.expected else {
      return "refused: a continuation was not recorded, and the policy borrows none"
    }
    let rules = [
      ("argmax", run.rules.argmax), ("sample", run.rules.sample), ("vote", run.rules.vote),
      ("weighted vote", run.rules.weightedVote),
    ].filter { !$0.1.isNaN }.map { "\($0.0) \($0.1 == 1 ? "right" : "wrong")" }.joined(separator: ", ")
    let reason = run.reason.map { ", " + $0.words } ?? ""
    let best = run.best.map { ", best particle " + Self.place($0, isSearch: run.isSearch) + reason } ?? ""
    let verdicts = rules.isEmpty ? "" : " (\(rules))"
    return "answer \(right == 1 ? "right" : "wrong")\(verdicts), expected \(Self.number(expected))\(best)"
  }

  /// A particle's number; in a search with its step.
  static func place(_ place: RunRecord.Place, isSearch: Bool) -> String {
    "#\(place.particle)" + (isSearch ? " of step \(place.generation + 1)" : "")
  }

  private func table(_ genealogy: Genealogy) -> [String] {
    let head = ["step", "open", "ESS", "parents", "ancestors", "survivors", "right", "weight of right"]
    let rows = genealogy.steps.map { step in
      [
        "\(step.step)", "\(step.open)", step.effectiveSampleSize.map { String(format: "%.1f", $0) } ?? "–",
        step.parents.map(String.init) ?? "–", "\(step.ancestors)", "\(step.survivors)", "\(step.right)",
        step.rightWeight.map(Self.number) ?? "–",
      ]
    }
    let widths = head.indices.map { column in ([head] + rows).map { $0[column].count }.max() ?? 0 }
    return ([head] + rows).map { row in
      zip(row, widths).map { String(repeating: " ", count: $1 - $0.count) + $0 }.joined(separator: "  ")
    }
  }

  static func number(_ value: Double) -> String { String(format: "%.3f", value) }
}

extension RunRecord.Reason {
  /// Why the particle answers.
  fileprivate var words: String {
    switch self {
    case .bestOfAll: "whose score no path surpassed when its turn came, finished or not"
    case .budgetSpent: "the best finished one when the budget was spent"
    }
  }
}

extension RunRecord.Sweep {
  /// What the filter is among those of its run.
  var heading: String {
    let ofChain = temperature.map { ", chain \(chain) at T = \(GenealogyInspection.number($0))" } ?? ""
    let reference = hasReference ? ", the last particle is the reference" : ""
    return "iteration \(iteration)\(ofChain)\(reference)" + (kept.map { "; #\($0) is kept for the next" } ?? "")
  }
}
