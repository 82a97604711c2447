import Estimation
import Replay
import Traces

/// What a self-check found for one replay: the bias that a model fitted to the record predicts, and how well that model
/// agrees with the replay.
public struct SelfCheckRow: Hashable, Sendable {
  /// What was replayed.
  public var cell: Cell
  /// Whether equal prefixes were one node in the replay; in the model's world no texts are equal.
  public var mergesPrefixes: Bool
  /// The continuation policy.
  public var policy: ContinuationPolicy
  /// The problems that the prediction is over.
  public var problems: Int
  /// The fewest draws from the prompt that a problem has recorded, K.
  public var recorded: Int
  /// The accuracy of the replay of the record itself, 0...1.
  public var replayed: Double
  /// The accuracy that the method reaches online in the model's world, 0...1.
  public var modelOnline: Double
  /// The mean accuracy of replays of the world's recordings, 0...1.
  public var modelReplayed: Double
  /// `modelReplayed` minus `modelOnline`, -1...1: the bias to expect from the record's limits.
  public var predictedBias: FidelityBias
  /// The replay of the record minus `modelOnline`, -1...1, over the problems that have both.
  public var misfit: FidelityBias
  /// Where the draws of the replay of the record came from.
  public var coverage: CoverageShares
  /// The share of its draws whose donor was some steps earlier or later, 0...1.
  public var fromOtherDepths: Double
  /// The share of its draws that another problem lent, 0...1.
  public var fromOtherProblems: Double
  /// Its runs that were refused because a continuation was not recorded.
  public var refused: Int
  /// Reasons for doubt, in declaration order.
  public var warnings: [ResultWarning]

  /// The warnings that a self-check finds: those that later replays carry.
  public static let doubts: Set<ResultWarning> = [.predictedBias, .modelMisfit, .policiesDisagree]

  /// Whether the policy decides about a noticeable share of the replay's draws.
  var borrowsMuch: Bool { 1 - coverage.recorded > ProblemStudy.borrowedShare }
}

extension SelfCheckRow {
  /// The row as `fidelity --json` prints it: keys in a fixed order.
  var json: JSONValue {
    .object(
      cell.members + [
        .init("policy", .string(policy.name)), .init("mergePrefixes", .bool(mergesPrefixes)),
        .init("budget", .integer(cell.budget)), .init("recorded", .integer(recorded)),
        .init("problems", .integer(problems)), .init("replayed", .number(replayed)),
        .init("modelOnline", .number(modelOnline)), .init("modelReplayed", .number(modelReplayed)),
        .init("predictedBias", predictedBias.json), .init("misfit", misfit.json), .init("coverage", coverage.json),
        .init("fromOtherDepths", .number(fromOtherDepths)),
        .init("fromOtherProblems", .number(fromOtherProblems)), .init("refused", .integer(refused)),
        .init("warnings", .array(warnings.map { .string($0.rawValue) })),
      ])
  }
}
