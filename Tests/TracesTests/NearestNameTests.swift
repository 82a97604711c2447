import Testing

@testable import Traces

struct NearestNameTests {
  /// The classic example: substitute k by s, e by i, and append g.
  @Test func countsEdits() {
    #expect(NearestName.distance("kitten", "sitting") == 3)
    #expect(NearestName.distance("", "abc") == 3)
    #expect(NearestName.distance("pmr", "prm") == 1)
    #expect(NearestName.distance("ca", "abc") == 3)
    #expect(NearestName.distance("beam", "beam") == 0)
  }

  @Test func findsAMistypedName() {
    #expect(NearestName.of("baem", among: ["pf", "beam", "dvts"]) == "beam")
    #expect(NearestName.of("Majority", among: ["majority", "pass"]) == "majority")
  }

  @Test func hintsAreForNamesThatAreUnknownAndNear() {
    #expect(NearestName.hint("prodct", among: ["last", "product"]) == " (did you mean 'product'?)")
    #expect(NearestName.hint("product", among: ["last", "product"]) == "")
    #expect(NearestName.hint("xyz", among: ["last", "product"]) == "")
  }

  @Test func suggestsNothingThatIsFarOff() {
    #expect(NearestName.of("xyz", among: ["majority", "dvts"]) == nil)
    #expect(NearestName.of("pf", among: []) == nil)
  }
}
