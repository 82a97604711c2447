import Foundation
import Replay
import SimulatedModels
import TraceStore
import Traces

// How far replay is from the truth where the truth is known, policy by policy: the tables of docs/fidelity.md.
// Usage: FidelityBenchmark [methods|variants|strict|tree] [recordings=16] [replicates=8] [chains=256] [truths=1500]
//   [models=A,B] [methods=pf,beam,dvts] [aggregate=last,...] [budgets=8,16,32] [store=FILE] [blur=4]

let options = BenchmarkOptions(CommandLine.arguments.dropFirst())
let recordings = options.number("recordings", otherwise: 16)
let replicates = options.number("replicates", otherwise: 8)
let truthRuns = options.number("truths", otherwise: 1500)
let everything: [Aggregation] = [.last, .min, .product, .model]

func tables(
  _ variant: Variant, _ cases: [(OnlineSearch, Aggregation)], budgets: [Int], policies: [ContinuationPolicy]
) throws -> [BiasTable] {
  var tables = try cases.map { search, aggregation in
    let truths = try budgets.map {
      try OnlineTruth(search, model: variant.model, budget: $0, aggregation: aggregation, replicates: truthRuns)
    }
    return BiasTable(
      variant.title, search, aggregation, budgets: budgets, truths: truths, policies: policies, replicates: replicates)
  }
  for seed in 0..<recordings {
    let chains = options.number("chains", otherwise: variant.chains)
    var record = try SimulatedRecord(variant.model, chains: chains, seed: UInt64(1000 + seed))
    record.fit()
    for index in tables.indices { try tables[index].add(record) }
  }
  return tables
}

/// All policies, a row a budget.
func measurePolicies() throws {
  let cases = options.cases(methods: [.pf], aggregations: [.last])
  print("| model | method | aggregation | N | online | matched | nearest | shared (naive) | repeated % |")
  print("|---|---|---|---:|---:|---:|---:|---:|---:|")
  for variant in Variant.known where options.wants(model: variant.title) {
    let budgets = options.budgets(otherwise: [8, 16, 32, 64])
    for table in try tables(variant, cases, budgets: budgets, policies: [.matched, .nearest, .shared]) { table.print() }
  }
}

/// The default policy, a row a method and aggregation, or a row a variant and aggregation.
func measureDefault(_ variants: [Variant], _ aggregations: [Aggregation], budgets standard: [Int]) throws {
  let budgets = options.budgets(otherwise: standard)
  let cases = options.cases(methods: OnlineSearch.allCases, aggregations: aggregations)
  print("| model | method | aggregation |" + budgets.map { " N = \($0) |" }.joined())
  print("|---|---|---|" + budgets.map { _ in "---:|" }.joined())
  for variant in variants where options.wants(model: variant.title) {
    // No product is taken of log-odds.
    let possible = cases.filter { $0.1.applies(to: variant.model.scale) }
    for table in try tables(variant, possible, budgets: budgets, policies: [.matched]) {
      let row = [variant.title, table.search.rawValue, table.aggregation.name] + table.cells
      print("| " + row.joined(separator: " | ") + " |")
    }
  }
}

/// Strict replay of trees that were filled until nothing was missing.
func measureStrict(_ variant: Variant, budgets: [Int]) throws {
  for budget in budgets {
    let truth = try OnlineTruth(.pf, model: variant.model, budget: budget, replicates: truthRuns)
    let cell = try MethodCell(
      method: "pf", aggregation: .last, scorer: SimulatedRecording.scorer, continuation: .strict)
    var biases: [Double] = []
    var rounds = 0
    var added = 0
    for seed in 0..<recordings {
      var record = try SimulatedRecord(variant.model, chains: variant.chains, seed: UInt64(2000 + seed))
      let filled = try record.fill(for: cell, budgets: [budget], replicates: replicates)
      let found = try record.accuracies(cell, budgets: [budget], replicates: replicates)
      biases.append(100 * (found[0].accuracy - truth.accuracy))
      rounds = max(rounds, filled.rounds)
      added += filled.added
    }
    let perProblem = added / (recordings * variant.model.problemCount)
    let bias = BiasTable.interval(biases, truthError: 100 * truth.standardError)
    let online = String(format: "%.1f", 100 * truth.accuracy)
    print("| \(variant.title) | \(budget) | \(online) | \(bias) | \(rounds) | \(perProblem) |")
  }
}

/// The recorded tree of a store's problems as the generator.
func measureTree(store path: String) throws {
  let store = try TraceStore(path: path, mode: .readOnly)
  let trees = try store.problems().map {
    try TraceTree(problem: $0.problem, segments: store.segments(of: $0), mergePrefixes: true)
  }
  let aggregation = options.cases(methods: [.pf], aggregations: [.model])[0].1
  let chains = options.number("chains", otherwise: 128)
  let cases: [(OnlineSearch, [Int])] = [(.pf, [4, 8, 16, 32]), (.beam, [8, 16]), (.dvts, [8, 16])]
  let generators = try trees.map {
    TreeGenerator(
      tree: $0, column: try $0.column(scorer: nil, aggregation: aggregation),
      blur: options.number("blur", otherwise: 0))
  }
  for merge in [true, false] {
    var tables = try cases.map { search, budgets in
      let truths = try budgets.map {
        try OnlineTruth(
          search, generators: generators, keys: trees.map(\.problem.key), budget: $0, settings: aggregation.name,
          replicates: truthRuns)
      }
      var table = BiasTable(
        merge ? "merged" : "not merged", search, aggregation, budgets: budgets, truths: truths,
        policies: [.matched, .nearest, .shared], replicates: replicates)
      table.scorer = trees[0].columns[generators[0].column].scorer
      return table
    }
    for seed in 0..<recordings {
      var record = SimulatedRecord(
        trees: try generators.map { try $0.recording(chains: chains, mergePrefixes: merge, seed: UInt64(seed)) })
      record.fit()
      for index in tables.indices { try tables[index].add(record) }
    }
    for table in tables { table.print() }
  }
}

if options.asks(for: "strict") {
  print("| model | N | online | strict | rounds | continuations a problem |")
  print("|---|---:|---:|---:|---:|---:|")
  for variant in Variant.known where options.wants(model: variant.title) {
    try measureStrict(variant, budgets: options.budgets(otherwise: [8, 16, 32]))
  }
} else if options.asks(for: "methods") {
  try measureDefault(Variant.known, everything, budgets: [8, 16, 32])
} else if options.asks(for: "variants") {
  try measureDefault(Variant.others, [.last], budgets: [8, 16, 32])
} else if options.asks(for: "tree"), let store = options.text("store") {
  print("| prefixes | method | aggregation | N | online | matched | nearest | shared (naive) | repeated % |")
  print("|---|---|---|---:|---:|---:|---:|---:|---:|")
  try measureTree(store: store)
} else {
  try measurePolicies()
}
