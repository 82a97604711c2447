import Traces

/// What an ingest came to; the keys are fixed by the interface.
public struct IngestionSummary: Sendable, Encodable {
  /// Problems that the store did not know before.
  public var problems = 0
  /// Rollouts and segments added.
  public var rollouts = 0
  /// Steps added.
  public var steps = 0
  /// Single scores added.
  public var scores = 0
  /// Records left out because they were not acceptable (`--skip-invalid`).
  public var skipped = 0
  /// Answers that are compared as strings since they could not be parsed.
  public var unparsed = 0
  /// Complete rollouts in whose text no answer was found.
  public var withoutAnswer = 0
  /// Answers that the source graded otherwise than we do; `retrace grade --compare` lists them.
  public var disagreements = 0
  /// Bytes read, after decompression.
  public var bytes = 0
  /// Seconds that it took.
  public var seconds = 0.0
  /// File by file: the format and what it gave.
  public var files: [FileSummary] = []

  /// What one file gave.
  public struct FileSummary: Sendable, Encodable {
    /// The file as the user named it.
    public var file: String
    /// The format it was read in.
    public var format: String
    /// The recording that its rollouts went to, where it is one only.
    public var recording: String?
    /// The convention that was found to hold over the file.
    public var convention: String?
    /// Whether the store held the whole content already.
    public var alreadyIngested: Bool
    /// Records left out.
    public var skipped: Int
    /// Why, for the first twenty of them.
    public var refusals: [String]
  }
}
