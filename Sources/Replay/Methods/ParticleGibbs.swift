import Foundation
import Traces

/// Particle Gibbs: I filters of N / I particles, each but the first conditional on a path kept from the one before.
///
/// The reference path is drawn by final weight. It takes part in resampling at each step with its score at that step, is
/// never replaced, and when chosen is copied up to the present step. Resampling is multinomial, which makes one iteration
/// leave the filter's target invariant: C. Andrieu, A. Doucet and R. Holenstein, JRSS B 72 (2010),
/// doi 10.1111/j.1467-9868.2009.00736.x. With ancestor sampling (`pgas`; F. Lindsten, M. I. Jordan and T. B. Schön, JMLR
/// 15 (2014)) the reference's past is drawn anew at each step among candidates whose continuations have the same law.
///
/// An iteration lasts until all particles have finished, the reference included. The next reference is drawn by final
/// weight, or evenly where nothing has moved since the last resampling.
///
/// Presets: `pis` weighs the reference one step ahead; `its_hub` by its final score at every step, resamples after the
/// last step, too, and takes `maxSteps` + 1 steps at most. Both end an iteration when the free particles have finished,
/// wherever the reference is then, and draw the next reference by weight always.
struct ParticleGibbs: ReplayMethod {
  /// Which score of the reference path is weighed at step t.
  enum ReferenceScore: String, Hashable, Sendable, CaseIterable {
    /// That of step t.
    case present
    /// That of step t + 1, or the last.
    case ahead
    /// The last.
    case final
  }

  var filter: FilterSettings
  var iterations: Int
  var reference: ReferenceScore
  var samplesAncestors: Bool

  var hasRules: Bool { true }
  var keepsHistory: Bool { true }

  /// Whether an iteration lasts until the reference has come to its end, too; the programs look at the free particles
  /// only.
  var waitsForReference: Bool { reference == .present }

  /// Whether the next reference is drawn by weight even among particles that have just been resampled by weight.
  var weighsResampled: Bool { reference != .present }

  func absence(budget: Int, record: RecordSummary) -> Absence? {
    guard budget % iterations == 0 else { return .notMultiple(of: iterations, option: "iterations") }
    let starts = budget - (iterations - 1)
    return starts > record.starts ? .tooFewStarts(recorded: record.starts) : nil
  }

  func caution(budget: Int) -> String? {
    guard iterations > 1, budget == iterations else { return nil }
    return
      "one particle in each of \(iterations) iterations: all but the first hold the reference alone, so this is one "
      + "plain rollout; take a larger multiple of iterations, or fewer iterations"
  }

  func run(budget: Int, engine: inout ReplayEngine, workspace: inout Workspace) -> RunOutcome {
    let particles = budget / iterations
    workspace.reference.removeAll()
    for iteration in 0..<iterations {
      let kernel = ConditionalFilter(rules: self, particles: particles)
      workspace.beginRecord(.init(iteration: iteration + 1, hasReference: iteration > 0))
      let last = kernel.run(engine: &engine, workspace: &workspace)
      guard !engine.tally.isRefused else { return RunOutcome() }
      if iteration < iterations - 1 {
        kernel.drawReference(last, engine: &engine, workspace: &workspace)
      } else {
        return kernel.conclude(last, engine: &engine, workspace: &workspace)
      }
    }
    return .nothing
  }
}

extension ParticleGibbs {
  private static let inherited: Set<String> = [
    "temperature", "annealing", "weighting", "clip", "answer", "maxSteps", "ties",
  ]

  static let options: [MethodOption] =
    [MethodOption("iterations", .whole(1...10_000), standard: "4", "filters that share the budget, I")]
    + FilterSettings.options.filter { inherited.contains($0.name) }

  init(_ settings: MethodSettings, samplesAncestors: Bool) throws(ReplayError) {
    filter = try FilterSettings(settings)
    filter.scheme = .multinomial
    iterations = settings.whole("iterations")
    self.samplesAncestors = samplesAncestors
    switch settings.preset {
    case "pis": reference = .ahead
    case "its_hub":
      reference = .final
      filter.resamplesLast = true
    default: reference = .present
    }
  }

  /// The line of the registry.
  static let descriptor = MethodDescriptor(
    "pg", "particle Gibbs", source: .steps, needs: [.scores], options: options + [.neighbours],
    presets: [
      .init(
        "pis", version: "probabilistic-inference-scaling f75d461",
        ["ties": "first", "clip": "2.220446049250313e-16"]),
      .init("its_hub", version: "its-hub 1.2.0", ["ties": "first"]),
    ]
  ) { settings throws(ReplayError) in
    try ParticleGibbs(settings, samplesAncestors: false)
  }

  /// The line of the registry for the variant with ancestor sampling.
  static let descriptorWithAncestorSampling = MethodDescriptor(
    "pgas", "particle Gibbs with ancestor sampling", source: .steps, needs: [.scores],
    options: options + [.neighbours]
  ) { settings throws(ReplayError) in
    try ParticleGibbs(settings, samplesAncestors: true)
  }
}
