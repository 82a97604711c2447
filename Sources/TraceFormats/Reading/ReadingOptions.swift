import Foundation
import Traces

/// What the user may say about a file that the file does not say itself.
public struct ReadingOptions: Sendable {
  /// The format; `nil` recognises it by the first record.
  public var format: TraceFormat?
  /// The name of the reward model, in place of the file's or where it names none.
  public var scorer: String?
  /// The scales of scorers by name, in place of the formats' defaults.
  public var scales: [String: ScoreScale]
  /// The recordings of the store that is added to, by name: continuations belong to them.
  public var recordings: [String: Recording] = [:]
  /// The scale of scorers that `scales` does not name, in place of the format's default.
  public var defaultScale: ScoreScale?
  /// The text at which whole texts are cut into steps, in formats that record no steps.
  public var stepDelimiter: String?
  /// Scores of prefixes by their digests, from crucible's PRM cassettes beside the rollouts.
  public var prefixScores: PrefixScoreTable?
  /// How the rollouts were selected, in place of what the reader finds.
  public var sampling: Recording.Sampling?
  /// Goes on after a record that is not acceptable and counts it instead of ending with an error.
  public var skipInvalid: Bool
  /// The longest record accepted, in bytes after decompression.
  public var maximumRecordBytes: Int
  /// Statements and gold answers from a file beside the rollouts.
  public var problems: ProblemTable?
  /// What the store that is added to knows: the gold answers of records that lack them.
  public var storedProblems: ProblemTable?
  /// How many records' batches are parsed at a time.
  public var threads: Int

  /// The readers' word for a scorer that neither the user nor the file names.
  public static let unnamedScorer = "prm"

  /// Creates options; everything has a default.
  public init(
    format: TraceFormat? = nil,
    scorer: String? = nil,
    scales: [String: ScoreScale] = [:],
    defaultScale: ScoreScale? = nil,
    stepDelimiter: String? = nil,
    prefixScores: PrefixScoreTable? = nil,
    sampling: Recording.Sampling? = nil,
    skipInvalid: Bool = false,
    maximumRecordBytes: Int = 256 << 20,
    problems: ProblemTable? = nil,
    threads: Int = ProcessInfo.processInfo.activeProcessorCount
  ) {
    self.format = format
    self.scorer = scorer
    self.scales = scales
    self.defaultScale = defaultScale
    self.stepDelimiter = stepDelimiter
    self.prefixScores = prefixScores
    self.sampling = sampling
    self.skipInvalid = skipInvalid
    self.maximumRecordBytes = maximumRecordBytes
    self.problems = problems
    self.threads = threads
  }
}
