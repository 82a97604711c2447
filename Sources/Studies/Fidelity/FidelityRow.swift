import Estimation
import Replay
import Traces

/// How far one replay is from the online runs of the same method, aggregation and budget.
public struct FidelityRow: Hashable, Sendable {
  /// What was replayed.
  public var cell: Cell
  /// Whether equal prefixes were one node.
  public var mergesPrefixes: Bool
  /// The continuation policy; `nil` for methods that select among whole rollouts.
  public var policy: ContinuationPolicy?
  /// The problems that both sides have a value for.
  public var problems: Int
  /// The fewest draws from the prompt that a problem has recorded, K.
  public var recorded: Int
  /// The replay's accuracy, 0...1.
  public var replayed: Double
  /// The online runs' accuracy over the same problems, 0...1.
  public var online: Double
  /// The online runs of these problems.
  public var onlineRuns: Int
  /// Replayed minus online, -1...1, with its interval from the paired bootstrap over problems.
  public var difference: PairedComparison
  /// Where the draws of the replay came from.
  public var coverage: CoverageShares
  /// Replayed runs that were refused because a continuation was not recorded.
  public var refused: Int
  /// Reasons for doubt, in declaration order.
  public var warnings: [ResultWarning]

  /// The bias as replays of the same cell carry it.
  public var bias: FidelityBias { FidelityBias(value: difference.difference, interval: difference.interval) }
}

extension FidelityRow {
  /// The row as `fidelity --json` prints it: keys in a fixed order.
  var json: JSONValue {
    .object(
      cell.members + [
        .init("policy", .optional(policy?.name)), .init("mergePrefixes", .bool(mergesPrefixes)),
        .init("budget", .integer(cell.budget)), .init("recorded", .integer(recorded)),
        .init("problems", .integer(problems)), .init("replayed", .number(replayed)), .init("online", .number(online)),
        .init("onlineRuns", .integer(onlineRuns)), .init("bias", .number(difference.difference)),
        .init("low", .number(difference.interval.low)), .init("high", .number(difference.interval.high)),
        .init("pValue", .number(difference.pValue)), .init("coverage", coverage.json),
        .init("refused", .integer(refused)), .init("warnings", .array(warnings.map { .string($0.rawValue) })),
      ])
  }
}
