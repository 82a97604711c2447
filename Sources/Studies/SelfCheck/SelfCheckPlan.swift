import Replay
import TraceStore
import Traces

/// What a self-check replays: the searches asked for, under each continuation policy.
struct SelfCheckPlan {
  let policies: [ContinuationPolicy]
  /// What was decided for the user.
  let notices: [String]
  private let request: ReplayRequest

  /// Plans a self-check.
  ///
  /// - Throws: `ReplayError` for policies and methods that do not exist; `StudyError` where no method draws continuations.
  init(_ request: FidelityRequest) throws {
    policies = try FidelityPlan.policies(request.policies)
    let names = request.methods.isEmpty ? StudyCells.standardMethods : request.methods
    let methods = try names.map { name throws(ReplayError) in try MethodRegistry.descriptor(named: name) }
    let searches = methods.filter(\.borrows).map(\.name)
    let others = methods.filter { !$0.borrows }.map(\.name)
    guard !searches.isEmpty else { throw StudyError.nothingToReplay(Self.unbiased(others)) }
    notices = request.methods.isEmpty || others.isEmpty ? [] : [Self.unbiased(others)]
    var replay = request.replay
    replay.methods = searches
    replay.aggregations = request.aggregations
    replay.comparesPolicies = false
    if let budgets = request.budgets { replay.budgets = budgets }
    self.request = replay
  }

  private static func unbiased(_ names: [String]) -> String {
    "\(names.joined(separator: ", ")): selects among whole recorded rollouts or reads no scores, so nothing is borrowed "
      + "and there is no bias to predict"
  }

  /// The replay of the record itself under a policy.
  func replay(_ policy: ContinuationPolicy) -> ReplayRequest {
    var replay = request
    replay.continuation = policy.name
    return replay
  }
}

extension MethodDescriptor {
  /// Whether the method draws continuations by score, so that some may have to be borrowed.
  fileprivate var borrows: Bool { source == .steps && needs.contains(.scores) }
}
