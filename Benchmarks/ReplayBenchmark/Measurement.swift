import AllocationCounter
import Foundation
import Replay
import Traces

/// CPU time of a piece of work on this process's threads.
func seconds(_ work: () throws -> Void) rethrows -> Double {
  var start = timespec()
  var end = timespec()
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &start)
  try work()
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &end)
  return Double(end.tv_sec - start.tv_sec) + Double(end.tv_nsec - start.tv_nsec) * 1e-9
}

/// The problems that cells are measured on, with the model of hidden states of all of them.
struct Problems {
  let trees: [TraceTree]
  let models: [ScoreColumn: LatentStateModel]
  /// Seconds to fit the model.
  let fitting: Double

  init(_ record: SyntheticRecord, count: Int) throws {
    let trees = try (0..<count).map { try record.tree($0) }
    var models: [ScoreColumn: LatentStateModel] = [:]
    fitting = seconds {
      for column in trees[0].columns.indices {
        var training = LatentTrainingSet()
        for tree in trees { training.add(tree, column: column) }
        let model = LatentStateModel(fittedTo: training)
        models[trees[0].columns[column]] = model.lending(
          trees.map { StatedSteps(tree: $0, column: column, model: model, seed: 1) })
      }
    }
    self.trees = trees
    self.models = models
  }
}

/// The problems of every kind of record, made once.
struct PreparedProblems {
  let count: Int
  private var known: [SyntheticRecord: Problems] = [:]

  init(count: Int) { self.count = count }

  mutating func problems(for method: String) throws -> Problems {
    let record = SyntheticRecord.record(for: method)
    if let known = known[record] { return known }
    let made = try Problems(record, count: count)
    print("model of hidden states:", String(format: "%.2f s", made.fitting))
    known[record] = made
    return made
  }
}

/// One cell at one budget on all problems.
struct Measurement {
  let label: String
  let budget: Int
  var draws = 0
  var runs = 0
  var coverage = Coverage()
  /// Seconds of the runs of each problem, the fastest of some repetitions.
  var running: [Double] = []
  /// Seconds to prepare all problems, which serves all runs.
  var preparation = 0.0
  /// Allocations of one run.
  var allocations = 0.0

  var total: Double { running.reduce(0, +) }
  var nanosecondsPerDraw: Double { total * 1e9 / Double(max(draws, 1)) }
  var nanosecondsPerRun: Double { total * 1e9 / Double(max(runs, 1)) }
  /// Whether every run comes to the same, so that a problem is run once and a draw carries all that a cell costs.
  var isLookedUp: Bool { runs == running.count }

  init(label: String, budget: Int) {
    self.label = label
    self.budget = budget
  }

  /// Runs a cell on the first problems.
  init(
    _ label: String,
    _ cell: MethodCell,
    problems: Problems,
    count: Int,
    budget: Int,
    replicates: Int
  ) throws {
    self.init(label: label, budget: budget)
    running = Array(repeating: .infinity, count: min(count, problems.trees.count))
    // All problems in turn, three times over: the same runs again at once would find their branches predicted.
    for repetition in 0..<3 {
      preparation = 0
      for problem in running.indices {
        var replay = ProblemReplay(tree: problems.trees[problem], models: problems.models)
        preparation += try seconds { _ = try replay.evaluate(cell, budgets: [], replicates: 1, seed: 1) }
        var outcomes: [BudgetOutcome] = []
        let time = try seconds {
          outcomes = try replay.evaluate(cell, budgets: [budget], replicates: replicates, seed: 1)
        }
        running[problem] = min(running[problem], time)
        if repetition == 0 { for outcome in outcomes { add(outcome, source: cell.descriptor.source) } }
      }
    }
    allocations = try Self.allocations(cell, problems: problems, budget: budget)
  }

  /// A draw is a step, or of methods that choose among rollouts a rollout.
  private mutating func add(_ outcome: BudgetOutcome, source: MethodDescriptor.Source) {
    draws += source == .steps ? outcome.coverage.total : Int(outcome.generations.reduce(0, +))
    runs += outcome.runs
    coverage += outcome.coverage
  }

  /// What a run allocates once its room is there: 60 runs less 20, over 40.
  private static func allocations(_ cell: MethodCell, problems: Problems, budget: Int) throws -> Double {
    guard let tree = problems.trees.first else { return 0 }
    var replay = ProblemReplay(tree: tree, models: problems.models)
    var counts: [Int] = []
    for replicates in [60, 20, 60] {
      let before = allocation_count()
      _ = try replay.evaluate(cell, budgets: [budget], replicates: replicates, seed: 1)
      counts.append(allocation_count() - before)
    }
    return Double(counts[2] - counts[1]) / 40
  }
}
