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
    for options in descriptor.name == "ensemble" ? [[:], ["scorers": "all"]] : [[:]] {
      let cell = try MethodCell(
        method: descriptor.name, scorer: "prm", options: options, continuation: ContinuationPolicy(name: policy))
      let settings = options.map { " \($0.key)=\($0.value)" }.joined()
      let label = descriptor.name + settings + (descriptor.source == .steps ? " \(policy)" : "")
      let row = try MethodRow(
        descriptor.name, label: label, cell: cell, problems: problems, replicates: replicates)
      row.printLines()
      rows.append(row)
    }
  }
}
Summary(rows: rows).printLines()
