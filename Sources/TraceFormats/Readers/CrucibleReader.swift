import Traces

/// crucible-ttc's recordings: best-of-N with one outcome score a completion, and generation cassettes with traces and
/// trees of steps.
///
/// A PRM cassette holds only scores, by digests of prefixes: it is read beside its generation cassette
/// (`ReadingOptions.prefixScores`).
struct CrucibleReader: DocumentReader {
  static let name = "crucible"
  static let summary = "crucible-ttc's JSON recordings"
  static let recordsAreWholeSamples = true
  static let signatures = [
    Signature("meta{}", "records[]"), Signature("backend", "records[]"), Signature("backend", "step_records[]"),
    Signature("prm", "records{}"),
  ]
  static let notation = DocumentNotation.json

  let context: ReadingContext

  func read(
    _ document: UnsafeRawBufferPointer, record: (TraceRecord) throws -> Void,
    refused: (UnacceptableData) throws -> Void
  ) throws {
    var cursor = JSONCursor(document)
    var meta = CrucibleMeta()
    // What holds for all records may stand after them, so lists are read last.
    var lists: [String: JSONCursor] = [:]
    try cursor.object { cursor, key in
      switch key {
      case "meta": meta.add(try CrucibleMeta(&cursor))
      case "backend": meta.isGeneration = try cursor.optionalString() != nil
      case "model": meta.recording.model = try cursor.optionalString()
      case "records", "problems", "step_records":
        lists[key.text] = cursor
        try cursor.skip()
      default: try cursor.skip()
      }
    }
    try cursor.end()
    if var records = lists["records"], records.kind() == .object { throw Self.scoresOnly() }
    if meta.isGeneration || lists["step_records"] != nil {
      return try CrucibleGeneration(context: context, meta: meta).read(lists, record: record, refused: refused)
    }
    guard var records = lists["records"] else {
      throw UnacceptableData.missing("records", expected: "a list of problems with traces")
    }
    try readBestOfN(&records, meta, record: record, refused: refused)
  }

  private func readBestOfN(
    _ records: inout JSONCursor, _ meta: CrucibleMeta, record: (TraceRecord) throws -> Void,
    refused: (UnacceptableData) throws -> Void
  ) throws {
    let reader = CrucibleBestOfN(context: context, meta: meta)
    try records.elements(
      of: "records", read: { try reader.read(&$0, ordinal: $1 + 1) }, take: record, refused: refused)
  }

  private static func scoresOnly() -> UnacceptableData {
    UnacceptableData(
      field: "records", found: "a PRM cassette: scores by prefix, without texts", expected: "recorded traces",
      remedy: "give it with its generation cassette: retrace ingest GENERATION.json PRM.json --into STORE")
  }
}

extension JSONCursor {
  /// Reads a list's elements and hands them on, one by one; one that is not acceptable is refused and does not end the
  /// list where `refused` returns.
  mutating func elements<Element>(
    of name: String, read: (inout JSONCursor, Int) throws -> Element, take: (Element) throws -> Void,
    refused: (UnacceptableData) throws -> Void
  ) throws {
    // What the caller throws must not get this list's path: it is kept until the list is over.
    var failure: (any Error)?
    try array { cursor, index in
      var element = cursor
      try cursor.skip()
      guard failure == nil else { return }
      let result = Result { try UnacceptableData.under("\(name)[\(index)]") { try read(&element, index) } }
      do {
        switch result {
        case .success(let value): try take(value)
        case .failure(let refusal as UnacceptableData): try refused(refusal)
        case .failure(let error): throw error
        }
      } catch {
        failure = error
      }
    }
    if let failure { throw failure }
  }
}

/// The `meta` object of a crucible recording.
struct CrucibleMeta {
  var recording = Recording(name: "", delimiter: "\n\n")
  var dataset: String?
  var scorer: String?
  var maximumTokens: Int?
  var isGeneration = false

  init() {}

  /// Takes over what another part of the file says.
  mutating func add(_ other: CrucibleMeta) {
    let model = recording.model
    let wasGeneration = isGeneration
    self = other
    recording.model = recording.model ?? model
    isGeneration = wasGeneration
  }

  init(_ cursor: inout JSONCursor) throws {
    try cursor.object { cursor, key in
      switch key {
      case "model", "policy": recording.model = try cursor.optionalString()
      case "temperature": recording.temperature = try cursor.optionalTemperature()
      case "seed": recording.seed = try cursor.optionalInteger()
      case "captured": recording.date = try cursor.optionalString()
      case "dataset": dataset = try cursor.optionalString()
      case "prm": scorer = try cursor.optionalString()
      case "max_tokens": maximumTokens = try cursor.optionalInteger()
      default: try cursor.skip()
      }
    }
  }
}

/// One problem of a best-of-N recording.
struct CrucibleBestOfN {
  let context: ReadingContext
  let meta: CrucibleMeta

  func read(_ cursor: inout JSONCursor, ordinal: Int) throws -> TraceRecord {
    var key: String?
    var problem = Problem(key: "", dataset: meta.dataset)
    var rollouts: [RolloutRecord]?
    let column = context.column(context.scorer(meta.scorer))
    try cursor.object { cursor, name in
      switch name {
      case "problem_id": key = try cursor.label()
      case "gold": problem.answer = try cursor.label()
      case "difficulty": problem.level = try cursor.label()
      case "traces":
        var list: [RolloutRecord] = []
        try cursor.array { cursor, _ in list.append(try trace(&cursor, column)) }
        rollouts = list
      default: try cursor.skip()
      }
    }
    guard let key else { throw UnacceptableData.missing("problem_id", expected: "the problem's name") }
    guard let rollouts else { throw UnacceptableData.missing("traces", expected: "a list of completions") }
    problem.key = key
    var recording = meta.recording
    recording.sampling = context.options.sampling ?? recording.sampling
    return TraceRecord(
      problem: try context.completed(problem, field: "gold"), recording: recording, columns: [column],
      rollouts: rollouts, line: ordinal)
  }

  private func trace(_ cursor: inout JSONCursor, _ column: ScoreColumn) throws -> RolloutRecord {
    var text: String?
    var tokens: Int?
    var verdict: Bool?
    var score: Double?
    try cursor.object { cursor, key in
      switch key {
      case "text": text = try cursor.string()
      case "tokens": tokens = try cursor.takeNull() ? nil : cursor.naturalNumber()
      case "correct": verdict = try cursor.optionalBoolean()
      case "prm_score": score = try cursor.takeNull() ? nil : cursor.score(column)
      default: try cursor.skip()
      }
    }
    guard let text else { throw UnacceptableData.missing("text", expected: "the completion's text") }
    var rollout = RolloutRecord(wholeText: text, scores: [score.map { [$0] } ?? []])
    rollout.tokens = tokens.map { [Int32($0)] } ?? []
    rollout.sourceVerdict = verdict
    if let tokens, let maximum = meta.maximumTokens, tokens >= maximum { rollout.finish = .length }
    return rollout
  }
}

extension RolloutRecord {
  /// A rollout whose steps were not recorded: its whole text is one step.
  init(wholeText text: String, scores: [[Double]] = []) {
    self.init(text: text, stepEnds: [Int32(clamping: text.utf8.count)], scores: scores)
  }
}
