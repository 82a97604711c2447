import Foundation
import Traces

/// Why a simulation cannot be run as asked.
public enum SimulationError: Error, Equatable, LocalizedError {
  /// The aggregation needs more of a path's scores than the simulation keeps.
  case aggregationNotFollowed(String)
  /// Beam search and verifier tree search need a positive multiple of the width as budget.
  case budgetNotAMultiple(budget: Int, width: Int)

  /// What was asked, what was expected, and what to do.
  public var errorDescription: String? {
    switch self {
    case .aggregationNotFollowed(let name):
      "aggregation \(name): simulated paths keep no window of scores; use last, min, product, mean, max, first or model"
    case .budgetNotAMultiple(let budget, let width):
      "budget \(budget): expected a positive multiple of the width \(width)"
    }
  }
}
