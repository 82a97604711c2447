import Estimation
import Foundation
import Replay
import Traces

/// One run as `retrace inspect --method` shows it.
public struct GenealogyInspection: Sendable {
  let record: ProblemRecord
  let run: RunRecord
  let genealogy: Genealogy
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
    genealogy = Genealogy(run, isRight: record.reachesRight) { record.tree.isTerminal[$0] }
  }

  /// The recording that was replayed.
  public var recording: String { record.group.name }

  /// The genealogy for a terminal.
  public var text: String {
    let lines = Array(record.heading.prefix(2)) + [name, verdict, ""] + table + ["", fateText, ""]
    return lines.map { $0 + "\n" }.joined() + view.text
  }

  /// The genealogy in the language of Graphviz.
  public var graphviz: String { view.graphviz(title: "\(record.problem.key), \(cell.method)") }

  /// The genealogy in the language of Mermaid.
  public var mermaid: String { view.mermaid }

  var view: OutlineView { OutlineView(outline, bounds: bounds) }

  private var name: String {
    let parts = [
      cell.method, cell.preset.map { "preset \($0)" }, cell.aggregate, cell.scorer.map { "scores of \($0)" },
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
    ].map { "\($0.0) \($0.1 == 1 ? "right" : "wrong")" }.joined(separator: ", ")
    let best = run.best.map { ", best particle #\($0)" } ?? ""
    return "answer \(right == 1 ? "right" : "wrong") (\(rules)), expected \(Self.number(expected))\(best)"
  }

  private var table: [String] {
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

  private var fateText: String {
    switch genealogy.fate {
    case .never: "no particle ever stood where a right answer is recorded"
    case .survived(let particles):
      "right to the end: " + particles.map { "#\($0)" }.joined(separator: ", ")
    case .died(let step, let particles, let losses):
      "last right at step \(step): "
        + [Genealogy.Loss.notCopied, .drewWrongStep].compactMap { loss in
          text(of: zip(particles, losses).filter { $0.1 == loss }.map(\.0), step: step, loss)
        }.joined(separator: "; ")
    }
  }

  /// Which right particles were lost in one way, with their weight; `nil` where none was.
  private func text(of particles: [Int], step: Int, _ loss: Genealogy.Loss) -> String? {
    guard !particles.isEmpty else { return nil }
    let names = particles.prefix(8).map { "#\($0)" }.joined(separator: ", ") + (particles.count > 8 ? ", …" : "")
    let weights = run.generations[step - 1].weight
    let weight = weights.isEmpty ? "" : ", weight " + Self.number(particles.reduce(0) { $0 + weights[$1] })
    return "\(OneLineText.count(particles.count, "particle")) (\(names)\(weight)) \(loss.words)"
  }

  static func number(_ value: Double) -> String { String(format: "%.3f", value) }
}

extension Genealogy.Loss {
  fileprivate var words: String {
    switch self {
    case .notCopied: "not copied by resampling"
    case .drewWrongStep: "copied, but every copy drew a step after which no right answer is recorded"
    }
  }
}
