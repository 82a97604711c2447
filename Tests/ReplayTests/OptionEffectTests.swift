import Testing
import Traces

@testable import Replay

/// No option is ever accepted and ignored: whatever value is set changes a run on the same random numbers, or is refused.
@Suite struct OptionEffectTests {
  /// What runs came to, and what they cost.
  private struct Trace: Hashable {
    var outcomes: [[Double]] = []
  }

  /// A random tree with merged first steps, coarse scores that tie, two recordings, two scorers, and greedy branches.
  private static func tree(levels: [Double]) throws -> TraceTree {
    var stream = RandomStream(.init(seed: 8, problem: "", method: "effects", settings: ""), budget: 0, replicate: 0)
    var rows = RecordedSegments(
      columns: [ScoreColumn(scorer: "prm", channel: .step), ScoreColumn(scorer: "second", channel: .step)],
      recordings: [
        Recording(name: "a", temperature: 0.8), Recording(name: "b", temperature: 1),
        Recording(name: "greedy", temperature: 0),
      ])
    for rollout in 0..<72 {
      let isGreedy = rollout >= 64
      let steps = isGreedy ? 2 : 2 + stream.below(4)
      let keys = (0..<steps).map { UInt64($0 == 0 && !isGreedy ? rollout % 20 : 100 * rollout + $0 + 100) }
      let scores = (0..<2).map { _ in (0..<steps).map { _ in levels[stream.below(levels.count)] } }
      rows.append(
        .init(
          parent: isGreedy ? Int32(rollout - 64) : -1, parentStep: isGreedy ? 1 : 0,
          finish: isGreedy ? .open : .stop, answerClass: isGreedy ? -1 : Int32(stream.below(5)) - 1,
          recording: isGreedy ? 2 : Int32(rollout % 2)),
        keys: keys, tokens: keys.map { _ in Int32(1 + stream.below(30)) },
        logProbabilities: keys.map { _ in -3 * stream.uniform() }, scores: scores)
    }
    return try TraceTree(problem: Problem(key: "p"), segments: rows)
  }

  private func trace(_ cell: MethodCell, on trees: [TraceTree]) throws -> [Trace] {
    try trees.map { try trace(cell, on: $0) }
  }

  private func trace(_ cell: MethodCell, on tree: TraceTree) throws -> Trace {
    var replay = ProblemReplay(tree: tree, models: tree.stateModels)
    var engine = try replay.takeEngine(for: cell, seed: 1)
    var trace = Trace()
    for budget in [8, 12, 16] where replay.absence(of: cell, budget: budget) == nil {
      replay.workspace.reserve(4 * budget * budget, classes: tree.classCount + 1)
      for replicate in 0..<40 {
        let key = RandomStream.Key(seed: 3, problem: "p", method: "effects", settings: "")
        engine.begin(stream: RandomStream(key, budget: budget, replicate: replicate), replicate: replicate)
        let run = cell.method.run(budget: budget, engine: &engine, workspace: &replay.workspace)
        let tally = engine.tally
        trace.outcomes.append([
          run.right, run.expected, run.openShare, Double(tally.tokens), Double(tally.scorerTokens),
          Double(tally.coverage.total),
          Double(tally.coverage.lookAheads + tally.coverage.missedLookAheads),
        ])
      }
    }
    #expect(!trace.outcomes.isEmpty, "\(cell.descriptor.name) \(cell.settings.values)")
    return trace
  }

  /// Values to try in place of the standard one.
  private func values(of option: MethodOption) -> [String] {
    switch option.kind {
    case .flag: ["true", "false"]
    case .whole: ["1", "2", "3"]
    case .number: ["0.05", "0.55", "0.75", "3"]
    case .choice(let words): words
    case .call(let forms):
      forms.map { form in
        guard !form.arguments.isEmpty else { return form.name }
        let sample = ["c": "0.4", "T": "0.1", "T0": "3", "T1": "0.5", "S": "3"]
        return form.name + "(" + form.arguments.map { sample[$0.name] ?? "1" }.joined(separator: ",") + ")"
      }
    }
  }

  @Test(arguments: MethodRegistry.names) func everyOptionChangesSomethingOrIsRefused(name: String) throws {
    let descriptor = try MethodRegistry.descriptor(named: name)
    // Few levels, so that there are ties; certain ones in one of the trees only, so that clipping shows.
    let trees = try [
      Self.tree(levels: [0.1, 0.3, 0.45, 0.5, 0.6, 0.7, 0.8, 0.95]), Self.tree(levels: [0, 0.2, 0.4, 0.6, 0.8, 1]),
    ]
    for preset in [nil] + descriptor.presets.map({ Optional($0.name) }) {
      func cell(_ options: [String: String]) throws -> MethodCell {
        try MethodCell(
          method: name, preset: preset, scorer: "prm", options: options,
          continuation: options["donors"] == nil ? .matched : .nearest)
      }
      for option in descriptor.options where option.availability.includes(preset) {
        let isDonors = option.name == MethodOption.neighbours.name
        let plain = try trace(cell(isDonors ? [option.name: option.standard] : [:]), on: trees)
        let presetValue = descriptor.presets.first { $0.name == preset }?.values[option.name]
        for value in values(of: option) {
          let standard = option.canonical(presetValue ?? option.standard)
          guard let canonical = option.canonical(value), canonical != standard else { continue }
          guard let changed = try? cell([option.name: value]) else { continue }
          #expect(
            try trace(changed, on: trees) != plain,
            "\(name), preset \(preset ?? "none"): \(option.name)=\(value) changes nothing")
        }
      }
    }
  }

  /// The presets of the specification, method by method; every other pair is refused by name.
  @Test func onlyDefinedPresetsAreTaken() throws {
    let defined = [
      "pis": ["pf", "pg"], "its_hub": ["pf", "epf", "pg", "beam", "adaptiveVote"],
      "sal": ["beam", "dvts", "bon", "wbon", "majority"], "cot": ["beam"], "qwen": [], "made up": [],
    ]
    for (preset, methods) in defined {
      for method in MethodRegistry.names {
        do {
          _ = try MethodCell(method: method, preset: preset)
          #expect(methods.contains(method), "\(preset) \(method)")
        } catch {
          #expect(!methods.contains(method), "\(preset) \(method)")
          let text = error.localizedDescription
          #expect(text.contains("preset '\(preset)'") && text.contains(method))
          #expect(text.contains("grade --extraction qwen") == (preset == "qwen"))
        }
      }
    }
  }

  @Test func optionsAboutProbabilitiesAreRefusedForOtherScores() throws {
    let tree = try TestTree.make(
      [TestRollout([(1, 2.5)], answer: 0), TestRollout([(2, -1)], answer: 1)], scale: .logit)
    let refused = [
      ("pf", "clip", "0.01"), ("pg", "weighting", "reward"), ("pt", "clip", "0.01"), ("wbon", "weights", "logit"),
    ]
    for (method, option, value) in refused {
      do {
        _ = try tree.outcomes(method, budgets: [1], options: [option: value])
        Issue.record("\(method) took \(option)")
      } catch let error as ReplayError {
        let reason = "scores of prm are logit, no probabilities"
        #expect(error == .noEffect(option: option, method: method, because: reason))
      }
    }
    #expect(try tree.outcomes("wbon", budgets: [1], options: ["weights": "softmax(2)"])[0].runs == 1)
  }

  @Test(arguments: [
    ("pf", "trigger", "adaptive(1.5)"), ("pf", "trigger", "adaptive(-1)"), ("pf", "annealing", "linear(0,1,4)"),
    ("pf", "annealing", "linear(2,1,1e30)"), ("pf", "annealing", "linear(2,1,2.5)"), ("wbon", "weights", "softmax(0)"),
    ("pf", "annealing", "linear(2,1)"), ("pt", "swaps", "perhaps"),
  ]) func numbersInParenthesesHaveRanges(method: String, option: String, value: String) {
    #expect(throws: ReplayError.self) { try MethodCell(method: method, options: [option: value]) }
  }
}
