import ArgumentParser
import Studies
import Testing

@testable import retrace

@Suite struct OptionTests {
  private func request(_ arguments: [String]) throws -> ReplayRequest {
    let command = try #require(try Retrace.parseAsRoot(["replay", "s.retrace"] + arguments) as? ReplayCommand)
    return try command.replay.request(command.computing)
  }

  @Test func listsAndBudgetsAreRead() throws {
    let request = try request([
      "--methods", "pf, beam", "--aggregate", "last,model", "--budgets", "1...8", "--seed", "7", "--threads", "3",
    ])
    #expect(request.methods == ["pf", "beam"])
    #expect(request.aggregations == ["last", "model"])
    #expect(request.budgets.values == [1, 2, 4, 8])
    #expect(request.seed == 7)
    #expect(request.threads == 3)
  }

  @Test func parameterCountsAreRead() throws {
    let request = try request(["--generator-parameters", "1.5e9", "--scorer-parameters", "7B"])
    #expect(request.generatorParameters?.value == 1.5e9 && request.scorerParameters?.value == 7e9)
    #expect(throws: (any Error).self) {
      try Retrace.parseAsRoot(["wants", "s.retrace", "--generator-parameters", "7B"])
    }
  }

  @Test func settingsMayBeScopedToAMethod() throws {
    let request = try request(["--set", "width=4", "--set", "beam.width=8"])
    #expect(
      request.options == [
        .init(method: nil, key: "width", value: "4"), .init(method: "beam", key: "width", value: "8"),
      ])
  }

  @Test(arguments: [
    ["--budgets", "0"], ["--budgets", "8...1"], ["--set", "width"], ["--replicates", "0"], ["--threads", "0"],
    ["--nonsense"], ["--generator-parameters", "7G"], ["--scorer-parameters", "0"], ["--csv", "--json"],
    ["--set", "width=4", "--set", "width=8"], ["--methods", ""], ["--methods", "pf,,bon"], ["--aggregate", " "],
  ])
  func wrongUsageIsRefused(arguments: [String]) {
    #expect(throws: (any Error).self) { try request(arguments) }
  }

  @Test func wrongUsageExitsWith64() {
    do {
      _ = try Retrace.parseAsRoot(["replay", "s.retrace", "--set", "width"])
      Issue.record("the option was taken")
    } catch {
      #expect(Retrace.exitCode(for: error) == .validationFailure)
    }
  }

  @Test(arguments: [
    ["grade"], ["grade", "--gold", "1"], ["grade", "--gold", "1", "--answer", "2", "--pairs", "f"],
    ["ingest", "f"], ["ingest", "f", "--into", "s", "--scale", "prm"],
    ["ingest", "f", "--into", "s", "--scale", "a=b"], ["fidelity", "s", "--methods", "pf,"],
    ["fidelity", "s", "--continuation", ""], ["fidelity", "s", "--budgets", "8...1"],
    ["compare", "s", "pf", "bon", "--budgets", "abc"], ["wants", "s", "--template", "{prolem}{prefix}"],
    ["wants", "s", "--template", "{problem}"], ["wants", "s", "--chat", "--template", "{prefix}"],
    ["plot", "s", "--out", "d", "--aggregate", "last,min", "--figure-aggregate", "model"],
    ["plot", "s", "--out", "d", "--figure-aggregate", "min"],
  ])
  func incompleteCommandsAreRefused(arguments: [String]) {
    #expect(throws: (any Error).self) { _ = try Retrace.parseAsRoot(arguments) }
  }

  @Test func aMistypedCommandGetsTheNearestOne() throws {
    let result = try Program.run(["reply", "s.retrace", "--methods", "pf"])
    #expect(result.messages.hasPrefix("Error: there is no command 'reply' (did you mean 'replay'?); known are ingest"))
    #expect(result.exitCode == 64)
    for arguments in [[], ["--version"], ["help", "replay"]] { #expect(try Program.run(arguments).exitCode == 0) }
  }
}
