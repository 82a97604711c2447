import Foundation
import Traces

/// A problem or a run that cannot be shown.
public enum InspectionError: Error, Hashable, Sendable {
  /// No rollout of the problem is in the recordings.
  case noRollouts(problem: String, recordings: [String])
  /// The method has no run at this budget on the problem.
  case noRun(problem: String, method: String, budget: Int, reason: String)
}

extension InspectionError: LocalizedError {
  /// What was asked for and why there is none.
  public var errorDescription: String? {
    switch self {
    case .noRollouts(let problem, let recordings):
      "problem \(problem) has no rollouts in \(recordings.isEmpty ? "the store" : recordings.joined(separator: ", "))"
    case .noRun(let problem, let method, let budget, let reason):
      "problem \(problem): \(method) has no run at N = \(budget): \(reason)"
    }
  }
}

extension InspectionError: DataRefusal {}
