import Testing

@testable import Studies

@Suite struct PromptTemplateTests {
  @Test func placesAreFilledOnce() {
    let template = PromptTemplate("<user>{problem}</user>{prefix}")
    #expect(template.prompt(problem: "a {prefix} b", prefix: "x") == "<user>a {prefix} b</user>x")
    #expect(PromptTemplate("{{problem}} {other}").prompt(problem: "p", prefix: "x") == "{p} {other}")
    #expect(PromptTemplate.standard == "{problem}\n\n{prefix}")
    #expect(!PromptTemplate("{problem}").hasPrefix)
    #expect(!PromptTemplate("{prefix}").hasProblem)
  }

  @Test(arguments: [
    ("{prolem}\n{prefix}", "{prolem}", "{problem}"), ("{problem}{prefixes}", "{prefixes}", "{prefix}"),
    ("{Problem}{prefix}", "{Problem}", "{problem}"), ("\\boxed{x} {prefx}", "{prefx}", "{prefix}"),
  ])
  func aSlipGetsThePlaceThatWasMeant(text: String, written: String, meant: String) {
    let slip = PromptTemplate(text).slip
    #expect(slip?.written == written && slip?.meant == meant)
  }

  @Test(arguments: [
    PromptTemplate.standard, "{{problem}} {other} {prefix}", #"{problem} \boxed{x} \frac{a}{b} \text{answer} {prefix}"#,
    #"{"a": "{problem}"} {} {prefix} { prefix }"#,
  ])
  func otherBracesStandForThemselves(text: String) {
    #expect(PromptTemplate(text).slip == nil)
  }
}
