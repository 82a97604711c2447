import Testing

@testable import Studies

@Suite struct MethodChoiceTests {
  @Test(
    arguments: [
      ("pf", "pf", nil, nil),
      ("pf:model", "pf", "model", nil),
      ("pf@a", "pf", nil, "a"),
      ("pf:last@a", "pf", "last", "a"),
      ("pf:window(3)@Qwen/PRM:7B", "pf", "window(3)", "Qwen/PRM:7B"),
      ("bon:min, preset=sal", "bon", "min", nil),
    ] as [(String, String, String?, String?)])
  func reads(text: String, method: String, aggregate: String?, scorer: String?) throws {
    let choice = try MethodChoice(parsing: text)
    #expect(choice.method == method)
    #expect(choice.aggregate == aggregate)
    #expect(choice.scorer == scorer)
  }

  @Test func keepsCommasInParentheses() throws {
    let choice = try MethodChoice(parsing: "pf:last,annealing=linear(2,1,10),preset=pis")
    #expect(choice["annealing"] == "linear(2,1,10)")
    #expect(choice["preset"] == "pis")
    #expect(choice["temperature"] == nil)
    #expect(choice.settings.map(\.key) == ["annealing", "preset"])
  }

  @Test(arguments: ["", ":last", "pf:", "pf@", "pf,", "pf,last", "pf,=1", "pf,beam.width=4", ",width=4"])
  func refuses(text: String) {
    let error = #expect(throws: ComparisonError.self) { try MethodChoice(parsing: text) }
    #expect(error?.localizedDescription.contains("expected METHOD[:AGGREGATE][@SCORER]") == true)
  }

  @Test func refusesAKeyGivenTwice() {
    #expect(throws: ComparisonError.repeatedKey("dvts,width=2,width=4", key: "width")) {
      try MethodChoice(parsing: "dvts,width=2,width=4")
    }
  }
}
