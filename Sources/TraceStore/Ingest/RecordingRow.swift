import Traces

/// A recording on its way into the table of recordings.
///
/// What two sources say of one recording must agree; what one leaves open is filled in from the other. Of two dates the
/// earlier counts, so that shards of one run may bear their own.
struct RecordingRow {
  private let recording: Recording

  init(_ recording: Recording) { self.recording = recording }

  static let columns = "name, model, temperature, top_p, seed, prompt_hash, delimiter, date, sampling"
  static let find = "SELECT id, \(columns) FROM recording WHERE name = ?"
  static let insert = """
    INSERT INTO recording (\(columns), source) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
    """
  static let complete = """
    UPDATE recording SET model = ?, temperature = ?, top_p = ?, seed = ?, prompt_hash = ?, delimiter = ?, date = ?,
      sampling = ? WHERE id = ?
    """

  /// Finds the recording, completes it, or adds it.
  ///
  /// - Throws: `UnacceptableData` where the store knows the name with other circumstances.
  func write(with statements: IngestStatements, source: Int64) throws -> Int64 {
    guard let stored = try find(with: statements.findRecording) else {
      return try add(with: statements.insertRecording, source: source)
    }
    let merged = try merge(stored.recording)
    if merged != stored.recording {
      let old = Self.fields(stored.recording)
      for (before, after) in zip(old, Self.fields(merged)) where !before.value.isSameText(as: after.value) {
        try statements.amendments.note(.recording, stored.identifier, field: after.field, previous: before.value)
      }
      bind(merged, to: statements.completeRecording, from: 1)
      statements.completeRecording.bind(9, stored.identifier)
      try statements.completeRecording.run()
    }
    let stated = zip(Self.fields(recording), Self.fields(merged)).filter {
      $0.value != nil && $0.value.isSameText(as: $1.value)
    }
    try statements.amendments.confirm(.recording, stored.identifier, fields: stated.map(\.0.field))
    return stored.identifier
  }

  /// The columns that sources fill in, as texts.
  private static func fields(_ recording: Recording) -> [(field: String, value: String?)] {
    [
      ("model", recording.model), ("temperature", recording.temperature.map { "\($0)" }),
      ("top_p", recording.topP.map { "\($0)" }), ("seed", recording.seed.map { "\($0)" }),
      ("prompt_hash", recording.promptHash), ("date", recording.date),
    ]
  }

  /// Reads a recording from a row that begins with the given column.
  static func recording(_ statement: PreparedStatement, from column: Int32) -> Recording {
    Recording(
      name: statement.text(column) ?? "", model: statement.text(column + 1),
      temperature: statement.isNull(column + 2) ? nil : statement.double(column + 2),
      topP: statement.isNull(column + 3) ? nil : statement.double(column + 3),
      seed: statement.isNull(column + 4) ? nil : Int(statement.integer(column + 4)),
      promptHash: statement.text(column + 5), delimiter: statement.text(column + 6) ?? "",
      date: statement.text(column + 7),
      sampling: Recording.Sampling(rawValue: statement.text(column + 8) ?? "") ?? .independent)
  }

  private func find(with statement: PreparedStatement) throws -> (identifier: Int64, recording: Recording)? {
    statement.bind(1, recording.name)
    defer { statement.reset() }
    guard try statement.step() else { return nil }
    return (statement.integer(0), Self.recording(statement, from: 1))
  }

  private func add(with statement: PreparedStatement, source: Int64) throws -> Int64 {
    statement.bind(1, recording.name)
    bind(recording, to: statement, from: 2)
    statement.bind(10, source)
    try statement.run()
    return statement.lastInsertedRow
  }

  private func bind(_ recording: Recording, to statement: PreparedStatement, from parameter: Int32) {
    statement.bind(parameter, recording.model)
    statement.bind(parameter + 1, recording.temperature)
    statement.bind(parameter + 2, recording.topP)
    statement.bind(parameter + 3, recording.seed)
    statement.bind(parameter + 4, recording.promptHash)
    statement.bind(parameter + 5, recording.delimiter)
    statement.bind(parameter + 6, recording.date)
    statement.bind(parameter + 7, recording.sampling.rawValue)
  }

  private func merge(_ stored: Recording) throws -> Recording {
    func agreed<Value: Hashable>(_ field: String, _ new: Value?, _ old: Value?) throws -> Value? {
      guard let new, let old else { return new ?? old }
      let isSame = (new as? String).map { $0.isSameText(as: old as? String ?? "") } ?? (new == old)
      guard isSame else { throw conflict(field, found: "\(new)", stored: "\(old)") }
      return old
    }
    var merged = stored
    merged.model = try agreed("model", recording.model, stored.model)
    merged.temperature = try agreed("temperature", recording.temperature, stored.temperature)
    merged.topP = try agreed("topP", recording.topP, stored.topP)
    merged.seed = try agreed("seed", recording.seed, stored.seed)
    merged.promptHash = try agreed("promptHash", recording.promptHash, stored.promptHash)
    _ = try agreed("delimiter", recording.delimiter, stored.delimiter)
    _ = try agreed("sampling", recording.sampling.rawValue, stored.sampling.rawValue)
    merged.date = [recording.date, stored.date].compactMap { $0 }.min()
    return merged
  }

  private func conflict(_ field: String, found: String, stored: String) -> UnacceptableData {
    UnacceptableData(
      field: "recording.\(field)", found: quoted(found),
      expected: "\(quoted(stored)), as the store has it for recording \(recording.name)",
      remedy: "give this recording a name of its own with --recording NAME")
  }
}
