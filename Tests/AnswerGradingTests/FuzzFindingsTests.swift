import Testing

@testable import AnswerGrading

/// Inputs that the fuzzer found to break the grader once.
struct FuzzFindingsTests {
  /// `\mathbb` as the last thing in an answer read a letter beyond its end.
  @Test(arguments: [#"0\mathbb"#, #"\mathbb"#, #"x \Bbb "#]) func blackboardWithoutALetter(_ answer: String) {
    #expect(Grader().areEqual(gold: answer, answer: answer) || answer.isBlank)
  }
}
