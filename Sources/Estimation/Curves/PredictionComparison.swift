import Traces

/// The predictions of one name that sources state, compared with ours.
public struct PredictionComparison: Hashable, Sendable, Codable {
  /// A prediction that differs from ours.
  public struct Difference: Hashable, Sendable, Codable {
    /// The problem.
    public var problem: String
    /// The recording.
    public var recording: String
    /// The index of the rollout whose answer it is; `nil` for a choice among rollouts.
    public var rollout: Int?
    /// The source's prediction as it writes it.
    public var source: String
    /// Our answer; `nil` where there is none.
    public var ours: String?

    /// Creates a difference.
    public init(problem: String, recording: String, rollout: Int? = nil, source: String, ours: String?) {
      self.problem = problem
      self.recording = recording
      self.rollout = rollout
      self.source = source
      self.ours = ours
    }
  }

  /// The prediction's name; `[]` stands for the index of a rollout.
  public var name: String
  /// How many predictions sources state.
  public var stated: Int
  /// How many of them were compared.
  public var compared: Int
  /// How many are equal to ours.
  public var equal: Int
  /// The others, in the order of the predictions.
  public var differences: [Difference]

  /// Creates a comparison without predictions.
  public init(name: String) {
    self.name = name
    stated = 0
    compared = 0
    equal = 0
    differences = []
  }
}

extension PredictionComparison {
  /// The comparison with its keys in a fixed order.
  public var json: JSONValue {
    .object([
      .init("name", .string(name)), .init("stated", .integer(stated)), .init("compared", .integer(compared)),
      .init("equal", .integer(equal)), .init("differences", .array(differences.map(\.json))),
    ])
  }
}

extension PredictionComparison.Difference {
  fileprivate var json: JSONValue {
    .object([
      .init("problem", .string(problem)), .init("recording", .string(recording)), .init("source", .string(source)),
      .init("ours", .optional(ours)),
    ])
  }
}
