import Traces

/// Records of neighbouring lines, in the file's order.
public struct RecordBatch: Sendable {
  /// The records.
  public var records: [TraceRecord]
  /// How many lines of the file have been read up to the batch's end; 0 in formats without lines.
  public var linesRead: Int
  /// How many bytes of the decompressed content have been read up to the batch's end.
  public var bytesRead: Int
}

/// Records of neighbouring lines, in the file's order, with what a function made of each on the thread that parsed it.
public struct AnnotatedBatch<Note: Sendable>: Sendable {
  /// The records.
  public var records: [TraceRecord]
  /// What the function made of each record.
  public var notes: [Note]
  /// How many lines of the file have been read up to the batch's end; 0 in formats without lines.
  public var linesRead: Int
  /// How many bytes of the decompressed content have been read up to the batch's end.
  public var bytesRead: Int
}

extension RecordBatch {
  init(_ annotated: AnnotatedBatch<Void>) {
    self.init(records: annotated.records, linesRead: annotated.linesRead, bytesRead: annotated.bytesRead)
  }
}

/// What reading a file came to.
public struct ReadingSummary: Sendable {
  /// The format that was read.
  public var format: TraceFormat
  /// Whether the format was recognised, not given.
  public var wasRecognised: Bool
  /// The convention that the whole file agrees with, in words; `nil` for formats without.
  public var convention: String?
  /// Lines read; 0 in formats without lines.
  public var lines = 0
  /// Bytes read, after decompression.
  public var bytes = 0
  /// Records delivered.
  public var records = 0
  /// Records left out because they were not acceptable.
  public var skipped = 0
  /// Why, for the first twenty of them.
  public var firstRefusals: [UnacceptableData] = []

  /// Records with a single rollout that an earlier record of the file has, too; they count, since it may have been drawn
  /// twice.
  public var repeated = 0
  /// The first of them.
  public var firstRepeated: UnacceptableData?

  /// How many refusals are kept in full.
  public static let refusalsKept = 20

  mutating func noteRepeated(_ note: UnacceptableData) {
    repeated += 1
    firstRepeated = firstRepeated ?? note
  }

  mutating func skip(_ refusals: [UnacceptableData], count: Int) {
    skipped += count
    firstRefusals += refusals.prefix(max(0, Self.refusalsKept - firstRefusals.count))
  }
}
