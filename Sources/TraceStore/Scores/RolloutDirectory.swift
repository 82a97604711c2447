import GRDB
import Traces

/// Finds stored rollouts by problem, recording and index.
///
/// Holds a few bytes for each rollout of the store, so that files of scores may come in any order.
struct RolloutDirectory {
  /// A rollout as far as its scores are concerned.
  struct Entry {
    var identifier: Int64
    var steps: Int
  }

  private let store: String
  private let recordings: [String]
  /// For each problem and recording the rollouts by index.
  private var entries: [ExactText: [[Entry]]] = [:]

  init(_ db: Database, store: String) throws {
    self.store = store
    let selection = try Selection(recordings: nil, scorers: nil, in: db, file: store)
    recordings = selection.recordings.map(\.recording.name)
    let statement = try PreparedStatement(
      db,
      """
      SELECT problem.key, rollout.recording, rollout.id, rollout.steps
      FROM problem
      CROSS JOIN rollout ON rollout.problem = problem.id
      JOIN source ON source.id = rollout.source
      ORDER BY problem.id, source.sha256, rollout.position
      """)
    let none = [[Entry]](repeating: [], count: recordings.count)
    while try statement.step() {
      let recording = Int(selection.recordingRank[statement.integer(1)])
      entries[ExactText(statement.text(0) ?? ""), default: none][recording].append(
        Entry(identifier: statement.integer(2), steps: Int(statement.integer(3))))
    }
  }

  /// The rollouts of the problem and recording that a line of scores names, by index; the line's own is among them.
  ///
  /// - Throws: `UnacceptableData` where there is none, or more than one.
  func rollouts(besides line: ImportedScores) throws -> [Entry] {
    guard let byRecording = entries[ExactText(line.problem)] else {
      throw UnknownName.refusal(
        of: line.problem, kind: "problem", known: entries.keys.sorted().map(\.text), file: nil)
    }
    let recording = try recording(of: line, among: byRecording)
    let entries = byRecording[recording]
    guard entries.indices.contains(line.rollout) else {
      throw UnacceptableData(
        field: "rollout", found: "\(line.rollout)",
        expected: entries.isEmpty
          ? "nothing, since problem \(line.problem) has no rollouts of recording \(recordings[recording])"
          : "an index from 0 to \(entries.count - 1): the rollouts of problem \(line.problem) in recording "
            + recordings[recording])
    }
    return entries
  }

  private func recording(of line: ImportedScores, among entries: [[Entry]]) throws -> Int {
    guard let name = line.recording else {
      let possible = entries.indices.filter { !entries[$0].isEmpty }
      if possible.count == 1 { return possible[0] }
      throw UnacceptableData(
        field: "recording", found: "none",
        expected:
          "one of \(possible.map { recordings[$0] }.joined(separator: ", ")), since problem \(line.problem) has "
          + "rollouts of each",
        remedy: "name it in the file or with --recording NAME")
    }
    guard let recording = recordings.firstIndex(where: name.isSameText) else {
      throw UnknownName.refusal(of: name, kind: "recording", known: recordings, file: nil)
    }
    return recording
  }
}
