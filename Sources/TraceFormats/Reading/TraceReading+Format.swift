import Traces

extension TraceReading {
  /// The format that a file would be read in: the user's, or the one that its first record shows.
  ///
  /// - Throws: `UnacceptableData` for a file that is empty or fits no format.
  public func format(of input: InputFile) throws -> TraceFormat {
    try format(of: input.open(), named: input.name)
  }

  /// The format that a stream of content would be read in.
  ///
  /// - Throws: As `format(of:)`.
  public func format(of source: any ByteSource, named name: String) throws -> TraceFormat {
    if let format = options.format { return format }
    let lines = LineBatchReader(source, name: name, maximumRecordBytes: options.maximumRecordBytes)
    guard let first = try lines.next() else { throw Self.empty(name) }
    return try FileOpening.of(first, lines, name: name, given: nil).format
  }
}
