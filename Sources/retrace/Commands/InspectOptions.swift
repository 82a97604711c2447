import ArgumentParser
import Foundation
import Studies

/// Which run to follow, and on which record.
struct RunOptions: ParsableArguments {
  @Option(help: "The method whose run to follow, e.g. pf. (default: the recorded tree)")
  var method: String?

  @Option(help: "With --method: the aggregation of step scores: last, min, product, mean, model ... (default: last)")
  var aggregate: String?

  @Option(help: "With --method: the budget N.")
  var budget: Int?

  @Option(help: "With --method: the replicate, counted from 0. (default: 0)")
  var replicate: Int?

  @Option(help: "With --method: seed of all random streams. (default: 1)")
  var seed: UInt64?

  @Option(help: "With --method: rules of a published program. (default: textbook rules)")
  var preset: String?

  @Option(help: "With --method: where continuations come from when the record runs out.")
  var continuation: String?

  @Option(help: "An option of the method, key=value; mergePrefixes=false for the tree alone too; repeat for more.")
  var set: [String] = []

  @Option(help: "The reward model. (default: all of them; with --method the store's only one)")
  var scorer: String?

  @Option(help: "The recording; a+b pools two. (default: the first that the problem has)")
  var recording: String?

  func validate() throws {
    try SettingList.check(set, example: "resampling=multinomial")
    if method != nil {
      guard let budget else { throw ValidationError("--method needs --budget N") }
      if budget < 1 { throw ValidationError("--budget \(budget): expected 1 or more") }
      if let replicate, !(0..<1_000_000).contains(replicate) {
        throw ValidationError("--replicate \(replicate): expected 0 to 999999")
      }
    } else {
      try refuseOptionsOfRuns()
    }
  }

  /// No option is accepted and ignored.
  private func refuseOptionsOfRuns() throws {
    let given: [(String, Bool)] = [
      ("--aggregate", aggregate != nil), ("--budget", budget != nil), ("--replicate", replicate != nil),
      ("--seed", seed != nil), ("--preset", preset != nil), ("--continuation", continuation != nil),
    ]
    for (name, isGiven) in given where isGiven { throw ValidationError("\(name) needs --method") }
    for text in set where !text.hasPrefix("mergePrefixes=") { throw ValidationError("--set \(text) needs --method") }
    _ = try mergesPrefixes()
  }

  /// What `--set mergePrefixes=` says; true without it.
  func mergesPrefixes() throws -> Bool {
    guard let option = SettingList.options(set).last(where: { $0.key == "mergePrefixes" })
    else { return true }
    guard let value = Bool(option.value) else {
      throw ValidationError("--set mergePrefixes=\(option.value): expected true or false")
    }
    return value
  }

  /// The run as a request.
  func request() throws -> ReplayRequest {
    var request = ReplayRequest()
    request.methods = method.map { [$0] } ?? []
    request.aggregations = aggregate.map { [$0] } ?? []
    request.scorer = scorer
    request.recordings = recording.map { [$0] } ?? []
    request.budgets = BudgetList(budget.map { [$0] } ?? [])
    request.preset = preset
    request.options = SettingList.options(set)
    request.continuation = continuation
    request.seed = seed ?? 1
    return request
  }
}

/// How much of a tree to show.
struct BoundsOptions: ParsableArguments {
  @Option(help: "The deepest step shown. (default: all)")
  var depth: Int?

  @Option(help: "The most branches shown after a node, those drawn most often. (default: 5; all with --json)")
  var top: Int?

  @Option(help: "The most nodes shown. (default: 60; all with --json)")
  var nodes: Int?

  func validate() throws {
    for (name, value) in [("--depth", depth), ("--top", top), ("--nodes", nodes)] {
      if let value, value < 1 { throw ValidationError("\(name) \(value): expected 1 or more") }
    }
  }

  /// The options that were given.
  var given: [String] {
    [("--depth", depth), ("--top", top), ("--nodes", nodes)].compactMap { name, value in
      value.map { "\(name) \($0)" }
    }
  }

  /// The bounds given, in place of the standard ones.
  func bounds(standard: OutlineBounds) -> OutlineBounds {
    OutlineBounds(depth: depth ?? standard.depth, top: top ?? standard.top, nodes: nodes ?? standard.nodes)
  }
}
