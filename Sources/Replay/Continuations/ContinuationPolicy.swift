/// What a candidate does whose recorded continuations this run has used up.
public enum ContinuationPolicy: Hashable, Sendable {
  /// It goes on as the nearest recorded prefix of the same depth and the same hidden state, as `LatentStateModel` drew
  /// the states from scores and outcomes of all recorded rollouts; where those are used up, by a step of another problem
  /// between the same states.
  case matched
  /// It goes on as one of the nearest recorded prefixes of the same depth by aggregated score.
  case nearest
  /// It draws one of its own continuations again: the same future twice.
  case shared
  /// The run is refused and reported.
  case strict

  /// The names of all policies.
  public static let names = ["matched", "nearest", "shared", "strict"]

  /// Reads a name; throws `ReplayError.unknownPolicy` with the nearest known one.
  public init(name: String) throws(ReplayError) {
    switch name {
    case "matched": self = .matched
    case "nearest": self = .nearest
    case "shared": self = .shared
    case "strict": self = .strict
    default: throw .unknownPolicy(name, known: Self.names)
    }
  }

  /// The name, as the command line takes it.
  public var name: String {
    switch self {
    case .matched: "matched"
    case .nearest: "nearest"
    case .shared: "shared"
    case .strict: "strict"
    }
  }
}
