import Traces

/// Finds crucible's PRM cassettes among files: they hold only scores, for the generation cassettes beside them.
public enum PrefixScoreFiles {
  /// Takes the PRM cassettes out of a list of files and reads them.
  ///
  /// - Returns: The other files in their order, and the scores, if there are any.
  /// - Throws: `UnacceptableData` for broken files, for cassettes of several reward models, and for cassettes that
  ///   disagree about a prefix.
  public static func separated(
    _ files: [InputFile], options: ReadingOptions = ReadingOptions()
  ) throws -> (traces: [InputFile], scores: PrefixScoreTable?) {
    var traces: [InputFile] = []
    var table: PrefixScoreTable?
    for file in files {
      guard try isCassette(file) else {
        traces.append(file)
        continue
      }
      let scores = try PrefixScoreTable(file, options: options)
      guard let before = table else {
        table = scores
        continue
      }
      guard before.isOfSameModel(as: scores) else {
        throw UnacceptableData(
          file: file.name, found: "a second reward model, \(scores.modelText)",
          expected: "PRM cassettes of one reward model: \(before.modelText)",
          remedy: "ingest once with one of them; `retrace scores import` adds the other's scores by rollout")
      }
      table = try before.merging(scores)
    }
    return (traces, table)
  }

  /// Whether a JSON document begins as a PRM cassette does: `prm` or `model_id`, then an object of `records`.
  static func isCassette(_ file: InputFile) throws -> Bool {
    guard file.isReadableAgain else { return false }
    let head = try Decompression.firstBytes(1 << 14, of: file.open())
    return head.withUnsafeBytes { bytes in
      var cursor = JSONCursor(bytes)
      guard cursor.kind() == .object else { return false }
      var isNamed = false
      var isCassette = false
      // The head ends inside a value: that says nothing about the file.
      try? cursor.object { cursor, key in
        switch key {
        case "prm", "model_id": isNamed = cursor.kind() == .string || isNamed
        case "records": isCassette = isNamed && cursor.kind() == .object
        default: break
        }
        try cursor.skip()
      }
      return isCassette
    }
  }
}
