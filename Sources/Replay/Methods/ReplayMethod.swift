import Traces

/// A method with its settings, ready to run. Runs are pure: all state is in the engine and the workspace.
protocol ReplayMethod: Sendable {
  /// Why the method has no number at a budget on a problem; `nil` where it can run.
  func absence(budget: Int, record: RecordSummary) -> Absence?

  /// What makes a budget that can run a doubtful choice, in words; `nil` where nothing does.
  func caution(budget: Int) -> String?

  /// Runs the method once.
  func run(budget: Int, engine: inout ReplayEngine, workspace: inout Workspace) -> RunOutcome

  /// Whether the outcome carries the verdicts of all answer rules.
  var hasRules: Bool { get }

  /// Whether the result does not depend on random numbers, so that one run says all.
  var isDeterministic: Bool { get }

  /// Whether runs need every draw with the one before it.
  var keepsHistory: Bool { get }
}

extension ReplayMethod {
  func caution(budget: Int) -> String? { nil }
  var hasRules: Bool { false }
  var isDeterministic: Bool { false }
  var keepsHistory: Bool { false }
}

/// What of a problem's record decides whether a budget can run.
struct RecordSummary: Sendable {
  /// Recorded draws from the prompt.
  var starts: Int
  /// Complete independent rollouts.
  var rollouts: Int
  /// The complete rollouts of each recording that has some.
  var rolloutsByRecording: [Int]
  /// The number of complete rollouts of recordings at temperature 0.
  var greedyRollouts: Int
}
