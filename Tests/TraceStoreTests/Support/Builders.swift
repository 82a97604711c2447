import TraceStore
import Traces

/// Small records with every field in use.
enum Build {
  static let delimiter = "\n"
  static let stepColumn = ScoreColumn(scorer: "prm", channel: .step)
  static let prefixColumn = ScoreColumn(scorer: "prm", channel: .prefix)
  static let logitColumn = ScoreColumn(scorer: "log", channel: .step, scale: .logit)

  static func recording(_ name: String = "warm", temperature: Double = 0.8) -> Recording {
    Recording(name: name, model: "tiny", temperature: temperature, seed: 7, delimiter: delimiter)
  }

  static func rollout(
    _ steps: [String],
    scores: [[Double]] = [],
    finish: Finish = .stop,
    parent: RolloutRecord.Parent? = nil
  ) -> RolloutRecord {
    var rollout = RolloutRecord(steps: steps, delimiter: delimiter, finish: finish, scores: scores)
    rollout.parent = parent
    return rollout
  }

  static func answer(_ text: String, right: Bool = false) -> GradedAnswer {
    GradedAnswer(text: text, classKey: right ? "right" : text, isRight: right, status: .parsed)
  }

  static func record(
    problem: String,
    rollouts: [RolloutRecord],
    answers: [GradedAnswer?]? = nil,
    columns: [ScoreColumn] = [],
    recording: Recording = recording(),
    line: Int = 1
  ) -> GradedRecord {
    let record = TraceRecord(
      problem: Problem(key: problem, dataset: "toy", statement: "what is \(problem)?", answer: "1", level: "5"),
      columns: columns, rollouts: rollouts, line: line)
    return GradedRecord(
      record: record, recording: recording, answers: answers ?? rollouts.map { _ in nil })
  }
}

/// A reproducible generator: SplitMix64.
struct SeededGenerator: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}

extension Build {
  /// Records with random trees, texts, scores and answers.
  static func randomRecords(seed: UInt64, problems: Int, rollouts: Int, recording: Recording = recording())
    -> [GradedRecord]
  {
    var generator = SeededGenerator(seed: seed)
    return (0..<problems).map { problem in
      var made: [RolloutRecord] = []
      var depths: [Int] = []
      var answers: [GradedAnswer?] = []
      for _ in 0..<rollouts {
        let rollout = randomRollout(after: made, depths: depths, using: &generator)
        depths.append((rollout.parent?.step ?? 0) + rollout.stepEnds.count)
        made.append(rollout)
        answers.append(rollout.finish == .open ? nil : randomAnswer(using: &generator))
        made[made.count - 1].answer = answers.last??.text
      }
      return record(
        problem: "p\(problem)", rollouts: made, answers: answers,
        columns: [stepColumn, prefixColumn, logitColumn], recording: recording, line: problem + 1)
    }
  }

  private static func randomAnswer(using generator: inout SeededGenerator) -> GradedAnswer? {
    let number = Int.random(in: 0...4, using: &generator)
    return number == 4 ? nil : answer("\(number)", right: number == 1)
  }

  private static func randomRollout(
    after made: [RolloutRecord],
    depths: [Int],
    using generator: inout SeededGenerator
  ) -> RolloutRecord {
    let steps = (0..<Int.random(in: 1...5, using: &generator)).map { _ in
      String(repeating: "ä", count: Int.random(in: 0...9, using: &generator)) + "\(generator.next() % 3)"
    }
    let scores = [
      steps.map { _ in Double.random(in: 0...1, using: &generator) },
      Bool.random(using: &generator) ? steps.map { _ in Double.random(in: 0...1, using: &generator) } : [],
      steps.map { _ in Double.random(in: -30...30, using: &generator) },
    ]
    let finish = Finish.allCases[Int(generator.next() % 3)]
    var rollout = rollout(steps, scores: scores, finish: finish)
    if let parent = made.indices.randomElement(using: &generator), Bool.random(using: &generator) {
      let last = depths[parent] - (made[parent].finish == .open ? 0 : 1)
      rollout.parent = .init(rollout: parent, step: Int.random(in: 0...last, using: &generator))
    }
    switch generator.next() % 3 {
    case 0: rollout.tokens = steps.map { _ in Int32.random(in: 0...50, using: &generator) }
    case 1: rollout.totalTokens = Int.random(in: 0...200, using: &generator)
    default: break
    }
    if Bool.random(using: &generator) {
      rollout.logProbabilities = steps.map { _ in Double.random(in: -40...0, using: &generator) }
    }
    rollout.sourceVerdict = [true, false, nil][Int(generator.next() % 3)]
    return rollout
  }
}
