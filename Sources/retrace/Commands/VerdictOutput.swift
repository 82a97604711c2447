import Studies
import Traces

/// Shows where verdicts differ: for people, for spreadsheets, for programs.
struct VerdictOutput {
  let comparison: VerdictComparison

  /// How many rows of a kind are shown to people.
  private static let shown = 50

  func show(csv: Bool, _ output: OutputOptions) throws {
    if output.json { return try output.printJSON(comparison) }
    if csv { return showRows() }
    for counts in comparison.counts { Console.outputLine(text(of: counts)) }
    for difference in comparison.differences.prefix(Self.shown) { Console.outputLine(text(of: difference)) }
    if comparison.differences.count > Self.shown {
      output.notice("\(comparison.differences.count - Self.shown) more rows: --csv or --json shows all")
    }
    for prediction in comparison.predictions { showPrediction(prediction) }
  }

  private func text(of counts: VerdictComparison.Counts) -> String {
    var text =
      "\(counts.recording): \(counts.rollouts) complete rollouts, \(counts.right) right; \(counts.parsed) answers parsed, "
      + "\(counts.fallbacks) compared as text, \(counts.withoutAnswer.counted("rollout")) without an answer"
    if counts.sourceVerdicts == 0 { return text + "\n  the source states no verdicts" }
    let differing = counts.rightOnlyHere + counts.rightOnlyThere
    text +=
      "\n  \(counts.sourceVerdicts) verdicts of the source: \(counts.sourceVerdicts - differing) as ours, "
      + "\(counts.rightOnlyHere) right here only, \(counts.rightOnlyThere) right there only"
    return text
  }

  private func text(of row: VerdictComparison.Difference) -> String {
    "  \(row.problem) \(row.recording) #\(row.rollout): gold \(row.gold ?? "-"), answer \(row.answer ?? "-"): "
      + "\(row.right ? "right" : "wrong") here (\(row.reason)), \(row.sourceRight ? "right" : "wrong") there"
  }

  private func showPrediction(_ prediction: VerdictComparison.Prediction) {
    let counts =
      prediction.compared == 0
      ? "not compared" : "\(prediction.equal) of \(prediction.compared) compared are as ours"
    Console.outputLine("\(prediction.name): \(prediction.stated) stated, \(counts)")
    for row in prediction.differences.prefix(Self.shown) {
      let place = row.rollout.map { " #\($0)" } ?? ""
      Console.outputLine("  \(row.problem) \(row.recording)\(place): \(row.text)")
    }
  }

  private func showRows() {
    Console.outputLine("kind,problem,recording,rollout,gold,answer,right,sourceRight,reason")
    for row in comparison.differences {
      Console.outputLine(
        CSVRow(
          "verdict", row.problem, row.recording, "\(row.rollout)", row.gold, row.answer, "\(row.right)",
          "\(row.sourceRight)", row.reason
        ).description)
    }
    for prediction in comparison.predictions {
      for row in prediction.differences {
        Console.outputLine(
          CSVRow(
            prediction.name, row.problem, row.recording, row.rollout.map(String.init), row.source, row.ours, nil, nil,
            nil
          ).description)
      }
    }
  }
}
