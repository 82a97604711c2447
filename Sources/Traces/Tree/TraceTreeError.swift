import Foundation

/// Segments that do not make a tree.
public enum TraceTreeError: Error, Hashable, Sendable {
  /// A segment continues one that does not come before it, so there may be a cycle.
  case parentNotBefore(problem: String, rollout: Int, parent: Int)
  /// A segment leaves its parent after more steps than the parent's path has.
  case parentTooShort(problem: String, rollout: Int, parent: Int, step: Int, available: Int)
  /// A segment goes on after the end of a rollout that was over.
  case parentIsOver(problem: String, rollout: Int, parent: Int)
  /// A segment has no steps.
  case noSteps(problem: String, rollout: Int)
}

extension TraceTreeError: LocalizedError {
  /// The problem, the rollout, and what is wrong with it.
  public var errorDescription: String? {
    switch self {
    case .parentNotBefore(let problem, let rollout, let parent):
      "problem \(problem), rollout \(rollout): its parent is rollout \(parent); expected an earlier rollout of the "
        + "same problem, 0 to \(rollout - 1)"
    case .parentTooShort(let problem, let rollout, let parent, let step, let available):
      "problem \(problem), rollout \(rollout): it leaves rollout \(parent) after \(step) steps; that path has "
        + "\(available) steps"
    case .parentIsOver(let problem, let rollout, let parent):
      "problem \(problem), rollout \(rollout): it goes on after the end of rollout \(parent), which is over; expected "
        + "a parent with finish null, or an earlier step"
    case .noSteps(let problem, let rollout):
      "problem \(problem), rollout \(rollout): it has no steps; expected one at least"
    }
  }
}
