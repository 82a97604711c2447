import Foundation
import Traces

/// A rollout as a file of the `retrace` format has it.
struct WrittenRollout: Encodable {
  struct Step: Encodable {
    var text: String
    var scores: [String: Double]?
    var prefixScores: [String: Double]?
    var tokens: Int?
  }

  struct Parent: Encodable {
    var rollout: Int
    var step: Int
  }

  var steps: [Step]
  var finish: String?
  var answer: String?
  var parent: Parent?

  /// A rollout with one score a step.
  init(_ steps: [(String, Double)], answer: String?, finish: String? = "stop", scorer: String = "prm") {
    self.steps = steps.map { Step(text: $0.0, scores: [scorer: $0.1], tokens: 10) }
    self.answer = answer
    self.finish = finish
  }

  private enum Key: String, CodingKey { case steps, finish, answer, parent }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    try container.encode(steps, forKey: .steps)
    // An open end is written as null, not left out.
    try container.encode(finish, forKey: .finish)
    try container.encodeIfPresent(answer, forKey: .answer)
    try container.encodeIfPresent(parent, forKey: .parent)
  }
}

/// A line of the `retrace` format.
struct WrittenProblem: Encodable {
  struct Head: Encodable {
    var id: String
    var statement: String?
    var answer: String?
    var level: Int?
  }

  var problem: Head
  var rollouts: [WrittenRollout]

  /// The line of a problem.
  static func line(
    _ key: String,
    gold: String? = "1",
    statement: String? = nil,
    level: Int? = nil,
    _ rollouts: [WrittenRollout]
  ) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    let written = WrittenProblem(
      problem: Head(id: key, statement: statement, answer: gold, level: level), rollouts: rollouts)
    return String(decoding: try encoder.encode(written), as: UTF8.self)
  }

  /// A line whose rollouts have one step each: score and answer.
  static func choices(_ key: String, _ rollouts: [(score: Double, answer: String)]) throws -> String {
    try line(
      key,
      rollouts.enumerated().map { index, rollout in
        WrittenRollout([("step \(index)", rollout.score)], answer: rollout.answer)
      })
  }
}

/// Made-up rollouts that share first steps; the answer depends on the last score.
enum MadeUpRollouts {
  static func lines(
    problems: Int,
    rollouts: Int,
    scorers: [String] = ["prm"],
    hasPrefixes: Bool = false
  ) throws -> [String] {
    try (0..<problems).map { problem in
      var stream = RandomStream(
        .init(seed: 5, problem: "p\(problem)", method: "made up", settings: ""), budget: 0, replicate: 0)
      let written = (0..<rollouts).map { _ in rollout(&stream, scorers, hasPrefixes) }
      return try WrittenProblem.line("p\(problem)", level: problem % 3, written)
    }
  }

  private static func rollout(
    _ stream: inout RandomStream,
    _ scorers: [String],
    _ hasPrefixes: Bool
  ) -> WrittenRollout {
    var rollout = WrittenRollout([], answer: nil)
    var last = 0.0
    for step in 0..<(2 + stream.below(3)) {
      let choice = stream.below(4)
      last = (Double(choice) + stream.uniform()) / 4
      let scores = scorers.map { ($0, (Double(choice) + stream.uniform()) / 4) } + [(scorers[0], last)]
      let byName = Dictionary(scores) { $1 }
      rollout.steps.append(
        .init(text: "step \(step): \(choice)", scores: byName, prefixScores: hasPrefixes ? byName : nil, tokens: 7))
    }
    rollout.answer = last > stream.uniform() ? "1" : "\(2 + stream.below(3))"
    return rollout
  }
}
