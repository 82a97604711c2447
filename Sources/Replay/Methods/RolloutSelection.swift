import Traces

/// A rule applied to N of the recorded rollouts: best-of-N, majority vote, weighted best-of-N.
///
/// The standard draws N of K without replacement; preset `sal` takes the first N as recorded, the first in ties, and
/// counts the empty answer as a class (search-and-learn at 6f81cac, `src/sal/utils/math.py` and `score.py`), so that
/// published numbers come out exactly.
struct RolloutSelection: ReplayMethod {
  let rule: SelectionRule
  /// Whether the first N rollouts are taken instead of random ones.
  let takesFirst: Bool
  let choice: RolloutChoice

  init(_ rule: SelectionRule, preset: String?) {
    self.rule = rule
    takesFirst = preset == "sal"
    choice = takesFirst ? .published : RolloutChoice()
  }

  var isDeterministic: Bool { takesFirst }

  func absence(budget: Int, record: RecordSummary) -> Absence? {
    budget > record.rollouts ? .tooFewRollouts(recorded: record.rollouts) : nil
  }

  func run(budget: Int, engine: inout ReplayEngine, workspace: inout Workspace) -> RunOutcome {
    if takesFirst {
      workspace.order.removeAll(keepingCapacity: true)
      for rollout in 0..<budget {
        workspace.order.append(Int32(truncatingIfNeeded: rollout))
        engine.pay(forRollout: rollout)
      }
    } else {
      engine.drawRollouts(budget, into: &workspace.order)
    }
    return .verdict(rule.isRight(choice, engine: &engine, workspace: &workspace))
  }
}

extension MethodDescriptor.Preset {
  /// search-and-learn's scoring stage, which reads the last score whatever its aggregation setting says.
  static let searchAndLearnScoring = MethodDescriptor.Preset(
    "sal", version: "search-and-learn 6f81cac", fixedAggregation: .last)
}
