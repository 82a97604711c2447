import Foundation
import Testing
import Traces

@testable import Replay

@Suite struct ParticleGibbsTests {
  /// Two levels, every path of two steps: the filter's target is p(path) w(r_1) w(r_2).
  private func tree(times: Int = 3000) throws -> TraceTree {
    try TestTree.make([
      TestRollout([(1, 0.7), (11, 0.6)], answer: 0, times: 2 * times),
      TestRollout([(1, 0.7), (12, 0.3)], answer: 1, times: times),
      TestRollout([(2, 0.4), (21, 0.8)], answer: 0, times: times),
      TestRollout([(2, 0.4), (22, 0.5)], answer: 2, times: times),
    ])
  }

  private func target(_ tree: TraceTree, temperature: Double = 1) -> [Int: Double] {
    var target: [Int: Double] = [:]
    for end in 0..<tree.nodeCount where tree.isTerminal[end] {
      let visits = Double(tree.visits[end]) / Double(tree.visits[0])
      let weight = tree.path(to: end).reduce(1.0) {
        $0 * pow(tree.scores[0][$1] / (1 - tree.scores[0][$1]), 1 / temperature)
      }
      target[end] = visits * weight
    }
    let total = target.values.reduce(0, +)
    return target.mapValues { $0 / total }
  }

  private func engine(_ tree: TraceTree, seed: UInt64) throws -> ReplayEngine {
    let scores = try PathScores(tree: tree, column: 0, aggregation: .last)
    var engine = ReplayEngine(
      tree: tree, scores: scores, continuation: DonorGroups(.shared, neighbours: 1, tree: tree, scores: scores),
      keepsHistory: true)
    engine.begin(
      stream: RandomStream(.init(seed: seed, problem: "", method: "", settings: ""), budget: 0, replicate: 0),
      replicate: 0)
    return engine
  }

  private func candidate(at end: Int, engine: inout ReplayEngine) -> Candidate {
    var candidate = engine.scores.start
    for node in engine.tree.path(to: end) { engine.retrace(&candidate, to: node) }
    return candidate
  }

  private func pick(_ law: [Int: Double], _ uniform: Double) -> Int {
    var rest = uniform
    let ordered = law.sorted { $0.key < $1.key }
    for (end, probability) in ordered {
      rest -= probability
      if rest < 0 { return end }
    }
    return ordered.last?.key ?? 0
  }

  private func rules(samplesAncestors: Bool) -> ParticleGibbs {
    ParticleGibbs(
      filter: FilterSettings(), iterations: 2, reference: .present, samplesAncestors: samplesAncestors)
  }

  @Test(arguments: [false, true]) func leavesThePosteriorInvariant(samplesAncestors: Bool) throws {
    let tree = try tree()
    let law = target(tree)
    let runs = 12_000
    var counts: [Int: Double] = [:]
    var workspace = Workspace()
    workspace.reserve(8, classes: tree.classCount + 1)
    var engine = try engine(tree, seed: 1)
    let key = RandomStream.Key(seed: 11, problem: "", method: "", settings: "")
    for run in 0..<runs {
      engine.begin(stream: RandomStream(key, budget: 0, replicate: run), replicate: run)
      let start = pick(law, engine.stream.uniform())
      let kernel = ConditionalFilter(rules: rules(samplesAncestors: samplesAncestors), particles: 3)
      workspace.takeReference(to: candidate(at: start, engine: &engine), history: engine.history)
      let final = kernel.run(engine: &engine, workspace: &workspace)
      #expect(final.count == 3)
      let next = kernel.drawReference(final, engine: &engine, workspace: &workspace)
      counts[Int(next.node), default: 0] += 1
    }
    let statistic = law.reduce(0.0) { sum, entry in
      let expected = entry.value * Double(runs)
      let difference = (counts[entry.key] ?? 0) - expected
      return sum + difference * difference / expected
    }
    #expect(statistic < 16.3, "chi-square(3) exceeds its 0.999 quantile")
  }

  /// Paths of one, two and three steps.
  private func unequalTree() throws -> TraceTree {
    try TestTree.make([
      TestRollout([(1, 0.6)], answer: 1, times: 1500),
      TestRollout([(2, 0.5), (21, 0.7)], answer: 0, times: 1500),
      TestRollout([(2, 0.5), (22, 0.4), (221, 0.8)], answer: 2, times: 1500),
      TestRollout([(3, 0.7), (31, 0.6), (311, 0.3)], answer: 0, times: 1500),
      TestRollout([(3, 0.7), (31, 0.6), (312, 0.9)], answer: 1, times: 1500),
    ])
  }

  /// Runs one iteration after references drawn from a law, and compares the next references with theirs.
  private func chiSquare(
    _ tree: TraceTree, from start: [Int: Double], expecting law: [Int: Double], runs: Int, seed: UInt64
  ) throws -> Double {
    var counts: [Int: Double] = [:]
    var workspace = Workspace()
    workspace.reserve(8, classes: tree.classCount + 1)
    var engine = try engine(tree, seed: 1)
    let key = RandomStream.Key(seed: seed, problem: "", method: "", settings: "")
    let kernel = ConditionalFilter(rules: rules(samplesAncestors: false), particles: 3)
    for run in 0..<runs {
      engine.begin(stream: RandomStream(key, budget: 0, replicate: run), replicate: run)
      let end = pick(start, engine.stream.uniform())
      workspace.takeReference(to: candidate(at: end, engine: &engine), history: engine.history)
      let final = kernel.run(engine: &engine, workspace: &workspace)
      let next = kernel.drawReference(final, engine: &engine, workspace: &workspace)
      counts[Int(next.node), default: 0] += 1
    }
    return law.reduce(0.0) { sum, entry in
      let expected = entry.value * Double(runs)
      let difference = (counts[entry.key] ?? 0) - expected
      return sum + difference * difference / expected
    }
  }

  /// A filter that stopped with its free particles, or took the reference to its end at once, would be off by hundreds.
  @Test func waitsForAReferenceThatIsLongerThanTheOthers() throws {
    let tree = try unequalTree()
    let exact = ExactConditionalFilter(tree: tree, particles: 3)
    for end in 0..<tree.nodeCount where tree.isTerminal[end] {
      let law = exact.next(after: end)
      #expect(abs(law.values.reduce(0, +) - 1) < 1e-12)
      let statistic = try chiSquare(tree, from: [end: 1], expecting: law, runs: 6000, seed: 31)
      #expect(statistic < 18.5, "chi-square(4) exceeds its 0.999 quantile after \(end)")
    }
  }

  @Test func leavesTheLawOfUnequalPathsInvariant() throws {
    let equal = try tree(times: 10)
    let target = target(equal)
    for (end, probability) in ExactConditionalFilter(tree: equal, particles: 3).stationary() {
      #expect(abs(probability - (target[end] ?? 0)) < 1e-9)
    }
    let tree = try unequalTree()
    let law = ExactConditionalFilter(tree: tree, particles: 3).stationary()
    #expect(try chiSquare(tree, from: law, expecting: law, runs: 12_000, seed: 32) < 18.5)
  }

  @Test func theReferenceIsNeverReplaced() throws {
    let tree = try tree(times: 50)
    var workspace = Workspace()
    workspace.reserve(8, classes: tree.classCount + 1)
    for seed in 0..<100 {
      var engine = try engine(tree, seed: UInt64(seed))
      let end = try #require((0..<tree.nodeCount).first { tree.isTerminal[$0] })
      workspace.takeReference(to: candidate(at: end, engine: &engine), history: engine.history)
      let kernel = ConditionalFilter(rules: rules(samplesAncestors: false), particles: 4)
      let final = kernel.run(engine: &engine, workspace: &workspace)
      #expect(Int(workspace.candidates[final.count - 1].node) == end)
    }
  }

  @Test func exchangesKeepTheProductOfTheTargets() throws {
    let tree = try tree(times: 5)
    let cell = try MethodCell(method: "pt", options: ["hottest": "3", "coldest": "1"])
    let tempering = try #require(cell.method as? ParallelTempering)
    let hot = target(tree, temperature: 3)
    let cold = target(tree)
    let runs = 20_000
    var counts: [[Int]: Double] = [:]
    var engine = try engine(tree, seed: 21)
    var workspace = Workspace()
    workspace.reserveEnds(2)
    for _ in 0..<runs {
      let first = pick(hot, engine.stream.uniform())
      let second = pick(cold, engine.stream.uniform())
      workspace.ends[0] = candidate(at: first, engine: &engine)
      workspace.ends[1] = candidate(at: second, engine: &engine)
      tempering.exchange(engine: &engine, workspace: &workspace)
      counts[[Int(workspace.ends[0].node), Int(workspace.ends[1].node)], default: 0] += 1
    }
    var statistic = 0.0
    for (first, hotter) in hot {
      for (second, colder) in cold {
        let expected = hotter * colder * Double(runs)
        let difference = (counts[[first, second]] ?? 0) - expected
        statistic += difference * difference / expected
      }
    }
    #expect(statistic < 37.7, "chi-square(15) exceeds its 0.999 quantile")
  }

  @Test func oneIterationIsAFilter() throws {
    let tree = try tree(times: 400)
    let scores = try PathScores(tree: tree, column: 0, aggregation: .last)
    for method in ["pg", "pgas"] {
      let outcome = try tree.outcomes(method, budgets: [1], replicates: 4000, options: ["iterations": "1"])[0]
      #expect(Law.agrees(Law.mean(outcome.right), with: 0.6, runs: 4000))
      let two = try tree.outcomes(method, budgets: [2], replicates: 8000, options: ["iterations": "1"])[0]
      // Multinomial and systematic resampling of two particles differ; both stay close to the exact systematic law.
      let exact = ExactFilter(tree: tree, scores: scores).accuracy(particles: 2).argmax
      #expect(abs(Law.mean(two.right) - exact) < 0.05)
    }
  }

  @Test func budgetsDivideByTheIterations() throws {
    let tree = try tree(times: 10)
    let outcomes = try tree.outcomes("pg", budgets: [6, 8], replicates: 2)
    #expect(outcomes[0].absence == .notMultiple(of: 4, option: "iterations"))
    #expect(outcomes[1].generations == [5, 5])
    let tempered = try tree.outcomes("pt", budgets: [6, 16], replicates: 20)
    #expect(tempered[0].absence == .notMultiple(of: 4, option: "chains x iterations"))
    #expect(tempered[1].right.count == 20)
  }
}
