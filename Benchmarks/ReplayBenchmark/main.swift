import Foundation
import Replay
import Traces

// Time of a particle-step of the public path, on synthetic chains as long free text gives them: all texts different.
// Usage: ReplayBenchmark [problems] [replicates] [method ...] [policy ...]
// `scripts/count-allocations` counts what the runs allocate.
// Preparation of a problem (tree, states, donors) is timed apart from its runs, which it serves all.

/// Recorded chains of one problem: a hidden state that drifts, a score that shows it imperfectly.
func syntheticTree(_ problem: Int, rollouts: Int, steps: Int) throws -> TraceTree {
  var stream = RandomStream(.init(seed: 7, problem: "p\(problem)", method: "", settings: ""), budget: 0, replicate: 0)
  var segments = RecordedSegments(
    columns: [ScoreColumn(scorer: "prm", channel: .step)], recordings: [Recording(name: "synthetic")])
  var key: UInt64 = 0
  for _ in 0..<rollouts {
    var state = stream.uniform() < 0.4 ? 1.0 : -1.0
    var scores: [Double] = []
    for _ in 0..<steps {
      if stream.uniform() < 0.1 { state = -state }
      scores.append(1 / (1 + exp(-state - 2 * (stream.uniform() + stream.uniform() - 1))))
    }
    let keys = (0..<steps).map { key + UInt64($0) }
    key += UInt64(steps)
    let answer: Int32 = state > 0 ? 0 : Int32(1 + stream.below(5))
    segments.append(
      .init(answerClass: answer), keys: keys, tokens: Array(repeating: 40, count: steps), scores: [scores])
  }
  return try TraceTree(problem: Problem(key: "p\(problem)"), segments: segments)
}

func seconds(_ work: () throws -> Void) rethrows -> Double {
  var start = timespec()
  var end = timespec()
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &start)
  try work()
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &end)
  return Double(end.tv_sec - start.tv_sec) + Double(end.tv_nsec - start.tv_nsec) * 1e-9
}

/// The model of hidden states of all problems.
func fitModels(_ trees: [TraceTree]) -> [ScoreColumn: LatentStateModel] {
  var training = LatentTrainingSet()
  for tree in trees { training.add(tree, column: 0) }
  var models: [ScoreColumn: LatentStateModel] = [:]
  let time = seconds { models[trees[0].columns[0]] = LatentStateModel(fittedTo: training) }
  print("model of hidden states:", String(format: "%.2f s", time))
  return models
}

/// Measures a cell at a budget and returns the seconds that its runs took.
func measure(
  _ label: String, _ cell: MethodCell, trees: [TraceTree], budget: Int, replicates: Int
) throws -> Double {
  var draws = 0
  var coverage = Coverage()
  var preparation = 0.0
  var running = 0.0
  for tree in trees {
    var replay = ProblemReplay(tree: tree, models: models)
    preparation += try seconds { _ = try replay.evaluate(cell, budgets: [], replicates: 1, seed: 1) }
    running += try seconds {
      for outcome in try replay.evaluate(cell, budgets: [budget], replicates: replicates, seed: 1) {
        draws += Int(max(outcome.scorerCalls.reduce(0, +), outcome.generations.reduce(0, +)))
        coverage += outcome.coverage
      }
    }
  }
  guard draws > 0 else {
    print("\(label) N=\(budget): no number on these recordings")
    return running
  }
  let nanoseconds = String(format: "%6.1f", running * 1e9 / Double(max(draws, 1)))
  let milliseconds = String(format: "%.2f", preparation * 1e3 / Double(trees.count))
  let recorded = String(format: "%.2f", coverage.recordedShare)
  print(
    "\(label) N=\(budget): \(nanoseconds) ns a draw (\(draws) draws, \(recorded) recorded), "
      + "\(milliseconds) ms a problem before")
  return running
}

let arguments = CommandLine.arguments.dropFirst().compactMap { Int($0) }
let problems = arguments.first ?? 50
let replicates = arguments.dropFirst().first ?? 32
let trees = try (0..<problems).map { try syntheticTree($0, rollouts: 256, steps: 12) }
let models = fitModels(trees)

let words = Set(CommandLine.arguments.dropFirst().filter { Int($0) == nil })
let methods = words.subtracting(ContinuationPolicy.names)
let policies = ContinuationPolicy.names.filter { $0 != "strict" && (words.contains($0) || words == methods) }
for descriptor in MethodRegistry.methods where methods.isEmpty || methods.contains(descriptor.name) {
  guard !descriptor.needs.contains(.logProbabilities) else { continue }
  for policy in descriptor.source == .steps ? policies : ["matched"] {
    let cell = try MethodCell(method: descriptor.name, continuation: ContinuationPolicy(name: policy))
    let label = "\(descriptor.name) \(policy)"
    let times = try [4, 16, 64].map {
      try measure(label, cell, trees: trees, budget: $0, replicates: replicates)
    }
    let slope = log(times[2] / times[1]) / log(4)
    print("\(label): time grows as N^" + String(format: "%.2f", slope))
  }
}
