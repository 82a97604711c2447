import Testing
import Traces

@testable import Replay

@Suite struct DeterminismTests {
  private func fingerprint(_ outcome: BudgetOutcome) -> [[Double]] {
    [outcome.right, outcome.expected, outcome.tokens, outcome.scorerCalls, outcome.openShare]
  }

  @Test(arguments: MethodRegistry.methods.map(\.name)) func budgetsReplicatesAndCellsDoNotDisturbEachOther(
    name: String
  ) throws {
    let tree = try TestTree.chains(40, steps: 5)
    let cell = try MethodCell(method: name)
    let other = try MethodCell(method: "pf", aggregation: .product)
    var alone = ProblemReplay(tree: tree, models: tree.stateModels)
    var among = ProblemReplay(tree: tree, models: tree.stateModels)
    let single = try alone.evaluate(cell, budgets: [8], replicates: 6, seed: 4)[0]
    _ = try among.evaluate(other, budgets: [4, 16], replicates: 5, seed: 4)
    let many = try among.evaluate(cell, budgets: [4, 8, 16], replicates: 9, seed: 4)[1]
    let runs = single.right.count
    #expect(single.absence == many.absence)
    #expect(fingerprint(many).map { Array($0.prefix(runs)) } == fingerprint(single))
    let again = try among.evaluate(cell, budgets: [8], replicates: 6, seed: 4)[0]
    #expect(fingerprint(again) == fingerprint(single))
  }

  @Test func seedsAndProblemsGiveOtherRuns() throws {
    let tree = try TestTree.chains(60, steps: 5)
    let first = try tree.outcomes("pf", budgets: [8], replicates: 64)[0]
    let second = try tree.outcomes("pf", budgets: [8], replicates: 64, seed: 2)[0]
    #expect(first.expected != second.expected)
  }
}
