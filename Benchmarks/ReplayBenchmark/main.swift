import Foundation
import Replay

// Time of a draw of the public path, for every method, policy and budget; what a run allocates; how time grows.
// Usage: ReplayBenchmark [problems] [replicates] [method ...] [policy ...]
// Preparation of a problem (tree, states, donors) is timed apart from its runs, which it serves all.

let numbers = CommandLine.arguments.dropFirst().compactMap { Int($0) }
let count = numbers.first ?? 50
let replicates = numbers.dropFirst().first ?? 32
let words = Set(CommandLine.arguments.dropFirst().filter { Int($0) == nil })
let methods = words.subtracting(ContinuationPolicy.names)
let policies = ContinuationPolicy.names.filter { $0 != "strict" && (words.contains($0) || words == methods) }

var prepared = PreparedProblems(count: count)
var rows: [MethodRow] = []
for descriptor in MethodRegistry.methods where methods.isEmpty || methods.contains(descriptor.name) {
  let problems = try prepared.problems(for: descriptor.name)
  for policy in descriptor.source == .steps ? policies : ["matched"] {
    for variant in MethodVariant.measured(of: descriptor.name) {
      let cell = try MethodCell(
        method: descriptor.name, preset: variant.preset, scorer: "prm", options: variant.options,
        continuation: ContinuationPolicy(name: policy))
      let name = descriptor.name + variant.label
      let label = name + (descriptor.source == .steps ? " \(policy)" : "")
      let row = try MethodRow(
        name, label: label, cell: cell, problems: problems, replicates: replicates)
      row.printLines()
      rows.append(row)
    }
  }
}
Summary(rows: rows).printLines()
