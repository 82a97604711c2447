import Traces

/// How far a replay was found to be from online runs, recorded ones or those of a fitted model, as a store keeps it.
public struct FidelityRecord: Hashable, Sendable {
  /// Where the online runs came from.
  public enum Basis: String, Hashable, Sendable {
    /// Recorded online runs.
    case online
    /// The model of hidden states fitted to the record, taken as a generator.
    case model
  }

  /// What was replayed.
  public var replay: Cell
  /// The continuation policy's name; `nil` for methods that none concerns.
  public var policy: String?
  /// Whether equal prefixes were one node.
  public var mergesPrefixes: Bool
  /// Where the online runs came from.
  public var basis: Basis
  /// The names of the warnings that a prediction came with.
  public var doubts: [String]
  /// The problems compared.
  public var problems: Int
  /// The online runs compared with.
  public var onlineRuns: Int
  /// Replayed runs a problem.
  public var replicates: Int
  /// The replay's accuracy, 0...1.
  public var replayed: Double
  /// The online accuracy, 0...1.
  public var online: Double
  /// Replayed minus online, -1...1.
  public var bias: Double
  /// The lower end of the bias's 95 % interval.
  public var low: Double
  /// The upper end.
  public var high: Double

  /// Creates a record.
  public init(
    replay: Cell, policy: String?, mergesPrefixes: Bool, problems: Int, onlineRuns: Int, replicates: Int,
    replayed: Double, online: Double, bias: Double, low: Double, high: Double, basis: Basis = .online,
    doubts: [String] = []
  ) {
    self.replay = replay
    self.policy = policy
    self.mergesPrefixes = mergesPrefixes
    self.problems = problems
    self.onlineRuns = onlineRuns
    self.replicates = replicates
    self.replayed = replayed
    self.online = online
    self.bias = bias
    self.low = low
    self.high = high
    self.basis = basis
    self.doubts = doubts
  }
}
