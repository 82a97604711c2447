import Testing

@testable import Replay

/// Presets are versioned: a definition never changes under its name. Whoever changes a line here gives the preset a new
/// name instead, and leaves the old one as it was.
@Suite struct PresetDefinitionTests {
  private static let definitions = [
    "pf pis @ probabilistic-inference-scaling f75d461: clip=2.220446049250313e-16 resampling=multinomial ties=first",
    "pf its_hub @ its-hub 1.2.0: resampleLast=true resampling=multinomial ties=first",
    "epf its_hub @ its-hub 1.2.0: resampleLast=true ties=first",
    "pg pis @ probabilistic-inference-scaling f75d461: clip=2.220446049250313e-16 ties=first",
    "pg its_hub @ its-hub 1.2.0: ties=first",
    "beam sal @ search-and-learn 6f81cac:",
    "beam its_hub @ its-hub 1.2.0:",
    "beam cot @ compute-optimal-tts 0ee2578:",
    "dvts sal @ search-and-learn 6f81cac:",
    "bon sal @ search-and-learn 6f81cac: aggregate=last",
    "wbon sal @ search-and-learn 6f81cac: aggregate=last",
    "majority sal @ search-and-learn 6f81cac:",
    "adaptiveVote its_hub @ its-hub 1.2.0: rule=doubling threshold=0.75",
  ]

  @Test func definitionsStayWhatTheyAre() {
    var found: [String] = []
    for method in MethodRegistry.methods {
      for preset in method.presets {
        let values = preset.values.map { "\($0.key)=\($0.value)" }.sorted()
        let fixed = preset.fixedAggregation.map { ["aggregate=\($0.name)"] } ?? []
        let head = "\(method.name) \(preset.name) @ \(preset.version):"
        found.append(([head] + fixed + values).joined(separator: " "))
      }
    }
    #expect(found == Self.definitions)
  }

  /// The standard values that the programs' own defaults agree with, beside what presets set.
  @Test func valuesOfPresetsAreThoseOfThePrograms() throws {
    func values(_ method: String, _ preset: String) throws -> [String: String] {
      try MethodCell(method: method, preset: preset).settings.values
    }
    let hub = try values("epf", "its_hub")
    #expect(hub["resampling"] == "systematic" && hub["annealing"] == "ess" && hub["clip"] == "1e-07")
    #expect(try values("pf", "its_hub")["temperature"] == "1.0")
    #expect(
      try values("beam", "sal").filter { $0.key != "width" } == [
        "maxSteps": "40", "sortCompleted": "false", "filterDuplicates": "false", "lookahead": "0",
      ])
    #expect(try values("dvts", "sal")["lookahead"] == "0")
  }

  @Test func resultsOfOnePresetHaveNoOtherStreams() throws {
    let plain = try MethodCell(method: "beam")
    let sal = try MethodCell(method: "beam", preset: "sal")
    #expect(sal.presetVersion == "search-and-learn 6f81cac" && plain.presetVersion == nil)
    #expect(sal.canonicalText.contains("preset=sal@search-and-learn 6f81cac"))
    #expect(!plain.canonicalText.contains("preset="))
  }
}
