import Replay
import TraceStore
import Traces

/// The recording that online runs are compared with: the one named, or the one with the most rollouts.
struct RecordingChoice {
  /// The names as a replay takes them.
  let names: [String]
  /// What was decided for the user.
  let notices: [String]
  private let groups: [RecordingGroup]

  init(_ request: ReplayRequest, store: TraceStore) throws {
    let recordings = try store.recordings().map(\.recording)
    let groups = try RecordingGroup.groups(named: request.recordings, known: recordings)
    guard request.recordings.isEmpty, groups.count > 1 else {
      self.groups = groups
      names = request.recordings
      notices = []
      return
    }
    // Online runs do not say which generator made them; a store's largest record is the likeliest.
    let rollouts = Dictionary(
      try store.summary().recordings.map { ($0.recording.name, $0.rolloutsPerProblem.upperBound) },
      uniquingKeysWith: { first, _ in first })
    let size: (RecordingGroup) -> Int = { $0.recordings.map { rollouts[$0] ?? 0 }.max() ?? 0 }
    let largest = groups.max { size($0) < size($1) } ?? groups[0]
    self.groups = [largest]
    names = [largest.name]
    notices = [
      "compared with \(largest.name), the largest of \(groups.count) recordings; --recording NAME takes another"
    ]
  }

  /// The fewest draws from the prompt that one of the problems has, by group.
  func recordedStarts(of keys: Set<ExactText>, in store: TraceStore) throws -> [ExactText: Int] {
    let problems = try store.problems().filter { keys.contains(ExactText($0.problem.key)) }
    var starts: [ExactText: Int] = [:]
    for group in groups {
      let segments = try store.segments(of: problems, recordings: group.recordings, scorers: [])
      starts[ExactText(group.name)] = segments.map { $0.parentStep.count { $0 == 0 } }.min() ?? 0
    }
    return starts
  }
}
