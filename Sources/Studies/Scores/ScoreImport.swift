import TraceFormats
import TraceStore
import Traces

/// Adds another reward model's scores to stored rollouts: re-scoring without a GPU.
public struct ScoreImport: Sendable {
  /// The file of scores, or `-` for standard input.
  public var file: String
  /// The store.
  public var store: String
  /// The reward model's name, in place of the file's.
  public var scorer: String?
  /// Scales of scorers by name.
  public var scales: [String: ScoreScale] = [:]
  /// The scale of every other scorer that the store does not know.
  public var defaultScale: ScoreScale?
  /// The recording whose rollouts are scored, in place of the file's.
  public var recording: String?
  /// Counts and lists lines that are not acceptable instead of ending at the first.
  public var skipInvalid = false
  /// The longest line accepted, in bytes after decompression.
  public var maximumRecordBytes = 256 << 20
  /// Threads to read on.
  public var threads = 1

  /// Asked between pieces of work whether the user wants to stop.
  public var isStopped: @Sendable () -> Bool = { false }

  /// Describes an import with the standard settings.
  public init(file: String, store: String) {
    self.file = file
    self.store = store
  }

  /// Imports all of the file, or nothing where a line is refused.
  ///
  /// - Parameter progress: Told the number of lines dealt with.
  /// - Returns: What was added and how much of each recording the scorers have seen now.
  /// - Throws: `UnacceptableData` with file, line and field; `StoreFailure`; `CancellationError` where the user stopped
  ///   it: then nothing was added.
  public func run(progress: @escaping (Int) -> Void = { _ in }) throws -> ScoreImportSummary {
    let start = ContinuousClock.now
    let store = try TraceStore(path: store, mode: .readWrite)
    let options = try readingOptions(of: store)
    var read: (skipped: Int, refusals: [UnacceptableData]) = (0, [])
    var refused: [UnacceptableData] = []
    var lines = 0
    let report = try store.importScores(
      file: file, skipInvalid: skipInvalid ? { refused.append($0) } : nil
    ) { take in
      read = try ScoreFile.read(InputFile(file).stopped(by: isStopped), options: options) { rows in
        try take(rows.map(imported))
        lines += rows.count
        progress(lines)
        if isStopped() { throw CancellationError() }
      }
    }
    return ScoreImportSummary(
      report, skipped: read.skipped, refusals: read.refusals + refused,
      seconds: (ContinuousClock.now - start) / .seconds(1))
  }

  /// The scales of scorers that the store knows hold on unless the user says otherwise.
  private func readingOptions(of store: TraceStore) throws -> ReadingOptions {
    var known: [String: ScoreScale] = [:]
    for stored in try store.scorers() { known[stored.column.scorer] = stored.column.scale }
    return ReadingOptions(
      scorer: scorer, scales: known.merging(scales) { _, new in new }, defaultScale: defaultScale,
      skipInvalid: skipInvalid, maximumRecordBytes: maximumRecordBytes, threads: threads)
  }

  private func imported(_ row: ScoreRow) -> ImportedScores {
    ImportedScores(
      problem: row.problem, recording: recording ?? row.recording, rollout: row.rollout, scorer: row.scorer,
      scale: row.scale, stepScores: row.stepScores, prefixScores: row.prefixScores, line: row.line,
      check: row.check)
  }
}

/// What an import of scores came to.
public struct ScoreImportSummary: Sendable, Encodable {
  /// How much of a recording a scorer has seen.
  public struct Coverage: Sendable, Encodable {
    /// The reward model.
    public var scorer: String
    /// `step` or `prefix`.
    public var channel: String
    /// The recording.
    public var recording: String
    /// Rollouts with scores.
    public var scored: Int
    /// All rollouts of the recording.
    public var rollouts: Int
  }

  /// Lists of scores added: one a rollout and channel.
  public var lists: Int
  /// Single scores added.
  public var scores: Int
  /// Lists that the store had already, number by number.
  public var unchanged: Int
  /// Lines left out because they were not acceptable (`--skip-invalid`).
  public var skipped: Int
  /// Why, for the first twenty of them.
  public var refusals: [String]
  /// The coverage of each imported channel in each recording.
  public var coverage: [Coverage]
  /// Seconds that it took.
  public var seconds: Double

  init(_ report: ScoreImportReport, skipped: Int, refusals: [UnacceptableData], seconds: Double) {
    lists = report.lists
    scores = report.scores
    unchanged = report.unchanged
    self.skipped = report.skipped + skipped
    let ordered = refusals.sorted { ($0.line ?? 0) < ($1.line ?? 0) }
    self.refusals = ordered.prefix(ReadingSummary.refusalsKept).map(\.localizedDescription)
    coverage = report.coverage.map { part in
      Coverage(
        scorer: part.column.scorer, channel: part.column.channel.rawValue, recording: part.recording,
        scored: part.scored, rollouts: part.rollouts)
    }
    self.seconds = seconds
  }
}
