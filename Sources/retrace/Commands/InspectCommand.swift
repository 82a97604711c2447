import ArgumentParser
import Foundation
import Studies

/// `retrace inspect`: one problem's tree, or one run's genealogy.
struct InspectCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "inspect",
    abstract: "Show one problem's recorded tree, or the genealogy of one run on it.",
    discussion: """
      Without --method: the tree, a line a node, with visits (3x), scores, step, and what it ended in; the lines \
      before it say how the answers vote. With --method and --budget: the very run that `replay` counts as --replicate, \
      step by step: particles without an end, effective sample size (ESS), parents with a copy, ancestors of the first \
      step that are alive, particles that survive to the end, and right particles (those from which the recorded tree \
      reaches a right answer); where the last right one died; and who descended from whom.

        retrace inspect s.retrace test/algebra/1004.json --top 3 --depth 4
        retrace inspect s.retrace test/algebra/1004.json --method pf --aggregate last --budget 8 --replicate 0
        retrace inspect s.retrace test/algebra/1004.json --dot | dot -Tsvg > tree.svg
      """)

  @Argument(help: "The store.")
  var store: String

  @Argument(help: "The problem's key.")
  var problem: String

  @OptionGroup var options: RunOptions
  @OptionGroup var bounds: BoundsOptions
  @OptionGroup var output: OutputOptions

  @Flag(help: "Print the graph in the language of Graphviz.")
  var dot = false

  @Flag(help: "Print the graph in the language of Mermaid.")
  var mermaid = false

  func validate() throws {
    if [output.json, dot, mermaid].count(where: { $0 }) > 1 {
      throw ValidationError("--json, --dot and --mermaid exclude each other")
    }
    if options.method != nil, output.json, let bound = bounds.given.first {
      throw ValidationError("\(bound): --json has every particle of a run; leave it out")
    }
  }

  func run() async throws {
    let inspection = try ProblemInspection(of: problem, in: store)
    if options.method != nil {
      try await showRun(inspection)
    } else {
      try showTree(inspection)
    }
  }

  private func showTree(_ inspection: ProblemInspection) throws {
    let tree = try inspection.tree(
      recording: options.recording, scorer: options.scorer, mergesPrefixes: try options.mergesPrefixes(),
      bounds: bounds.bounds(standard: output.json ? OutlineBounds() : .terminal))
    try noteOthers(inspection, than: tree.recording)
    if output.json {
      Console.output(tree.json)
    } else {
      Console.output(dot ? tree.graphviz : mermaid ? tree.mermaid : tree.text)
    }
  }

  private func showRun(_ inspection: ProblemInspection) async throws {
    let genealogy = try await inspection.genealogy(
      try options.request(), replicate: options.replicate ?? 0, bounds: bounds.bounds(standard: .terminal))
    try noteOthers(inspection, than: genealogy.recording)
    if output.json {
      Console.output(genealogy.json)
    } else {
      Console.output(dot ? genealogy.graphviz : mermaid ? genealogy.mermaid : genealogy.text)
    }
  }

  private func noteOthers(_ inspection: ProblemInspection, than shown: String) throws {
    guard options.recording == nil else { return }
    let others = try inspection.otherRecordings(than: shown)
    if !others.isEmpty {
      output.notice("recording \(shown) is shown; --recording shows \(others.joined(separator: ", "))")
    }
  }
}
