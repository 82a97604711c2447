import Testing
import Traces

@testable import Replay

extension String {
  fileprivate var nonEmpty: String? { isEmpty ? nil : self }
}

@Suite struct SettingsTests {
  private func message(_ make: () throws(ReplayError) -> MethodCell) -> String? {
    do {
      _ = try make()
      return nil
    } catch {
      return error.errorDescription
    }
  }

  @Test func unknownNamesGetTheNearestRightOne() {
    #expect(
      message { () throws(ReplayError) in try MethodCell(method: "beem") }?.hasPrefix(
        "there is no method 'beem' (did you mean 'beam'?)") == true)
    #expect(
      message { () throws(ReplayError) in try MethodCell(method: "pf", options: ["resampleing": "ssp"]) }?.hasPrefix(
        "pf has no option 'resampleing' (did you mean 'resampling'?)") == true)
    #expect(
      message { () throws(ReplayError) in try MethodCell(method: "pf", options: ["resampling": "systemic"]) }?.contains(
        "expected one of systematic, multinomial") == true)
    #expect(
      message { () throws(ReplayError) in try MethodCell(method: "pf", options: ["width": "4"]) }?.contains(
        "pf has no option 'width'") == true)
    #expect(
      message { () throws(ReplayError) in try MethodCell(method: "dvts", preset: "pis") }?.contains(
        "preset 'pis' does not define dvts") == true)
    #expect(
      message { () throws(ReplayError) in
        let policy = try ContinuationPolicy(name: "strickt")
        return try MethodCell(method: "pf", continuation: policy)
      }?.contains("did you mean 'strict'") == true)
  }

  @Test func unknownValuesGetTheNearestRightOne() {
    let cases: [(String, [String: String], String)] = [
      ("pf", ["resampling": "systmatic"], "'systmatic' (did you mean 'systematic'?); expected one of systematic"),
      ("pf", ["trigger": "adptive(0.5)"], "(did you mean 'adaptive(c)'?)"),
      ("pf", ["accumulate": "flase"], "(did you mean 'false'?)"),
      ("wbon", ["weights": "softmax(0)"], "'softmax(0)'; expected"),
      ("beam", ["width": "four"], "'four'; expected"),
    ]
    for (method, options, text) in cases {
      let found = message { () throws(ReplayError) in try MethodCell(method: method, options: options) }
      #expect(found?.contains(text) == true, "\(method) \(options): \(found ?? "accepted")")
    }
    let other = message { () throws(ReplayError) in try MethodCell(method: "pf", preset: "sal") }
    #expect(
      other
        == "preset 'sal' does not define pf; pf has pis, its_hub; preset 'sal' defines beam, dvts, bon, wbon, majority")
    let preset = message { () throws(ReplayError) in try MethodCell(method: "pf", preset: "qwem") }
    #expect(preset?.hasPrefix("preset 'qwem' does not define pf (did you mean 'qwen'?)") == true)
  }

  /// A refusal lists what can be set: with these rules, and not what the preset's program fixes.
  @Test(arguments: MethodRegistry.methods.map(\.name)) func refusalsListTheOptionsThatCanBeSet(name: String) throws {
    let method = try MethodRegistry.descriptor(named: name)
    for preset in [nil] + method.presets.map({ Optional($0.name) }) {
      let found = message { () throws(ReplayError) in
        try MethodCell(method: name, preset: preset, options: ["zzz": "1"])
      }
      let list = (found ?? "").components(separatedBy: "it has ").last ?? ""
      #expect(list == (method.settableOptions(preset: preset).joined(separator: ", ").nonEmpty ?? "none"))
      for option in method.settableOptions(preset: preset) {
        let standard = try #require(method.options.first { $0.name == option }).standard
        let refusal = message { () throws(ReplayError) in
          try MethodCell(method: name, preset: preset, options: [option: standard], continuation: .nearest)
        }
        #expect(refusal?.contains("would change nothing") ?? true, "\(name) \(option): \(refusal ?? "")")
      }
    }
  }

  @Test func optionsOfOtherRulesAreToldApartFromUnknownOnes() {
    let without = message { () throws(ReplayError) in
      try MethodCell(method: "beam", options: ["sortCompleted": "true"])
    }
    #expect(
      without == "beam has no option 'sortCompleted' without a preset, only with preset 'sal'; without a preset it has "
        + "width, maxSteps, answer, donors")
    let with = message { () throws(ReplayError) in
      try MethodCell(method: "beam", preset: "cot", options: ["width": "4"])
    }
    #expect(
      with?.hasPrefix("beam has no option 'width' with preset 'cot', only without it; with preset 'cot' it") == true)
  }

  @Test(arguments: MethodRegistry.methods.map(\.name)) func everyStandardValueIsTakenByItsOption(name: String) throws {
    let method = try MethodRegistry.descriptor(named: name)
    for option in method.options {
      #expect(option.canonical(option.standard) != nil, "\(name) \(option.name)")
      #expect(!option.explanation.isEmpty)
    }
    #expect(Set(method.options.map(\.name)).count == method.options.count)
    for preset in method.presets {
      _ = try MethodCell(method: name, preset: preset.name)
      for (option, value) in preset.values {
        let declared = method.options.first { $0.name == option }
        #expect(declared?.canonical(value) != nil, "\(name) \(preset.name) \(option)")
      }
    }
  }

  @Test func valuesAreCanonical() throws {
    let short = try MethodCell(method: "pf", options: ["trigger": "adaptive(0.50)", "temperature": "1.0"])
    let long = try MethodCell(method: "pf", options: ["trigger": "adaptive( .5)", "temperature": "1"])
    #expect(short.canonicalText == long.canonicalText)
  }

  @Test func noOptionIsAcceptedAndIgnored() {
    let refused: [(String, String?, [String: String], String)] = [
      ("pf", nil, ["donors": "4"], "donors would change nothing, since continuation is matched"),
      ("pf", nil, ["temperature": "2", "annealing": "ess"], "temperature would change nothing"),
      ("pf", nil, ["clip": "0.01", "weighting": "reward"], "clip would change nothing"),
      ("pf", "pis", ["resampling": "ssp"], "preset 'pis' of pf has resampling = multinomial"),
      ("beam", nil, ["sortCompleted": "true"], "beam has no option 'sortCompleted'"),
      ("beam", "sal", ["answer": "vote"], "beam has no option 'answer'"),
      ("beam", "cot", ["width": "2"], "beam has no option 'width'"),
      ("wbon", "sal", ["weights": "logit"], "wbon has no option 'weights'"),
      ("epf", nil, ["temperature": "2"], "epf has no option 'temperature'"),
      ("pt", nil, ["hottest": "1"], "expected a number above coldest"),
      ("pt", nil, ["iterations": "1", "swaps": "false"], "swaps would change nothing"),
      ("ensemble", nil, ["rule": "majority", "scorers": "all"], "scorers would change nothing"),
    ]
    for (method, preset, options, text) in refused {
      let found = message { () throws(ReplayError) in
        try MethodCell(method: method, preset: preset, options: options)
      }
      #expect(found?.contains(text) == true, "\(method) \(options): \(found ?? "accepted")")
    }
    #expect(
      message { () throws(ReplayError) in
        try MethodCell(method: "pf", options: ["donors": "4"], continuation: .nearest)
      } == nil)
  }

  @Test func budgetsBelowOneHaveNoNumber() throws {
    let tree = try TestTree.chains(4, steps: 2)
    for method in MethodRegistry.names where method != "perplexityVote" {
      #expect(try tree.outcomes(method, budgets: [0, -3]).map(\.absence) == [.notPositive, .notPositive])
    }
  }
}
