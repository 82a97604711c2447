import GRDB
import Traces

/// Counts of all rollouts, in one pass over their table.
///
/// SQLite would sort the table for each grouping; a pass with counters is three times as fast.
struct RolloutTally {
  /// The recording of each rollout that was counted, by row; its rank.
  private(set) var recordingOfRollout: RowMap<Int32>
  /// Problems with segments that continue another rollout.
  var problemsWithTree: Int { hasBranch.count { $0 } }
  /// Problems of which two rollouts from the prompt begin with the same step.
  var problemsWithSharedPrefixes: Int { sharesPrefix.count { $0 } }

  private let recordings: [StoredRecording]
  private let ranks: RowMap<Int32>
  private let problems: RowMap<Int32>
  private let rightClasses: RowMap<Int32>
  private var counts: [Counts]
  /// Complete rollouts from the prompt by problem and recording; -1 where there is nothing of the recording.
  private var chains: [Int32]
  private var hasBranch: [Bool]
  private var sharesPrefix: [Bool]
  private var firstSteps: [Set<UInt64>]

  private struct Counts {
    var rollouts = 0
    var steps = 0
    var branches = 0
    var complete = 0
    var right = 0
    var withoutAnswer = 0
    var withStepTokens = 0
    var withTotalTokens = 0
    var withLogProbabilities = 0
  }

  init(of recordings: [StoredRecording], in db: Database) throws {
    self.recordings = recordings
    ranks = RowMap(numbering: recordings.map(\.identifier))
    let problems = try Int64.fetchAll(db, sql: "SELECT id FROM problem")
    self.problems = RowMap(numbering: problems)
    rightClasses = RowMap(numbering: try Int64.fetchAll(db, sql: "SELECT id FROM answer_class WHERE is_right = 1"))
    let last = try Int.fetchOne(db, sql: "SELECT max(id) FROM rollout") ?? 0
    recordingOfRollout = RowMap(last: last, expected: last)
    counts = Array(repeating: Counts(), count: recordings.count)
    chains = Array(repeating: -1, count: problems.count * recordings.count)
    hasBranch = Array(repeating: false, count: problems.count)
    sharesPrefix = hasBranch
    firstSteps = Array(repeating: [], count: problems.count)
    let row = try PreparedStatement(
      db,
      """
      SELECT id, problem, recording, parent, steps, finish <> 'open', answer_class, tokens, total_tokens,
        log_probabilities, step_keys
      FROM rollout
      """)
    while try row.step() {
      let problem = Int(self.problems[row.integer(1)])
      let recording = Int(ranks[row.integer(2)])
      guard problem >= 0, recording >= 0 else { continue }
      recordingOfRollout[row.integer(0)] = Int32(recording)
      add(row, to: &counts[recording])
      addShape(of: row, problem: problem, recording: recording)
    }
  }

  private func add(_ row: PreparedStatement, to counts: inout Counts) {
    counts.rollouts += 1
    counts.steps += Int(row.integer(4))
    if !row.isNull(3) { counts.branches += 1 }
    if row.integer(5) == 1 {
      counts.complete += 1
      if row.isNull(6) {
        counts.withoutAnswer += 1
      } else if rightClasses[row.integer(6)] >= 0 {
        counts.right += 1
      }
    }
    if !row.isNull(7) {
      counts.withStepTokens += 1
    } else if !row.isNull(8) {
      counts.withTotalTokens += 1
    }
    if !row.isNull(9) { counts.withLogProbabilities += 1 }
  }

  private mutating func addShape(of row: PreparedStatement, problem: Int, recording: Int) {
    let place = problem * recordings.count + recording
    if chains[place] < 0 { chains[place] = 0 }
    guard row.isNull(3) else {
      hasBranch[problem] = true
      return
    }
    if row.integer(5) == 1 { chains[place] += 1 }
    let keys = row.bytes(10)
    guard !sharesPrefix[problem], keys.count >= 8 else { return }
    sharesPrefix[problem] = !firstSteps[problem].insert(keys.loadUnaligned(as: UInt64.self)).inserted
  }

  /// What each recording holds, ordered as the recordings were; those without a rollout are left out.
  func summaries() -> [StoreSummary.OfRecording] {
    recordings.indices.compactMap { index in
      var numbers: [Int] = []
      for place in stride(from: index, to: chains.count, by: recordings.count) where chains[place] >= 0 {
        numbers.append(Int(chains[place]))
      }
      guard let fewest = numbers.min(), let most = numbers.max() else { return nil }
      let counts = counts[index]
      return StoreSummary.OfRecording(
        recording: recordings[index].recording, problems: numbers.count, rollouts: counts.rollouts, steps: counts.steps,
        rolloutsPerProblem: fewest...most, branches: counts.branches, complete: counts.complete, right: counts.right,
        withoutAnswer: counts.withoutAnswer, withStepTokens: counts.withStepTokens,
        withTotalTokens: counts.withTotalTokens, withLogProbabilities: counts.withLogProbabilities)
    }
  }
}
