import SimulatedModels

/// A simulated model with the number of chains that are recorded of each problem.
struct Variant {
  let title: String
  let model: SimulatedModel
  var chains = 256

  /// The three models of the first table.
  static let known = [
    Variant(title: "A plain", model: .plain), Variant(title: "B noisy", model: .noisy),
    Variant(title: "C silent errors", model: .silentErrors),
  ]

  /// Other means, noise, lengths, states, scales, numbers of problems and of chains.
  static let others = shapes + records

  private static let shapes = [
    Variant(title: "uninformative score", model: .uninformative),
    Variant(
      title: "A, 6 steps, other means",
      model: SimulatedModel.plain.changed("plainShort") {
        $0.steps = 6...6
        $0.means = [2.5, 0.8, -0.4]
      }),
    Variant(
      title: "A, 6 to 20 steps, noise 1.5",
      model: SimulatedModel.plain.changed("plainLong") {
        $0.steps = 6...20
        $0.deviation = 1.5
        $0.means = [1, 0.2, -0.9]
      }),
    Variant(title: "C, 6 steps", model: SimulatedModel.silentErrors.changed("silentShort") { $0.steps = 6...6 }),
    Variant(title: "C, 20 steps", model: SimulatedModel.silentErrors.changed("silentLong") { $0.steps = 20...20 }),
    Variant(title: "C, 6 to 20 steps, other means", model: .silentErrorsOfManyLengths),
    Variant(
      title: "C, means far apart",
      model: SimulatedModel.silentErrors.changed("silentApart") { $0.means = [3, 1, 1.5, -0.5] }),
    Variant(title: "C, noise 0.6", model: SimulatedModel.silentErrors.changed("silentClear") { $0.deviation = 0.6 }),
    Variant(title: "C, noise 2", model: SimulatedModel.silentErrors.changed("silentNoisy") { $0.deviation = 2 }),
    Variant(
      title: "C, easier problems",
      model: SimulatedModel.silentErrors.changed("silentEasy") { $0.goodStarts = 0.2...0.9 }),
    Variant(title: "C, problems differ", model: .silentErrorsOfTwoKinds),
    Variant(title: "two states", model: .twoStates), Variant(title: "five states", model: .fiveStates),
    Variant(title: "two silent errors", model: .twoSilentErrors),
  ]

  private static let records = [
    Variant(title: "A on log-odds", model: SimulatedModel.plain.changed("plainLogit") { $0.scale = .logit }),
    Variant(title: "C on log-odds", model: SimulatedModel.silentErrors.changed("silentLogit") { $0.scale = .logit }),
    Variant(title: "B, 20 problems", model: SimulatedModel.noisy.changed("noisyFew") { $0.problemCount = 20 }),
    Variant(title: "C, 20 problems", model: SimulatedModel.silentErrors.changed("silentFew") { $0.problemCount = 20 }),
    Variant(
      title: "C, 200 problems", model: SimulatedModel.silentErrors.changed("silentMany") { $0.problemCount = 200 }),
    Variant(title: "A, 64 chains", model: .plain, chains: 64),
    Variant(title: "B, 128 chains", model: .noisy, chains: 128),
    Variant(title: "C, 128 chains", model: .silentErrors, chains: 128),
    Variant(title: "C, 512 chains", model: .silentErrors, chains: 512),
  ]
}
