import ArgumentParser
import Studies
import Testing

@testable import retrace

@Suite struct ComparisonOptionTests {
  @Test func comparisonsAreRead() throws {
    let command = try #require(
      try Retrace.parseAsRoot([
        "compare", "s.retrace", "pf:last@a", "dvts,width=2", "--budgets", "4,8", "--set", "maxSteps=9", "--aggregate",
        "min", "--recording", "r", "--seed", "3",
      ]) as? CompareCommand)
    let shared = try command.sharedRequest()
    #expect(command.left == "pf:last@a" && command.right == "dvts,width=2")
    #expect(shared.methods.isEmpty)
    #expect(shared.aggregations == ["min"])
    #expect(shared.budgets.values == [4, 8])
    #expect(shared.options == [.init(key: "maxSteps", value: "9")])
    #expect(shared.recordings == ["r"])
    #expect(shared.seed == 3)
  }

  @Test func runsAreRead() throws {
    let command = try #require(
      try Retrace.parseAsRoot([
        "inspect", "s.retrace", "p/1", "--method", "pf", "--aggregate", "last", "--budget", "8", "--replicate", "2",
      ]) as? InspectCommand)
    let request = try command.options.request()
    #expect(request.methods == ["pf"])
    #expect(request.aggregations == ["last"])
    #expect(request.budgets.values == [8])
    #expect(request.seed == 1)
    #expect(command.options.replicate == 2)
  }

  @Test func boundsReplaceTheStandardOnes() throws {
    let command = try #require(
      try Retrace.parseAsRoot(["inspect", "s.retrace", "p", "--depth", "3", "--nodes", "9"]) as? InspectCommand)
    let bounds = command.bounds.bounds(standard: .terminal)
    #expect(bounds == OutlineBounds(depth: 3, top: OutlineBounds.terminal.top, nodes: 9))
  }

  @Test(arguments: [
    ["compare", "s", "pf"], ["compare", "s", "pf", "pf,"], ["compare", "s", ":last", "pf"],
    ["compare", "s", "pf", "dvts", "--csv", "--json"], ["compare", "s", "pf", "dvts", "--set", "width"],
    ["inspect", "s"], ["inspect", "s", "p", "--budget", "8"], ["inspect", "s", "p", "--seed", "8"],
    ["inspect", "s", "p", "--set", "width=4"], ["inspect", "s", "p", "--set", "mergePrefixes=no"],
    ["inspect", "s", "p", "--method", "pf"], ["inspect", "s", "p", "--method", "pf", "--budget", "0"],
    ["inspect", "s", "p", "--method", "pf", "--budget", "8", "--replicate", "-1"],
    ["inspect", "s", "p", "--dot", "--json"], ["inspect", "s", "p", "--top", "0"],
    ["inspect", "s", "p", "--method", "pf", "--budget", "8", "--json", "--depth", "2"],
    ["inspect", "s", "p", "--set", "mergePrefixes=true", "--set", "mergePrefixes=false"],
  ])
  func wrongUsageExitsWith64(arguments: [String]) {
    do {
      _ = try Retrace.parseAsRoot(arguments)
      Issue.record("\(arguments) was taken")
    } catch {
      #expect(Retrace.exitCode(for: error) == .validationFailure)
    }
  }
}
