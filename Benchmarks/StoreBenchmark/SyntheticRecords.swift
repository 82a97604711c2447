import TraceStore
import Traces

/// Records shaped like a real bulk file: free text of about a kilobyte a rollout, a step score
/// and a prefix score for each step.
struct SyntheticRecords {
  let problems: Int
  let rolloutsPerProblem: Int
  let stepsPerRollout: Int
  let bytesPerStep: Int
  private let recording = Recording(name: "synthetic", model: "none", temperature: 0.8, delimiter: "\n\n")
  private let columns = [ScoreColumn(scorer: "prm", channel: .step), ScoreColumn(scorer: "prm", channel: .prefix)]

  /// The bytes of all texts.
  var textBytes: Int {
    problems * rolloutsPerProblem * (stepsPerRollout * bytesPerStep + (stepsPerRollout - 1) * 2)
  }

  /// The number of single scores.
  var scores: Int { problems * rolloutsPerProblem * stepsPerRollout * columns.count }

  /// All rollouts of a problem.
  func record(problem: Int) -> GradedRecord {
    var random = RandomNumbers(seed: UInt64(problem))
    var rollouts: [RolloutRecord] = []
    var answers: [GradedAnswer?] = []
    for _ in 0..<rolloutsPerProblem {
      let steps = (0..<stepsPerRollout).map { _ in random.text(bytes: bytesPerStep) }
      let scores = columns.map { _ in steps.map { _ in random.probability() } }
      var rollout = RolloutRecord(steps: steps, delimiter: "\n\n", scores: scores)
      rollout.totalTokens = steps.count * bytesPerStep / 4
      rollouts.append(rollout)
      let number = random.next() % 8
      let answer = number == 0 ? "right" : "\(number)"
      answers.append(GradedAnswer(text: answer, classKey: answer, isRight: number == 0, status: .parsed))
    }
    let key = Problem(key: "problem/\(problem)", statement: "What?", answer: "right", level: "\(problem % 5 + 1)")
    let record = TraceRecord(problem: key, columns: columns, rollouts: rollouts, line: problem + 1)
    return GradedRecord(record: record, recording: recording, answers: answers)
  }

  /// Another reward model's scores for all rollouts of a problem.
  func importedScores(problem: Int) -> [ImportedScores] {
    var random = RandomNumbers(seed: UInt64(problem) &+ 1 << 40)
    return (0..<rolloutsPerProblem).map { rollout in
      ImportedScores(
        problem: "problem/\(problem)", rollout: rollout, scorer: "other",
        stepScores: (0..<stepsPerRollout).map { _ in random.probability() },
        prefixScores: (0..<stepsPerRollout).map { _ in random.probability() }, line: problem)
    }
  }
}

/// SplitMix64 (Steele, Lea and Flood, OOPSLA 2014), so that every run measures the same.
struct RandomNumbers {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  mutating func probability() -> Double { Double(next() >> 11) * 0x1p-53 }

  mutating func text(bytes: Int) -> String {
    String(unsafeUninitializedCapacity: bytes) { buffer in
      for index in 0..<bytes { buffer[index] = UInt8(97 + next() % 26) }
      return bytes
    }
  }
}
