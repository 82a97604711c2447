import ArgumentParser
import Foundation
import Studies
import Traces

/// `retrace grade`: verdicts of the grader.
struct GradeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "grade",
    abstract: "Grade answers: one pair, files of pairs, texts or lists, or a whole store.",
    discussion: """
      Files are JSON lines, - is standard input; rows come out in the same order. --pairs takes id, gold, pred, mode \
      (answer or text); --extract takes id, text; --classes takes id, answers. --compare takes a store and lists where \
      our verdicts and choices differ from the verdicts and predictions that the rollouts' source states.
      """)

  @Option(help: "The gold answer.")
  var gold: String?

  @Option(help: "The answer to grade.")
  var answer: String?

  @Option(help: "A file of pairs.")
  var pairs: String?

  @Option(help: "A file of texts to extract answers from.")
  var extract: String?

  @Option(help: "A file of lists of answers to put into classes.")
  var classes: String?

  @Option(help: "A store whose verdicts to compare with those of its sources.")
  var compare: String?

  @Flag(help: "With --compare: print the rows as comma-separated values.")
  var csv = false

  @Option(help: "How answers are found in texts: retrace, sal, qwen or cot.")
  var extraction = "retrace"

  @OptionGroup var output: OutputOptions

  func validate() throws {
    if (gold == nil) != (answer == nil) { throw ValidationError("--gold and --answer go together") }
    let modes = [gold, pairs, extract, classes, compare].compactMap { $0 }
    if modes.count != 1 {
      throw ValidationError("expected one of --gold with --answer, --pairs, --extract, --classes, --compare")
    }
    if csv, compare == nil { throw ValidationError("--csv goes with --compare") }
    if csv, output.json { throw ValidationError("--csv and --json exclude each other") }
    _ = try preset()
  }

  private func preset() throws -> GradingPreset {
    guard let preset = GradingPreset(rawValue: extraction) else {
      let known = GradingPreset.allCases.map(\.rawValue)
      throw ValidationError(
        "--extraction \(extraction)\(NearestName.hint(extraction, among: known)): expected one of "
          + known.joined(separator: ", "))
    }
    return preset
  }

  func run() throws {
    let files = GradingFiles(preset: try preset(), isStopped: { Interruption.isRequested })
    if let gold, let answer {
      try show(AnswerComparison(gold: gold, answer: answer))
    } else if let pairs {
      try files.pairs(in: pairs) { try printRow($0) }
    } else if let extract {
      try files.extract(from: extract) { try printRow($0) }
    } else if let classes {
      try files.classes(in: classes) { try printRow($0) }
    } else if let compare {
      try VerdictOutput(comparison: VerdictComparison(of: compare)).show(csv: csv, output)
    }
  }

  private func show(_ comparison: AnswerComparison) throws {
    guard !output.json else { return try output.printJSON(comparison) }
    Console.outputLine(comparison.equal ? "equal (\(comparison.rule))" : "different (\(comparison.rule))")
    for (name, side) in [("gold", comparison.gold), ("answer", comparison.answer)] {
      let note = side.isFallback ? "  (not parsed: compared as text)" : ""
      Console.outputLine("\(name.padding(toLength: 7, withPad: " ", startingAt: 0))\(side.canonical)\(note)")
    }
  }

  private func printRow(_ row: some Encodable) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    Console.outputLine(String(decoding: try encoder.encode(row), as: UTF8.self))
  }
}
