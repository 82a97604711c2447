import Traces

/// Reads recorded online runs as rows, to be compared with replays.
public enum OnlineRunFile {
  /// Hands out the runs in the file's order.
  ///
  /// - Parameters:
  ///   - input: JSON lines, compressed or not.
  ///   - options: `skipInvalid` and the longest record count; of what scale the nodes' scores are does not matter here.
  ///   - runs: Takes some runs at a time.
  /// - Returns: How many lines were left out.
  /// - Throws: `UnacceptableData` with file, line and field, and what `runs` throws.
  @discardableResult
  public static func read(
    _ input: InputFile, options: ReadingOptions = ReadingOptions(), runs: ([OnlineRun]) throws -> Void
  ) throws -> Int {
    let scorer = ReadingContext(file: input.name, options: options).scorer()
    let step = ScoreColumn(scorer: scorer, channel: .step, scale: .unbounded)
    let prefix = ScoreColumn(scorer: scorer, channel: .prefix, scale: .unbounded)
    let reading = RowReading<OnlineRun>(options: options) { try OnlineRun($0, step: step, prefix: prefix) }
    return try reading.read(input.open(), named: input.name, rows: runs).skipped
  }
}
