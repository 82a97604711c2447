import ArgumentParser

/// What `--max-record` may be: steps end within 2 GB of their text.
enum RecordLimit {
  /// The largest limit in MB.
  static let largest = 2047

  /// - Throws: `ValidationError` for a limit outside the range.
  static func check(_ megabytes: Int) throws {
    guard 1...largest ~= megabytes else {
      throw ValidationError("--max-record \(megabytes): expected 1 to \(largest)")
    }
  }
}
