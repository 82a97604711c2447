import Traces

/// The rules that all particle filters share.
struct FilterSettings: Hashable, Sendable {
  var scheme: ResamplingScheme = .systematic
  /// Resample only when the effective sample size is below this share of N; `nil` for every step.
  var threshold: Double?
  var schedule: TemperatureSchedule = .constant(1)
  var weights = ScoreWeights()
  /// Whether a candidate's weight is the product over its whole path, kept through resampling.
  var accumulates = false
  /// Whether finished candidates take part in resampling with their final score.
  var resamplesFinished = true
  var looksAhead = false
  var answer: AnswerRule = .argmax
  var maximumSteps = 40
  /// Whether runs go one step beyond `maximumSteps`: its-hub counts the steps before the one that it asks for.
  var takesExtraStep = false
  /// Whether the first of equally good candidates wins instead of a random one.
  var firstWinsTies = false
  /// Whether the last step, too, is followed by a resampling.
  var resamplesLast = false

  init() {}

  /// Reads a method's options; those that it does not have keep their standard values.
  ///
  /// - Throws: `ReplayError.noEffect` for an option that another one overrules.
  init(_ settings: MethodSettings) throws(ReplayError) {
    if settings.call("annealing").name != "none", settings.values["annealing"] != nil {
      try settings.refuse("temperature", because: "annealing sets the temperature")
    }
    if settings.word("weighting") == "reward" {
      try settings.refuse("clip", because: "weighting is reward, and clipping is for log-odds")
    }
    scheme = ResamplingScheme(rawValue: settings.word("resampling")) ?? .systematic
    let trigger = settings.call("trigger")
    threshold = trigger.name == "adaptive" ? trigger.arguments.first : nil
    schedule = TemperatureSchedule(settings.call("annealing"), constant: settings.number("temperature"))
    weights = ScoreWeights(
      rule: settings.word("weighting") == "reward" ? .reward : .logOdds, clip: settings.number("clip"))
    accumulates = settings.flag("accumulate")
    resamplesFinished = settings.flag("resampleFinished")
    looksAhead = settings.flag("lookAhead")
    answer = AnswerRule(rawValue: settings.word("answer")) ?? .argmax
    maximumSteps = settings.whole("maxSteps")
    takesExtraStep = settings.preset == "its_hub"
    firstWinsTies = settings.word("ties") == "first"
    resamplesLast = settings.flag("resampleLast")
  }

  /// The steps after which a run stops. `maximumSteps` stays what progress is measured by.
  var lastStep: Int { takesExtraStep ? maximumSteps + 1 : maximumSteps }

  /// Whether weights are carried from step to step.
  var carriesWeights: Bool { accumulates || threshold != nil }

  /// The options that `init(_:)` reads.
  static let options: [MethodOption] = [
    MethodOption(
      "resampling", .choice(ResamplingScheme.allCases.map(\.rawValue)), standard: "systematic",
      "the resampling scheme"),
    MethodOption(
      "trigger", .call([.init("always"), .init("adaptive", .init("c", 0...1))]), standard: "always",
      "resample at every step, or when the effective sample size is below c N; between resamplings weights multiply"),
    MethodOption("temperature", .number(0.01...100), standard: "1", "T in softmax(log w / T)"),
    MethodOption(
      "annealing", .call(TemperatureSchedule.forms), standard: "none",
      "a schedule for T instead of a constant: linear, or entropic by ess, entropy or progress alone"),
    MethodOption(
      "weighting", .choice(["logOdds", "reward"]), standard: "logOdds",
      "log w is the log-odds of the aggregated score, or the score itself"),
    MethodOption("clip", .number(.ulpOfOne...0.1), standard: "1e-07", "probabilities are clipped to clip ... 1 - clip"),
    MethodOption(
      "accumulate", .flag, standard: "false",
      "a candidate's weight is the product over all its steps and survives resampling"),
    MethodOption(
      "resampleFinished", .flag, standard: "true",
      "finished candidates take part in resampling; false keeps them aside"),
    MethodOption(
      "lookAhead", .flag, standard: "false", "weights are multiplied by the mean score of recorded successors"),
    MethodOption(
      "answer", .choice(AnswerRule.allCases.map(\.rawValue)), standard: "argmax", "how the answer is chosen"),
    MethodOption("maxSteps", .whole(1...100_000), standard: "40", "levels after which a run stops"),
    MethodOption("ties", .choice(["random", "first"]), standard: "random", "which of equally good candidates wins"),
    MethodOption("resampleLast", .flag, standard: "false", "resample after the last step, too"),
  ]
}
