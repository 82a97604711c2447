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
  /// Records of single rollouts that are alike with an earlier record of their file. They count: it may have been drawn
  /// twice.
  public var repeated = 0
  /// Entries of crucible's PRM cassettes that belong to no step of the generation cassettes ingested with them.
  public var unmatchedScores = 0
  /// The first of them by its key.
  public var firstUnmatchedScores: String?
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
    /// The format it was read in; `none` where it was left out.
    public var format: String
    /// The recording that its rollouts went to, where it is one only.
    public var recording: String?
    /// The convention that was found to hold over the file.
    public var convention: String?
    /// Whether the store held the whole content already.
    public var alreadyIngested = false
    /// The file that the store held the content from, where that was another one, compressed otherwise.
    public var copyOf: String?
    /// Records of single rollouts that are alike with an earlier record.
    public var repeated = 0
    /// What is to be said of the first of them.
    public var firstRepeated: String?
    /// Records left out.
    public var skipped = 0
    /// Why, for the first twenty of them.
    public var refusals: [String] = []

    init(file: String, format: String) {
      self.file = file
      self.format = format
    }
  }
}
