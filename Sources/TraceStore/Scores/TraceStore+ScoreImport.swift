import GRDB
import Traces

extension TraceStore {
  /// Adds another reward model's scores to rollouts that are stored already, in one transaction: all of a file, or
  /// nothing.
  ///
  /// The same scores again change nothing.
  ///
  /// - Parameters:
  ///   - file: The file's name, for messages.
  ///   - skipInvalid: Called with each line that is not acceptable, which is then left out; without it, the first such
  ///     line ends the import.
  ///   - next: The next lines of the file, some thousand at a time; `nil` at its end.
  /// - Throws: `UnacceptableData` for an unknown problem, recording or rollout, a list whose length is not the rollout's
  ///   number of steps, a score outside the scale, or scores that contradict stored ones.
  public func importScores(
    file: String,
    skipInvalid: ((UnacceptableData) -> Void)? = nil,
    next: () throws -> [ImportedScores]?
  ) throws -> ScoreImportReport {
    try importScores(file: file, skipInvalid: skipInvalid) { take in
      while let lines = try next() { try take(lines) }
    }
  }

  /// Adds another reward model's scores, as `importScores(file:skipInvalid:next:)`, from a reader that hands them out.
  ///
  /// - Parameters:
  ///   - file: The file's name, for messages.
  ///   - skipInvalid: Called with each line that is not acceptable, which is then left out.
  ///   - read: Reads the file and passes its lines on, some thousand at a time.
  /// - Throws: As the other, and what `read` throws: then nothing is added.
  public func importScores(
    file: String,
    skipInvalid: ((UnacceptableData) -> Void)? = nil,
    reading read: (_ take: ([ImportedScores]) throws -> Void) throws -> Void
  ) throws -> ScoreImportReport {
    try write { db in
      var importer = try ScoreImporter(db, store: path)
      try read { lines in
        for line in lines {
          do { try importer.add(line) } catch let error as UnacceptableData {
            let located = error.located(file: file, line: line.line)
            guard let skipInvalid else { throw located }
            importer.report.skipped += 1
            skipInvalid(located)
          }
        }
      }
      return try importer.finish()
    }
  }
}
