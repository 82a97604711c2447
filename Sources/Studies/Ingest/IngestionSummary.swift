import Traces

/// What an ingest came to; the keys are fixed by the interface.
public struct IngestionSummary: Sendable, Encodable {
  /// Problems that the store did not know before; never below 0.
  public var problems = 0
  /// Problems of the store that this ingest showed to be others of it.
  public private(set) var joined = 0
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
  /// Problems whose gold answer in the user's table is another than the file's own, which counts; file by file.
  public var contradictedAnswers = 0
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
  /// Files in folders that were passed over, since their names have none of the endings of recorded data or are those of
  /// documents beside the data.
  public var leftOut = 0
  /// The first five of them.
  public var firstLeftOut: [String] = []
  /// File by file: the format and what it gave.
  public var files: [FileSummary] = []

  /// Those of the files left out that programs write beside their records.
  var leftOutByName: [String] = []

  /// Folders whose files are several recordings, since their formats or circumstances differ.
  var dividedFolders: [(folder: String, recordings: [String])] = []

  private enum CodingKeys: String, CodingKey {
    case problems, joined, rollouts, steps, scores, skipped, unparsed, withoutAnswer, disagreements, repeated
    case contradictedAnswers
    case unmatchedScores, firstUnmatchedScores, bytes, seconds
    case leftOut, firstLeftOut, files
  }

  /// What one file gave.
  public struct FileSummary: Sendable, Encodable {
    /// The file as the user named it.
    public var file: String
    /// The format it was read in; `noFormat` where it was left out.
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
    /// Problems whose gold answer in the user's table is another than the file's own.
    public var contradictedAnswers = 0
    /// What is to be said of the first of them.
    public var firstContradictedAnswer: String?
    /// Records left out.
    public var skipped = 0
    /// Why, for the first twenty of them.
    public var refusals: [String] = []

    /// Stands for the format of a file that was left out as a whole.
    public static let noFormat = "none"

    init(file: String, format: String) {
      self.file = file
      self.format = format
    }
  }
}

extension IngestionSummary {
  /// Takes account of problems that are one: new ones first, the rest were in the store before.
  mutating func join(_ count: Int) {
    let new = min(count, problems)
    problems -= new
    joined += count - new
  }

  /// The formats, with the number of files that were taken for each: `3 files: pis; 1 file: search-and-learn`.
  public var formats: String {
    let taken = files.filter { $0.format != FileSummary.noFormat }
    let counts = Dictionary(grouping: taken, by: \.format).mapValues(\.count)
    return counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
      .map { "\($0.value.counted("file")): \($0.key)" }.joined(separator: "; ")
  }

  /// What is to be said about the inputs as a whole: files that were passed over, folders that are several recordings.
  public var notices: [String] {
    var notices = dividedFolders.map { folder, recordings in
      "\(folder): files of different formats or circumstances, \(recordings.count) recordings: "
        + recordings.joined(separator: ", ")
    }
    let byEnding = leftOut - leftOutByName.count
    if byEnding > 0 {
      notices.append(
        "\(byEnding.counted("file")) left out, by their names no data of their own: "
          + Self.listed(firstLeftOut.prefix(byEnding), of: byEnding))
    }
    if !leftOutByName.isEmpty {
      notices.append(
        "\(leftOutByName.count.counted("file")) left out, which fit no format and are by their names what programs write "
          + "beside their records: " + Self.listed(leftOutByName.prefix(5), of: leftOutByName.count))
    }
    if joined > 0 {
      notices.append(
        "\(joined.counted("problem")) of the store joined with others that they proved to be")
    }
    return notices
  }

  private static func listed(_ names: ArraySlice<String>, of count: Int) -> String {
    names.joined(separator: ", ") + (count > names.count ? ", ..." : "")
  }
}
