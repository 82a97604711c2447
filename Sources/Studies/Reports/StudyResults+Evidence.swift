import Estimation
import Reporting
import Traces

extension StudyResults {
  /// Whether one cell beats another is judged by paired differences over the same problems and resamples.
  var evidence: OrderEvidence {
    let resamples = resamples
    var values: [Cell: [Double]] = [:]
    for index in cells.indices {
      for (position, budget) in request.budgets.values.enumerated() {
        let outcomes = outcomes(cell: index, budget: position)
        values[cells[index].row(budget: budget, scorer: scorer)] = resamples.successes(of: outcomes)
      }
    }
    return OrderEvidence(values: values, resamples: resamples)
  }
}
