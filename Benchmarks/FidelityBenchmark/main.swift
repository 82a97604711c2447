import Foundation
import Replay
import SimulatedModels
import Traces

// How far replay is from the truth on simulated models, policy by policy: the tables of docs/fidelity.md.
// Usage: FidelityBenchmark [recordings=16] [replicates=8] [chains=256] [methods|variants|strict] ...

let arguments = CommandLine.arguments.dropFirst()
let numbers = Dictionary(
  arguments.compactMap { argument -> (String, Int)? in
    let parts = argument.split(separator: "=")
    return parts.count == 2 ? Int(parts[1]).map { (String(parts[0]), $0) } : nil
  }, uniquingKeysWith: { $1 })
let recordings = numbers["recordings"] ?? 16
let replicates = numbers["replicates"] ?? 8
let chains = numbers["chains"] ?? 256
let known: [(String, SimulatedModel)] = [
  ("A plain", .plain), ("B noisy", .noisy), ("C silent errors", .silentErrors),
]

func heading() {
  print("| model | method | aggregation | N | online | matched | nearest | shared (naive) | repeated % |")
  print("|---|---|---|---:|---:|---:|---:|---:|---:|")
}

func measure(_ name: String, _ model: SimulatedModel, _ cases: [(OnlineSearch, Aggregation)], budgets: [Int]) throws {
  var tables = try cases.map { search, aggregation in
    try BiasTable(
      name, model, search, aggregation, budgets: budgets, chains: chains, replicates: replicates)
  }
  for seed in 0..<recordings {
    var record = try SimulatedRecord(model, chains: chains, seed: UInt64(1000 + seed))
    record.fit()
    for index in tables.indices { try tables[index].add(record) }
  }
  for table in tables { table.print() }
}

/// Strict replay of trees that were filled until nothing was missing.
func measureStrict(_ name: String, _ model: SimulatedModel, budgets: [Int]) throws {
  for budget in budgets {
    let truth = try OnlineTruth(.pf, model: model, budget: budget).accuracy
    let cell = try MethodCell(
      method: "pf", aggregation: .last, scorer: SimulatedRecording.scorer, continuation: .strict)
    var biases: [Double] = []
    var rounds = 0
    var added = 0
    for seed in 0..<recordings {
      var record = try SimulatedRecord(model, chains: chains, seed: UInt64(2000 + seed))
      let filled = try record.fill(for: cell, budgets: [budget], replicates: replicates)
      let found = try record.accuracies(cell, budgets: [budget], replicates: replicates)
      biases.append(100 * (found[0].accuracy - truth))
      rounds = max(rounds, filled.rounds)
      added += filled.added
    }
    let perProblem = added / (recordings * model.problemCount)
    let bias = BiasTable.interval(biases)
    print("| \(name) | \(budget) | \(String(format: "%.1f", 100 * truth)) | \(bias) | \(rounds) | \(perProblem) |")
  }
}

if arguments.contains("strict") {
  print("| model | N | online | strict | rounds | continuations a problem |")
  print("|---|---:|---:|---:|---:|---:|")
  for (name, model) in known { try measureStrict(name, model, budgets: [8, 16, 32]) }
} else if arguments.contains("methods") {
  heading()
  let cases: [(OnlineSearch, Aggregation)] = OnlineSearch.allCases.flatMap { search in
    [Aggregation.last, .min, .product, .model].map { (search, $0) }
  }
  for (name, model) in known { try measure(name, model, cases, budgets: [8, 16, 32]) }
} else if arguments.contains("variants") {
  heading()
  let variants: [(String, SimulatedModel)] = [
    ("uninformative score", .uninformative), ("C, other means, 6 to 20 steps", .silentErrorsOfManyLengths),
    ("five states", .fiveStates),
  ]
  for (name, model) in variants { try measure(name, model, [(.pf, .last)], budgets: [8, 16, 32]) }
} else {
  heading()
  for (name, model) in known { try measure(name, model, [(.pf, .last)], budgets: [8, 16, 32, 64]) }
}
