import Testing
import Traces

@testable import TraceFormats

@Suite struct RetraceReaderTests {
  @Test func readsEveryKeyOfTheFixture() throws {
    let (records, summary) = try read(fixture("retrace/tree.jsonl"))
    #expect(summary.format.name == "retrace")
    #expect(summary.wasRecognised)
    #expect(summary.lines == 4)
    #expect(records.map(\.line) == [1, 2, 4])
    let first = records[0]
    #expect(
      first.problem
        == Problem(
          key: "sum/1", dataset: "small", statement: "Compute $2 + 3 * 4$.", answer: "14", subject: "arithmetic",
          level: "2"))
    #expect(
      first.recording
        == Recording(
          name: "night run", model: "tiny", temperature: 0.8, topP: 0.95, seed: 7, delimiter: "\n", date: "2026-01-02"))
    #expect(
      first.columns == [
        ScoreColumn(scorer: "prm", channel: .step), ScoreColumn(scorer: "orm", channel: .step, scale: .unbounded),
        ScoreColumn(scorer: "prm", channel: .prefix),
      ])
  }

  @Test func readsStepsScoresAndCosts() throws {
    let rollout = try read(fixture("retrace/tree.jsonl")).records[0].rollouts[0]
    #expect(rollout.text == "3 * 4 = 12\n2 + 12 = 14, \\boxed{14}")
    #expect(rollout.stepEnds == [10, 34])
    #expect(rollout.tokens == [5, 9])
    #expect(rollout.logProbabilities == [-0.25, -0.5])
    #expect(rollout.scores == [[0.9, 1], [-3.5, 12], [0.8, 0.75]])
    #expect(rollout.finish == .stop)
    #expect(rollout.answer == "14")
    #expect(rollout.parent == nil)
  }

  @Test func readsTreesAndLaterLinesOfAProblem() throws {
    let records = try read(fixture("retrace/tree.jsonl")).records
    let branch = records[0].rollouts[1]
    #expect(branch.parent == RolloutRecord.Parent(rollout: 0, step: 1))
    #expect(branch.finish == .length)
    #expect(branch.scores == [[], [], []])
    #expect(branch.steps(delimiter: "\n") == ["so \\boxed{20}"])
    #expect(records[1].problem.key == "sum/1")
    #expect(records[1].problem.answer == "14")
    #expect(records[1].rollouts[0].finish == .open)
    #expect(records[1].rollouts[0].scores == [[0.001]])
    #expect(records[2].problem.key == "größe/2")
    #expect(records[2].rollouts[0].text == "½ 😀 \"quoted\" é\\")
  }

  @Test(arguments: [
    (#""score": 1"#, ""),
    (#""scores": {"c": 0.5}"#, "rollouts[0].steps[1].scores.c"),
    (#""tokens": 3"#, "rollouts[0].steps"),
    (#""logprob": -1"#, "rollouts[0].steps"),
  ])
  func refusesWhatOnlySomeStepsHave(_ member: String, _ field: String) throws {
    let text =
      #"{"problem": {"id": "p", "answer": "1"}, "rollouts": [{"steps": [{"text": "a", "# + member
      + #"}, {"text": "b"}], "finish": "stop"}]}"#
    let found = refusal(of: text)
    #expect(found?.field ?? "" == field)
    if !field.isEmpty { #expect(found?.line == 1) }
  }

  @Test func refusesAScoreThatBeginsLate() throws {
    let text =
      #"{"problem": {"id": "p", "answer": "1"}, "rollouts": [{"steps": [{"text": "a"}, {"text": "b", "prefixScores": {"c": 0.5}}], "finish": "stop"}]}"#
    #expect(refusal(of: text)?.field == "rollouts[0].steps[1].prefixScores.c")
  }

  @Test func refusesAScoreOutsideItsScaleAndTakesTheUsersScale() throws {
    let text =
      #"{"problem": {"id": "p", "answer": "1"}, "rollouts": [{"steps": [{"text": "a", "scores": {"c": 1.7}}], "finish": "stop"}]}"#
    let found = try #require(refusal(of: text))
    #expect(found.field == "rollouts[0].steps[0].scores.c")
    #expect(found.found == "1.7")
    #expect(found.expected == "a probability, 0 to 1")
    #expect(found.remedy?.contains("--scale c=unbounded") == true)
    let taken = try read(text: text, ReadingOptions(scales: ["c": .logit]))
    #expect(taken.records[0].columns == [ScoreColumn(scorer: "c", channel: .step, scale: .logit)])
  }

  @Test(arguments: [
    (#"{"problem": {"id": "p"}, "rollouts": []}"#, "problem.answer"),
    (#"{"problem": {"answer": "1"}, "rollouts": []}"#, "problem.id"),
    (#"{"problem": {"id": "p", "answer": "1"}, "rollouts": [{"finish": "stop"}]}"#, "rollouts[0].steps"),
    (#"{"problem": {"id": "p", "answer": "1"}, "rollouts": [{"steps": [], "finish": "stop"}]}"#, "rollouts[0].steps"),
    (
      #"{"problem": {"id": "p", "answer": "1"}, "rollouts": [{"steps": [{}], "finish": null}]}"#,
      "rollouts[0].steps[0].text"
    ),
    (#"{"problem": {"id": "p", "answer": "1"}, "rollouts": [{"steps": [{"text": "a"}]}]}"#, "rollouts[0].finish"),
    (
      #"{"problem": {"id": "p", "answer": "1"}, "rollouts": [{"steps": [{"text": "a"}], "finish": "done"}]}"#,
      "rollouts[0].finish"
    ),
    (
      #"{"problem": {"id": "p", "answer": "1"}, "rollouts": [{"steps": [{"text": "a"}], "finish": null, "parent": {"rollout": -1, "step": 0}}]}"#,
      "rollouts[0].parent.rollout"
    ),
    (
      #"{"problem": {"id": "p", "answer": "1"}, "rollouts": [{"steps": [{"text": "a", "scores": {"c": NaN}}], "finish": null}]}"#,
      "rollouts[0].steps[0].scores.c"
    ),
  ])
  func namesTheFieldOfEveryRefusal(_ text: String, _ field: String) throws {
    let found = try #require(refusal(of: text))
    #expect(found.field == field)
    #expect(found.file == "memory")
    #expect(found.line == 1)
  }

  @Test(arguments: [
    (#""logprob": 0.5"#, "rollouts[0].steps[0].logprob", "a log-probability, 0 or less"),
    (#""tokens": 2147483648"#, "rollouts[0].steps[0].tokens", "a count, 0 to 2147483647"),
    (#""tokens": -1"#, "rollouts[0].steps[0].tokens", "a count, 0 to 2147483647"),
  ])
  func refusesImpossibleQuantities(_ member: String, _ field: String, _ expected: String) throws {
    let found = try #require(
      refusal(
        of:
          #"{"problem": {"id": "p", "answer": "1"}, "rollouts": [{"steps": [{"text": "a", \#(member)}], "finish": null}]}"#
      ))
    #expect(found.field == field)
    #expect(found.expected == expected)
  }

  @Test(arguments: [
    (#""temperature": -1"#, "recording.temperature"), (#""topP": 1.5"#, "recording.topP"),
    (#""seed": 18446744073709551616"#, "recording.seed"), (#""seed": 9223372036854775808"#, "recording.seed"),
  ])
  func refusesImpossibleCircumstances(_ member: String, _ field: String) throws {
    let text = #"{"problem": {"id": "p", "answer": "1"}, "recording": {\#(member)}, "rollouts": []}"#
    let found = try #require(refusal(of: text))
    #expect(found.field == field)
    if field.hasSuffix("seed") { #expect(found.expected == "a whole number from -2^63 to 2^63 - 1") }
  }

  @Test(arguments: [Int.max, Int.min, Int.max - 1, 0, 1_000_000_000_000_000_000])
  func readsSeedsOf64Bits(_ seed: Int) throws {
    let text = #"{"problem": {"id": "p", "answer": "1"}, "recording": {"seed": \#(seed)}, "rollouts": []}"#
    #expect(try read(text: text).records[0].recording?.seed == seed)
  }

  @Test func refusesAnEmptyGoldAnswer() throws {
    let text = #"{"problem": {"id": "p", "answer": ""}, "rollouts": []}"#
    #expect(try #require(refusal(of: text)).found == "problem p with an empty answer")
    var problems = ProblemTable()
    problems.add(Problem(key: "p", answer: "1"))
    #expect(try read(text: text, ReadingOptions(problems: problems)).records[0].problem.answer == "1")
  }

  @Test func readsWhatOnlyExportsHold() throws {
    let text =
      #"{"problem": {"id": "p", "answer": "1"}, "predictions": {"pred_maj@2": "1", "none": null}, "rollouts": [{"steps": [{"text": "a"}, {"text": "b"}], "finish": "stop", "tokens": 12, "verdict": true}], "recording": {"sampling": "search", "delimiter": ""}}"#
    let record = try read(text: text).records[0]
    #expect(record.predictions == ["pred_maj@2": "1"])
    #expect(record.recording?.sampling == .search)
    #expect(record.rollouts[0].text == "ab")
    #expect(record.rollouts[0].stepEnds == [1, 2])
    #expect(record.rollouts[0].totalTokens == 12)
    #expect(record.rollouts[0].sourceVerdict == true)
  }

  /// Without a recording, steps are paragraphs.
  @Test func joinsStepsByBlankLinesByDefault() throws {
    let text =
      #"{"problem": {"id": "p", "answer": "1"}, "rollouts": [{"steps": [{"text": "a"}, {"text": ""}, {"text": "b"}], "finish": "stop"}]}"#
    let record = try read(text: text).records[0]
    #expect(record.recording?.delimiter == "\n\n")
    #expect(record.rollouts[0].text == "a\n\n\n\nb")
    #expect(record.rollouts[0].steps(delimiter: "\n\n") == ["a", "", "b"])
  }

  @Test func takesAnswersFromTheTableOfProblems() throws {
    var problems = ProblemTable()
    problems.add(Problem(key: "p", statement: "?", answer: "42"))
    let text = #"{"problem": {"id": "p"}, "rollouts": [{"steps": [{"text": "a"}], "finish": "stop"}]}"#
    let record = try read(text: text, ReadingOptions(problems: problems)).records[0]
    #expect(record.problem.answer == "42")
    #expect(record.problem.statement == "?")
  }

  @Test func readsTheSharedRolloutsExactly() throws {
    guard let path = shared("data/arith/rollouts-t0.8.jsonl.gz") else { return }
    let (records, summary) = try read(path)
    #expect(summary.format.name == "retrace")
    #expect(records.count == 104)
    #expect(records.allSatisfy { $0.rollouts.count == 128 })
    let first = records[0].rollouts[0]
    #expect(first.scores[0] == [0.032286, 0.01297, 0.011137, 0.9988])
    #expect(first.scores[1] == [0.0018723, 6.0012e-08, 1.9595e-12, 1.1896e-11])
    #expect(
      first.steps(delimiter: "\n") == ["7 + 2 = 16", "1 * 2 = 17", "113 + 7 = 20", "The answer is $\\boxed{20}$."])
  }
}
