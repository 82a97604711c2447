extension SimulatedModel {
  /// Model A: good, shaky and bad states that the score tells apart well.
  public static let plain = SimulatedModel(
    name: "plain",
    transitions: [[0.85, 0.12, 0.03], [0.15, 0.65, 0.20], [0, 0.03, 0.97]],
    means: [1.5, 0, -1.2],
    rightAtEnd: [0.95, 0.4, 0.03],
    otherStarts: [0, 0.25, 0.75])

  /// Model B: model A with twice the noise.
  public static let noisy: SimulatedModel = {
    var model = plain
    model.name = "noisy"
    model.deviation = 2
    return model
  }()

  /// Model C: silent errors, steps that look fine and cannot be mended.
  public static let silentErrors = SimulatedModel(
    name: "silentErrors",
    transitions: [[0.80, 0.05, 0.10, 0.05], [0.15, 0.60, 0.05, 0.20], [0, 0, 1, 0], [0, 0.03, 0, 0.97]],
    means: [1.5, 0, 1.1, -1.2],
    rightAtEnd: [0.95, 0.4, 0.03, 0.03],
    otherStarts: [0, 0.25, 0.25, 0.5])

  /// A score that says nothing: whatever selects by it stays at pass@1.
  public static let uninformative: SimulatedModel = {
    var model = plain
    model.name = "uninformative"
    model.means = [0, 0, 0]
    return model
  }()

  /// Model C with other means and paths of 6 to 20 steps.
  public static let silentErrorsOfManyLengths: SimulatedModel = {
    var model = silentErrors
    model.name = "silentErrorsOfManyLengths"
    model.means = [2, 0.4, 1.5, -0.8]
    model.steps = 6...20
    return model
  }()

  /// Model C where every other problem goes wrong twice as often, and more often in silence.
  public static let silentErrorsOfTwoKinds: SimulatedModel = {
    var model = silentErrors
    model.name = "silentErrorsOfTwoKinds"
    model.otherTransitions = [[0.60, 0.05, 0.25, 0.10], [0.05, 0.55, 0.10, 0.30], [0, 0, 1, 0], [0, 0.01, 0, 0.99]]
    return model
  }()

  /// Five states: good, fair, silent error, weak and lost.
  public static let fiveStates = SimulatedModel(
    name: "fiveStates",
    transitions: [
      [0.80, 0.06, 0.04, 0.06, 0.04], [0.12, 0.65, 0.03, 0.08, 0.12], [0, 0.02, 0.93, 0.03, 0.02],
      [0.04, 0.06, 0, 0.70, 0.20], [0, 0.02, 0, 0.03, 0.95],
    ],
    means: [2, 0.8, 1.6, -0.2, -1.5],
    rightAtEnd: [0.97, 0.6, 0.05, 0.3, 0.02],
    otherStarts: [0, 0.25, 0.2, 0.2, 0.35])

  /// Two states, good and bad.
  public static let twoStates = SimulatedModel(
    name: "twoStates", transitions: [[0.9, 0.1], [0.02, 0.98]], means: [1, -1], rightAtEnd: [0.9, 0.05],
    otherStarts: [0, 1])

  /// Model C with two kinds of silent errors, one of which looks a little doubtful.
  public static let twoSilentErrors = SimulatedModel(
    name: "twoSilentErrors",
    transitions: [
      [0.78, 0.05, 0.08, 0.04, 0.05], [0.15, 0.60, 0.03, 0.02, 0.20], [0, 0, 1, 0, 0], [0, 0, 0, 1, 0],
      [0, 0.03, 0, 0, 0.97],
    ],
    means: [1.5, 0, 1.1, 0.4, -1.2],
    rightAtEnd: [0.95, 0.4, 0.03, 0.1, 0.03],
    otherStarts: [0, 0.25, 0.15, 0.2, 0.4])

  /// The same model under another name with some of its numbers changed.
  public func changed(_ name: String, _ change: (inout SimulatedModel) -> Void) -> SimulatedModel {
    var model = self
    model.name = name
    change(&model)
    return model
  }
}
