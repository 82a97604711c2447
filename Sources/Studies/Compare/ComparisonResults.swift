import Estimation
import Traces

/// What two sides came to on the same problems.
public struct ComparisonResults: Sendable {
  let left: StudyResults
  let right: StudyResults

  /// Whether the user stopped before all problems were done.
  public var isPartial: Bool { left.isPartial || right.isPartial }

  /// What was left out and why, each sentence once.
  public func notices() -> [String] {
    var seen: Set<String> = []
    return (left.notices() + right.notices()).filter { seen.insert($0).inserted }
  }

  /// The reason why a side could not run at any budget.
  public func impossibleMethod() -> StudyError? { left.impossibleMethod() ?? right.impossibleMethod() }

  /// The resamples of the problems that both sides have: those of a replay of either.
  var resamples: ProblemResamples {
    let common = Set(left.finishedProblems).intersection(right.finishedProblems)
    return ProblemResamples(problems: common, seed: left.request.seed)
  }

  /// The comparisons: one for each recording that both sides were replayed on; where a side has one recording only, it
  /// is set against each of the other's.
  ///
  /// - Throws: `ComparisonError.nothingInCommon` where no budget and recording has numbers of both.
  public func document() throws -> ComparisonDocument {
    let resamples = resamples
    let ours = left.curves(resamples)
    let theirs = right.curves(resamples)
    let isSingle = ours.count == 1 || theirs.count == 1
    var entries: [ComparisonDocument.Entry] = []
    for mine in ours {
      for other in theirs where isSingle || mine.cell.recording == other.cell.recording {
        let comparison = resamples.compare(mine.cell, mine.curve, with: other.cell, other.curve)
        guard !comparison.rows.isEmpty else { continue }
        entries.append(.init(comparison: comparison, leftRows: mine.rows, rightRows: other.rows))
      }
    }
    guard !entries.isEmpty else {
      throw ComparisonError.nothingInCommon(left: left.name, right: right.name)
    }
    var settings = left.settings
    // Each side's options say where its continuations came from.
    settings.others.removeAll { $0.key == "continuation" }
    return ComparisonDocument(settings: settings, entries: entries)
  }
}

/// A cell's values at all its budgets, with the rows of a replay, which say how far they can be trusted.
private struct StudyCurve {
  var cell: Cell
  var curve: ScalingCurve
  var rows: [Int: CurvePoint]
}

extension StudyResults {
  /// The method's name, for messages.
  fileprivate var name: String { cells.first?.method.descriptor.name ?? "" }

  /// One curve a cell; budgets without a number on any problem are left out.
  fileprivate func curves(_ resamples: ProblemResamples) -> [StudyCurve] {
    let rows = document().rows
    return cells.indices.map { index in
      var values: [Int: [Double]] = [:]
      var trust: [Int: CurvePoint] = [:]
      for (position, budget) in request.budgets.values.enumerated() {
        let successes = resamples.successes(of: outcomes(cell: index, budget: position))
        guard successes.contains(where: { !$0.isNaN }) else { continue }
        values[budget] = successes
        let cell = cells[index].row(budget: budget, scorer: scorer)
        trust[budget] = rows.first { $0.cell == cell }
      }
      return StudyCurve(
        cell: cells[index].row(budget: 0, scorer: scorer), curve: ScalingCurve(values), rows: trust)
    }
  }
}
