import Traces

/// A majority vote that stops drawing when the leader is sure enough; the budget is the most that it may draw.
///
/// Rule `beta`: stop when 1 - I_0.5(v1 + 1, v2 + 1) reaches the threshold, v1 and v2 the votes of the two largest
/// classes, at least two draws: P. Aggarwal et al., arXiv 2305.11860. Rule `doubling`: draw 2, 4, 8, ... until the
/// largest class has the threshold's share of the answers: its-hub 1.2.0,
/// `core/algorithms/adaptive_self_consistency.py`. Preset `its_hub` counts rollouts without an answer as answers of one
/// class, as the program counts responses that its projection finds nothing in: they are part of the share, can stop the
/// run, and can win.
struct AdaptiveVote: ReplayMethod {
  enum Rule: String, Hashable, Sendable, CaseIterable {
    case beta
    case doubling
  }

  let rule: Rule
  let threshold: Double
  /// Whether rollouts without an answer form a class of their own.
  var countsNoAnswer = false

  func absence(budget: Int, record: RecordSummary) -> Absence? {
    budget > record.rollouts ? .tooFewRollouts(recorded: record.rollouts) : nil
  }

  func run(budget: Int, engine: inout ReplayEngine, workspace: inout Workspace) -> RunOutcome {
    workspace.order.removeAll(keepingCapacity: true)
    let choice = RolloutChoice(countsNoAnswer: countsNoAnswer)
    var tally = Tally()
    var batch = rule == .beta ? 1 : 2
    while workspace.order.count < budget {
      for _ in 0..<min(batch, budget - workspace.order.count) {
        engine.drawRollout(into: &workspace.order)
        let drawn = workspace.order[workspace.order.count - 1]
        if let answer = choice.answerClass(drawn, engine.selection) { tally.add(answer, votes: workspace.votes) }
      }
      if isSure(tally, draws: workspace.order.count, leads: &workspace.leads) { break }
      if rule == .doubling { batch = workspace.order.count }
    }
    for rollout in workspace.order {
      if let answer = choice.answerClass(rollout, engine.selection) { workspace.votes[answer] = 0 }
    }
    return .verdict(SelectionRule.majority.isRight(choice, engine: &engine, workspace: &workspace))
  }

  private func isSure(_ tally: Tally, draws: Int, leads: inout LeadTable) -> Bool {
    switch rule {
    case .beta:
      draws >= 2
        && leads.isSure(
          first: tally.first, second: tally.second, threshold: threshold, certainty: Self.certainty(first:second:))
    case .doubling: tally.answers > 0 && Double(tally.first) / Double(tally.answers) >= threshold
    }
  }

  /// The votes of the two largest classes and of all, kept up vote by vote.
  private struct Tally {
    var leader = -1
    var first = 0
    var second = 0
    var answers = 0

    mutating func add(_ answer: Int, votes: borrowing FlatStorage<Double>) {
      answers += 1
      votes[answer] += 1
      let own = Int(votes[answer])
      if own > first {
        if answer != leader { second = first }
        (leader, first) = (answer, own)
      } else if answer != leader {
        second = max(second, own)
      }
    }
  }

  /// 1 - I_0.5(v1 + 1, v2 + 1): for whole numbers the upper tail of a fair binomial with v1 + v2 + 1 trials.
  static func certainty(first: Int, second: Int) -> Double {
    let trials = first + second + 1
    var term = 1.0
    var tail = 0.0
    for successes in 0...trials {
      if successes <= second { tail += term }
      term = term * Double(trials - successes) / Double(successes + 1)
    }
    var scale = 1.0
    for _ in 0..<trials { scale *= 0.5 }
    return 1 - tail * scale
  }
}

extension AdaptiveVote {
  static let standardThreshold = 0.95

  /// The line of the registry.
  static let descriptor = MethodDescriptor(
    "adaptiveVote", "adaptive vote", source: .rollouts, needs: [],
    options: [
      MethodOption("rule", .choice(Rule.allCases.map(\.rawValue)), standard: "beta", "when drawing stops"),
      MethodOption(
        "threshold", .number(0.5...1), standard: String(standardThreshold), "how sure the leader must be"),
    ],
    presets: [.init("its_hub", version: "its-hub 1.2.0", ["rule": "doubling", "threshold": "0.75"])]
  ) { settings in
    AdaptiveVote(
      rule: Rule(rawValue: settings.word("rule")) ?? .beta, threshold: settings.number("threshold"),
      countsNoAnswer: settings.preset == "its_hub")
  }
}
