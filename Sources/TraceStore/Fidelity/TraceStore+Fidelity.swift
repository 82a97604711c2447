import GRDB
import Traces

extension TraceStore {
  /// Keeps what was found; what was found earlier for the same files, or predicted earlier, and for the same content is
  /// replaced.
  ///
  /// - Parameters:
  ///   - records: The findings.
  ///   - content: The hash of the content replayed, as `contentHash()` gives it.
  ///   - online: SHA-256 of the files of online runs; none for predictions.
  /// - Throws: `StoreFailure` where the store cannot be written.
  public func save(fidelity records: [FidelityRecord], content: String, online: [String]) throws {
    let files = online.sorted().joined(separator: " ")
    try write { db in
      let statement = try PreparedStatement(db, Self.insertion)
      for record in records { try Self.insert(record, content: content, online: files, with: statement) }
    }
  }

  private static let insertion = """
    INSERT OR REPLACE INTO fidelity (content, method, preset, aggregate, scorer, recording, options, policy,
      merge_prefixes, budget, problems, online_runs, replicates, replayed, online_accuracy, bias, low, high, online,
      basis, doubts)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
    """

  private static func insert(
    _ record: FidelityRecord, content: String, online: String, with statement: PreparedStatement
  ) throws {
    let replay = record.replay
    let texts = [
      content, replay.method, presetText(replay), replay.aggregate ?? "", replay.scorer ?? "", replay.recording,
      optionsText(replay.options), record.policy ?? "",
    ]
    for (index, text) in texts.enumerated() { statement.bind(Int32(index + 1), text) }
    let counts = [
      record.mergesPrefixes ? 1 : 0, replay.budget, record.problems, record.onlineRuns, record.replicates,
    ]
    for (index, count) in counts.enumerated() { statement.bind(Int32(index + 9), count) }
    let numbers = [record.replayed, record.online, record.bias, record.low, record.high]
    for (index, number) in numbers.enumerated() { statement.bind(Int32(index + 14), number) }
    for (index, text) in [online, record.basis.rawValue, record.doubts.joined(separator: ";")].enumerated() {
      statement.bind(Int32(index + 19), text)
    }
    try statement.run()
  }

  /// The biases that were found for a content, by what was replayed.
  ///
  /// - Parameters:
  ///   - content: The hash of the content replayed.
  ///   - basis: Against recorded online runs, or as a fitted model predicts them.
  ///
  /// Of several comparisons of the same replay the one with the most online runs counts; of equal ones the last.
  public func fidelity(
    content: String, basis: FidelityRecord.Basis = .online
  ) throws -> [Cell: FidelityRecord] {
    try read { db in
      guard try StoreSchema.hasPredictions(db) else {
        return basis == .online ? try Self.findings(in: db, content: content, condition: "") : [:]
      }
      return try Self.findings(in: db, content: content, condition: "AND basis = '\(basis.rawValue)'")
    }
  }

  private static func findings(
    in db: Database, content: String, condition: String
  ) throws -> [Cell: FidelityRecord] {
    let rows = try Row.fetchAll(
      db, sql: "SELECT * FROM fidelity WHERE content = ? \(condition) ORDER BY online_runs, id", arguments: [content])
    return Dictionary(rows.map(Self.record).map { ($0.replay, $0) }, uniquingKeysWith: { _, last in last })
  }

  private static func record(_ row: Row) -> FidelityRecord {
    func optional(_ column: String) -> String? {
      let text: String = row[column]
      return text.isEmpty ? nil : text
    }
    let (preset, version) = self.preset(row["preset"])
    let replay = Cell(
      method: row["method"], preset: preset, presetVersion: version, aggregate: optional("aggregate"),
      scorer: optional("scorer"),
      recording: row["recording"], options: options(row["options"]), budget: row["budget"])
    return FidelityRecord(
      replay: replay, policy: optional("policy"), mergesPrefixes: row["merge_prefixes"], problems: row["problems"],
      onlineRuns: row["online_runs"], replicates: row["replicates"], replayed: row["replayed"],
      online: row["online_accuracy"], bias: row["bias"], low: row["low"], high: row["high"],
      basis: (row["basis"] as String?).flatMap(FidelityRecord.Basis.init) ?? .online,
      doubts: doubts(row["doubts"] ?? ""))
  }

  private static func doubts(_ text: String) -> [String] { text.split(separator: ";").map(String.init) }

  /// A preset with its version, `its_hub@its-hub 1.2.0`: what was found for one version says nothing about another.
  private static func presetText(_ replay: Cell) -> String {
    (replay.preset ?? "") + (replay.presetVersion.map { "@" + $0 } ?? "")
  }

  /// The preset and its version; stores of earlier programs name no version, and what they found is carried for none.
  private static func preset(_ text: String) -> (name: String?, version: String?) {
    let parts = text.split(separator: "@", maxSplits: 1).map(String.init)
    return (parts.first, parts.count > 1 ? parts[1] : nil)
  }

  /// The options in one line, in ascending order of their names.
  private static func optionsText(_ options: [String: String]) -> String {
    options.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }.joined(separator: ";")
  }

  private static func options(_ text: String) -> [String: String] {
    var options: [String: String] = [:]
    for part in text.split(separator: ";") {
      guard let equals = part.firstIndex(of: "=") else { continue }
      options[String(part[..<equals])] = String(part[part.index(after: equals)...])
    }
    return options
  }
}
