import Foundation
import Testing
import Traces

@testable import Replay

/// Every rule over even shares of two recordings of unequal size, against all of their orders.
@Suite struct MultiTemperatureTests {
  private struct Row {
    var recording: Int32
    var answer: Int32
    var score: Double
    var steps: Int
    var logProbability: Double
  }

  private let rows = [
    Row(recording: 0, answer: 0, score: 0.9, steps: 1, logProbability: -1),
    Row(recording: 0, answer: 1, score: 0.6, steps: 2, logProbability: -0.5),
    Row(recording: 0, answer: 1, score: 0.8, steps: 3, logProbability: -2),
    Row(recording: 0, answer: 0, score: 0.2, steps: 2, logProbability: -0.7),
    Row(recording: 1, answer: 0, score: 0.7, steps: 2, logProbability: -0.3),
    Row(recording: 1, answer: 2, score: 0.95, steps: 4, logProbability: -1.5),
  ]

  private func tree() throws -> TraceTree {
    var segments = RecordedSegments(
      columns: [ScoreColumn(scorer: "prm", channel: .step)],
      recordings: [Recording(name: "cool", temperature: 0.4), Recording(name: "hot", temperature: 1)])
    for (index, row) in rows.enumerated() {
      segments.append(
        .init(answerClass: row.answer, recording: row.recording), keys: (0..<row.steps).map { UInt64(10 * index + $0) },
        tokens: (0..<row.steps).map { _ in 10 },
        logProbabilities: (0..<row.steps).map { _ in row.logProbability / Double(row.steps) },
        scores: [(0..<row.steps).map { _ in row.score }])
    }
    return try TraceTree(problem: Problem(key: "p"), segments: segments)
  }

  /// What a rule makes of rollouts in the order in which they come, and how many tokens it pays for.
  private typealias Rule = ([Int]) -> (right: Double, tokens: Double)

  private func exact(_ rule: Rule) -> (right: Double, tokens: Double) {
    var sum = (right: 0.0, tokens: 0.0)
    var orders = 0.0
    func visit(_ chosen: [Int]) {
      if chosen.count == 4 {
        let found = rule(chosen)
        sum = (sum.right + found.right, sum.tokens + found.tokens)
        orders += 1
        return
      }
      for next in rows.indices where !chosen.contains(next) {
        if chosen.count(where: { rows[$0].recording == rows[next].recording }) < 2 { visit(chosen + [next]) }
      }
    }
    visit([])
    return (sum.right / orders, sum.tokens / orders)
  }

  private func tokens(_ rollouts: ArraySlice<Int>) -> Double { rollouts.reduce(0) { $0 + Double(10 * rows[$1].steps) } }

  private func vote(_ rollouts: some Sequence<Int>, _ weight: (Row) -> Double = { _ in 1 }) -> Double {
    var sums: [Int32: Double] = [:]
    for rollout in rollouts { sums[rows[rollout].answer, default: 0] += weight(rows[rollout]) }
    let most = sums.values.max() ?? 0
    let winners = sums.filter { abs($0.value - most) < 1e-12 }
    return winners[0] == nil ? 0 : 1 / Double(winners.count)
  }

  private func check(_ options: [String: String], _ rule: Rule) throws {
    let runs = 12_000
    let outcome = try tree().outcomes("multiTemperature", budgets: [4], replicates: runs, options: options)[0]
    let expected = exact(rule)
    #expect(Law.agrees(Law.mean(outcome.right), with: expected.right, runs: runs), "\(options)")
    #expect(abs(Law.mean(outcome.tokens) - expected.tokens) < 0.8, "\(options)")
  }

  @Test func rulesOverAllDrawn() throws {
    try check(["rule": "majority"]) { (vote($0), tokens($0[...])) }
    try check(["rule": "wbon"]) { (vote($0, \.score), tokens($0[...])) }
    try check(["rule": "wbon", "weights": "softmax(0.1)"]) { (vote($0) { exp($0.score / 0.1) }, tokens($0[...])) }
    try check(["rule": "perplexityVote"]) { (vote($0) { exp($0.logProbability) }, tokens($0[...])) }
    try check(["rule": "bon"]) { chosen in
      let best = chosen.max { rows[$0].score < rows[$1].score } ?? 0
      return (rows[best].answer == 0 ? 1 : 0, tokens(chosen[...]))
    }
  }

  @Test func rulesThatStopEarly() throws {
    try check(["rule": "first"]) { (rows[$0[0]].answer == 0 ? 1 : 0, tokens($0[..<1])) }
    try check(["rule": "adaptiveBon(0.75)"]) { chosen in
      let stop = chosen.firstIndex { rows[$0].score > 0.75 }
      let best = stop.map { chosen[$0] } ?? chosen.max { rows[$0].score < rows[$1].score } ?? 0
      return (rows[best].answer == 0 ? 1 : 0, tokens(chosen[...(stop ?? 3)]))
    }
    // 1 - I_0.5(v1 + 1, v2 + 1) is 0.875 for two votes of two and 0.6875 for two of three.
    try check(["rule": "adaptiveVote(0.85)"]) { chosen in
      let agrees = rows[chosen[0]].answer == rows[chosen[1]].answer
      return agrees
        ? (rows[chosen[0]].answer == 0 ? 1 : 0, tokens(chosen[..<2])) : (vote(chosen), tokens(chosen[...]))
    }
    try check(["rule": "firstFinish(2)"]) { chosen in
      let ordered = chosen.enumerated().sorted {
        (rows[$0.element].steps, $0.offset) < (rows[$1.element].steps, $1.offset)
      }.map(\.element)
      let last = rows[ordered[1]].steps
      return (vote(ordered[..<2]), chosen.reduce(0) { $0 + Double(10 * min(rows[$1].steps, last)) })
    }
  }

  @Test func optionsOfOtherRulesAreRefused() throws {
    for (option, value) in [("weights", "logit"), ("pruning", "rpc"), ("probability", "perToken")] {
      #expect(
        throws: ReplayError.noEffect(option: option, method: "multiTemperature", because: "the rule is majority")
      ) {
        try MethodCell(method: "multiTemperature", options: [option: value])
      }
    }
    #expect(throws: ReplayError.self) {
      try MethodCell(method: "multiTemperature", options: ["rule": "adaptiveVote(0.2)"])
    }
    func reads(_ rule: String) throws -> Bool {
      try MethodCell(method: "multiTemperature", options: ["rule": rule]).reads(.mergePrefixes)
    }
    #expect(try reads("perplexityVote") && !reads("wbon"))
  }
}
