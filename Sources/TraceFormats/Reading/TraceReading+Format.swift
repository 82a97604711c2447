import Traces

extension TraceReading {
  /// The format that a file would be read in: the user's, or the one that its first record shows.
  ///
  /// - Throws: `UnacceptableData` for a file that is empty or fits no format.
  public func format(of input: InputFile) throws -> TraceFormat {
    if let format = options.format { return format }
    let lines = try LineBatchReader(
      input.open(), name: input.name, maximumRecordBytes: options.maximumRecordBytes)
    guard let first = try lines.next() else { throw Self.empty(input.name) }
    return try FileOpening.of(first, lines, name: input.name, given: nil).format
  }
}
