import Traces

/// Reads recorded online runs as rows, to be compared with replays.
public enum OnlineRunFile {
  /// Hands out the runs in the file's order.
  ///
  /// - Parameters:
  ///   - input: JSON lines, compressed or not.
  ///   - options: Scorer, scales and `skipInvalid` count.
  ///   - runs: Takes some runs at a time.
  /// - Returns: How many lines were left out.
  /// - Throws: `UnacceptableData` with file, line and field, and what `runs` throws.
  @discardableResult
  public static func read(
    _ input: InputFile, options: ReadingOptions = ReadingOptions(), runs: ([OnlineRun]) throws -> Void
  ) throws -> Int {
    let context = ReadingContext(file: input.name, options: options)
    let step = context.column(context.scorer(), .step)
    let prefix = context.column(context.scorer(), .prefix)
    let reading = RowReading<OnlineRun>(options: options) { try OnlineRun($0, step: step, prefix: prefix) }
    return try reading.read(input.open(), named: input.name, rows: runs).skipped
  }
}
