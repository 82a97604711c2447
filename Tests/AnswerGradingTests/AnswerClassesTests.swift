import Testing

@testable import AnswerGrading

/// Classes for voting.
struct AnswerClassesTests {
  @Test func classesAreNumberedByFirstAppearance() {
    let classes = AnswerClasses().classes(of: ["3", "\\frac12", nil, "0.5", "3.0", "7", "\\frac{2}{4}"])
    #expect(classes == [0, 1, -1, 1, 0, 2, 1])
  }

  @Test func rightAnswersAreOneClassWhateverTheirForm() {
    let answers = ["25", "0.25", "25\\%", "\\frac14", "0.26", nil, "24"]
    let (classes, right) = AnswerClasses().classes(of: answers, gold: "25\\%")
    #expect(classes == [0, 0, 0, 0, 1, -1, 2])
    #expect(right == 0)
  }

  @Test func noRightAnswerHasNoClass() {
    let (classes, right) = AnswerClasses().classes(of: ["1", "2", "1"], gold: "3")
    #expect(classes == [0, 1, 0])
    #expect(right == nil)
  }

  @Test func classesDoNotDependOnTheOrderOfAnswers() {
    let answers = [
      "x=5", "5", "\\{1,2\\}", "2,1", "y=2x", "2x", "(1,2)", "\\text{yes}", "Yes", "[0,1]", "0\\le x\\le1",
    ]
    let forms = answers.map { Grader().canonicalForm($0) }
    let classes = AnswerClasses().classes(of: answers)
    let backward = Array(AnswerClasses().classes(of: answers.reversed()).reversed())
    for i in answers.indices {
      for j in answers.indices {
        #expect((classes[i] == classes[j]) == (forms[i] == forms[j]))
        #expect((classes[i] == classes[j]) == (backward[i] == backward[j]))
      }
    }
  }

  @Test func keysAreTheSameEverywhere() {
    // Keys are stored: these must never change.
    #expect(Grader().canonicalForm("42").key == Grader().canonicalForm("\\frac{84}{2}").key)
    #expect(Grader().canonicalForm("42").key.count == 32)
    #expect(Set(["1", "2", "x", "\\pi", "(1,2)"].map { Grader().canonicalForm($0).key }).count == 5)
  }

  @Test func formsAreComputedAlikeByManyThreads() async {
    let answers = RadicalPairTests.equal.flatMap { [$0.gold, $0.answer] }
    let expected = answers.map { Grader().canonicalForm($0).key }
    await withTaskGroup(of: [String].self) { group in
      for _ in 0..<4 { group.addTask { answers.map { Grader().canonicalForm($0).key } } }
      for await keys in group { #expect(keys == expected) }
    }
  }
}
