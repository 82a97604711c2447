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
  /// Files in folders that were passed over, since their names have none of the endings of recorded data.
  public var leftOut = 0
  /// The first five of them.
  public var firstLeftOut: [String] = []
  /// File by file: the format and what it gave.
  public var files: [FileSummary] = []

  /// Folders whose files are several recordings, since their formats or circumstances differ.
  var dividedFolders: [(folder: String, recordings: [String])] = []

  private enum CodingKeys: String, CodingKey {
    case problems, rollouts, steps, scores, skipped, unparsed, withoutAnswer, disagreements, bytes, seconds
    case leftOut, firstLeftOut, files
  }

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

extension IngestionSummary {
  /// The formats, with the number of files that were taken for each: `3 files: pis; 1 file: search-and-learn`.
  public var formats: String {
    let counts = Dictionary(grouping: files, by: \.format).mapValues(\.count)
    return counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
      .map { "\($0.value) \($0.value == 1 ? "file" : "files"): \($0.key)" }.joined(separator: "; ")
  }

  /// What is to be said about the inputs as a whole: files that were passed over, folders that are several recordings.
  public var notices: [String] {
    var notices = dividedFolders.map { folder, recordings in
      "\(folder): files of different formats or circumstances, \(recordings.count) recordings: "
        + recordings.joined(separator: ", ")
    }
    if leftOut > 0 {
      let names = firstLeftOut.joined(separator: ", ") + (leftOut > firstLeftOut.count ? ", ..." : "")
      notices.append("\(leftOut) \(leftOut == 1 ? "file" : "files") left out, by their endings no data: \(names)")
    }
    return notices
  }
}
