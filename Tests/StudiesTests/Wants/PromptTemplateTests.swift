import Testing

@testable import Studies

@Suite struct PromptTemplateTests {
  @Test func placesAreFilledOnce() {
    let template = PromptTemplate("<user>{problem}</user>{prefix}")
    #expect(template.prompt(problem: "a {prefix} b", prefix: "x") == "<user>a {prefix} b</user>x")
    #expect(PromptTemplate("{{problem}} {other}").prompt(problem: "p", prefix: "x") == "{p} {other}")
    #expect(PromptTemplate.standard == "{problem}\n\n{prefix}")
    #expect(!PromptTemplate("{problem}").hasPrefix)
  }
}
