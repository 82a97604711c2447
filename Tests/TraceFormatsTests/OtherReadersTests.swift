import Foundation
import Testing
import Traces

@testable import TraceFormats

@Suite struct QwenEvalReaderTests {
  @Test func readsTheFixtureExactly() throws {
    let (records, summary) = try read(fixture("qwen-eval/math.jsonl"))
    #expect(summary.format.name == "qwen-eval")
    let record = records[0]
    #expect(
      record.problem
        == Problem(key: "0", statement: "What is $1/2$ of 6?", answer: "3", subject: "Prealgebra", level: "Level 1"))
    #expect(record.columns == [ScoreColumn(scorer: "reward", channel: .step, scale: .unbounded)])
    #expect(record.rollouts.map(\.text) == ["It is \\boxed{3}.", "It is \\boxed{4}."])
    #expect(record.rollouts.map(\.scores) == [[[2.5]], [[-7.125]]])
    #expect(record.rollouts.map(\.sourceVerdict) == [true, false])
    #expect(record.rollouts.map(\.answer) == [nil, nil])
    #expect(record.predictions == ["pred[0]": "3", "pred[1]": "4"])
  }

  /// A number in the file is no name: the same statement in the table of problems gives one.
  @Test func namesProblemsByTheirStatement() throws {
    var problems = ProblemTable()
    problems.add(Problem(key: "test/1", statement: "?", answer: "1"))
    let text = #"{"idx": 1, "question": "?", "gt": "1", "code": ["a"], "pred": [null], "score": [1]}"#
    let record = try read(text: text, ReadingOptions(problems: problems)).records[0]
    #expect(record.problem.key == "test/1")
    #expect(record.rollouts[0].sourceVerdict == true)
  }

  @Test(arguments: [
    ("score", "[true]"), ("score", "[]"), ("pred", #"["1"]"#), ("pred_score", "[[1]]"), ("pred_score", "[]"),
  ])
  func refusesListsThatDisagree(_ key: String, _ list: String) throws {
    var members = ["pred": #"["1", "2"]"#, "score": "[true, false]"]
    members[key] = list
    let lists = members.sorted { $0.key < $1.key }.map { #""\#($0.key)": \#($0.value)"# }.joined(separator: ", ")
    let text = #"{"idx": 1, "question": "?", "gt": "1", "code": ["a", "b"], \#(lists)}"#
    #expect(try #require(refusal(of: text)).field == key)
  }

  /// Only the rewards may be missing: evaluations without a reward model have none.
  @Test(arguments: ["pred", "score"])
  func refusesAMissingList(_ key: String) throws {
    let members = ["pred": #"["1"]"#, "score": "[true]"].filter { $0.key != key }
    let lists = members.map { #""\#($0.key)": \#($0.value)"# }.joined(separator: ", ")
    let found = try #require(refusal(of: #"{"idx": 1, "question": "?", "gt": "1", "code": ["a"], \#(lists)}"#))
    #expect(found.field == key)
    #expect(found.found == "no such key")
  }
}

@Suite struct ITSHubReaderTests {
  /// Results do not name their problem: line i is problem i of the table. Duplicates are kept: the set is resampled.
  @Test func readsFlattenedResults() throws {
    var problems = ProblemTable()
    problems.add(Problem(key: "p/1", answer: "1"))
    let (records, summary) = try read(
      fixture("its-hub/particle-filtering.jsonl"), ReadingOptions(problems: problems))
    #expect(summary.format.name == "its-hub")
    #expect(records[0].problem.key == "p/1")
    #expect(records[0].recording?.sampling == .search)
    #expect(records[0].columns == [ScoreColumn(scorer: "log-weight", channel: .step, scale: .logit)])
    #expect(records[0].rollouts.map(\.text) == ["a \\boxed{1}", "a \\boxed{1}", "b"])
    #expect(records[0].rollouts.map(\.scores) == [[[1.5]], [[1.5]], [[-0.25]]])
    #expect(records[0].predictions == ["selected_index": "0"])
    let alone = #expect(throws: UnacceptableData.self) { try read(fixture("its-hub/particle-filtering.jsonl")) }
    #expect(alone?.remedy?.contains("--problems") == true)
  }

  @Test func readsNestedResults() throws {
    let records = try read(fixture("its-hub/particle-gibbs.jsonl")).records
    #expect(records.map(\.problem.key) == ["p/2", "p/3"])
    #expect(records[0].rollouts.map(\.text) == ["first", "second", "third"])
    #expect(records[0].rollouts.map(\.scores) == [[[0.5]], [[-2]], [[3]]])
    #expect(records[1].rollouts.map(\.scores) == [[[0.5]], [[-2]]])
  }

  @Test func refusesWeightsThatDisagree() throws {
    let text = #"{"id": "p", "answer": "1", "responses_lst": [["a", "b"]], "log_weights_lst": [[1]]}"#
    #expect(try #require(refusal(of: text)).field == "log_weights_lst")
  }

  /// Weights belong to the responses of their own list: as many in all are not enough. Bug: they were laid out in a row.
  @Test(arguments: [
    (#""responses_lst": [["a", "b"], ["c"]], "log_weights_lst": [[0.5], [1, 2]]"#, "log_weights_lst"),
    (#""responses_lst": [["a"], ["b"]], "log_weights_lst": [0.5, 1]"#, "log_weights_lst"),
    (#""responses_lst": [["a"]]"#, nil),
    (#""responses": ["a", ["b"]], "log_weights_lst": [1, 2]"#, "responses[1]"),
    (#""responses": ["a"], "responses_lst": [["b"]], "log_weights_lst": [1]"#, "responses_lst"),
    (#""responses": ["a"], "log_weights_lst": [1], "selected_index": 1"#, "selected_index"),
    (#""responses": ["a"], "log_weights_lst": [1], "selected_index": -1"#, "selected_index"),
    (#""responses_lst": [["a", "b"], ["c"]], "log_weights_lst": [[1, 2], [3]], "selected_index": 1"#, "selected_index"),
  ])
  func refusesResultsThatContradictThemselves(_ members: String, _ field: String?) throws {
    #expect(try #require(refusal(of: #"{"id": "p", "answer": "1", \#(members)}"#)).field == field)
  }

  /// A Gibbs result with flattened responses keeps the lists of its weights.
  @Test func takesTheWeightsOfFlattenedResponsesInOrder() throws {
    let text = #"{"id": "p", "answer": "1", "responses": ["a", "b", "c"], "log_weights_lst": [[0.5, 1], [2]]}"#
    #expect(try read(text: text).records[0].rollouts.map(\.scores) == [[[0.5]], [[1]], [[2]]])
  }
}

@Suite struct TreeReaderTests {
  @Test func readsOmegaPRMTrees() throws {
    let (records, summary) = try read(fixture("omegaprm-tree/trees.jsonl"))
    #expect(summary.format.name == "omegaprm-tree")
    let record = records[0]
    #expect(record.problem == Problem(key: "12", statement: "What is 3 + 4?", answer: "7"))
    #expect(record.columns == [ScoreColumn(scorer: "mc_value", channel: .step)])
    // The root repeats the question: it is the prompt. The last child has no value: a segment of its own.
    #expect(
      record.rollouts.map { $0.steps(delimiter: "\n\n") } == [
        ["Add them:", "The answer is 7"], ["so far"], ["Count"], ["no value"],
      ])
    #expect(
      record.rollouts.map(\.parent) == [
        nil, RolloutRecord.Parent(rollout: 0, step: 1), nil, RolloutRecord.Parent(rollout: 2, step: 1),
      ])
    #expect(record.rollouts.map(\.finish) == [.stop, .open, .open, .open])
    #expect(record.rollouts.map(\.scores) == [[[0.75, 1]], [[0.25]], [[0]], [[]]])
  }

  /// Only the root can be the prompt. Bug: an empty step below a prompt was swallowed with its value.
  @Test func keepsStepsBelowThePrompt() throws {
    let below = #"{"text": "", "mc_value": 0.25, "children": [{"text": "z", "mc_value": 0.125, "children": []}]}"#
    let again = #"{"text": "?", "mc_value": 0.75, "children": null}"#
    let rollouts = try read(text: tree(#"{"text": "", "mc_value": 1, "children": [\#(below), \#(again)]}"#))
      .records[0].rollouts
    #expect(rollouts.map { $0.steps(delimiter: "\n\n") } == [["", "z"], ["?"]])
    #expect(rollouts.map(\.scores) == [[[0.25, 0.125]], [[0.75]]])
    let late = #"{"children": [\#(below)], "text": "?", "mc_value": null}"#
    #expect(try read(text: tree(late)).records[0].rollouts.map(\.scores) == [[[0.25, 0.125]]])
  }

  /// OpenR writes the root alone where none of its rollouts came right: the problem and no rollouts.
  @Test func takesARootAloneAsItsProblem() throws {
    for root in [#"{"text": "?", "mc_value": 0, "children": []}"#, #"[{"children": [], "mc_value": 0, "text": ""}]"#] {
      let record = try read(text: tree(root)).records[0]
      #expect(record.problem == Problem(key: "1", statement: "?", answer: "1"))
      #expect(record.rollouts.isEmpty)
    }
    #expect(refusal(of: tree("[]"))?.field == "reasoning_steps")
  }

  @Test func namesFlatListsOfPrefixes() {
    let found = refusal(of: tree(#"[{"solution_prefix": "?", "mc_value": 0.75}]"#))
    #expect(found?.field == "reasoning_steps[0].solution_prefix")
    #expect(found?.found.contains("list of prefixes") == true)
  }

  private func tree(_ root: String) -> String {
    #"{"question": "?", "final_answer": "1", "question_id": 1, "reasoning_steps": \#(root)}"#
  }

  @Test(arguments: [
    (#"{"text": "a", "children": []}"#, "reasoning_steps.mc_value"),
    (#"{"text": "a", "mc_value": 1}"#, "reasoning_steps.children"),
    (
      #"{"text": "a", "mc_value": 1, "children": [{"text": "b", "children": []}]}"#,
      "reasoning_steps.children[0].mc_value"
    ),
    (
      #"{"children": [{"mc_value": 1, "children": []}], "text": "a", "mc_value": 1}"#,
      "reasoning_steps.children[0].text"
    ),
  ])
  func namesMissingKeysOfTrees(_ root: String, _ field: String) throws {
    #expect(try #require(refusal(of: tree(root))).field == field)
  }

  /// A thousand steps are two thousand levels of JSON; what goes deeper is refused, its path shortened.
  @Test func readsDeepTrees() throws {
    func nested(_ depth: Int) -> String {
      (0..<depth).map { #"{"text": "s\#($0)", "mc_value": 0.5, "children": ["# }.joined()
        + String(repeating: "]}", count: depth)
    }
    #expect(try read(text: tree(nested(1000))).records[0].rollouts[0].stepEnds.count == 1000)
    let found = try #require(refusal(of: tree(nested(1100))))
    #expect(found.found == "nesting deeper than 2048")
    #expect(try #require(found.field).utf8.count <= 200)
  }

  @Test func readsPRM800K() throws {
    let (records, summary) = try read(fixture("prm800k/phase2.jsonl"))
    #expect(summary.format.name == "prm800k")
    let record = records[0]
    #expect(record.problem.answer == "7")
    #expect(record.problem.statement == "What is 3 + 4?")
    #expect(record.columns == [ScoreColumn(scorer: "rating", channel: .step, scale: .unbounded)])
    // The person's step has no rating: it and what follows it begin segments of their own.
    #expect(
      record.rollouts.map { $0.steps(delimiter: "\n") } == [
        ["Add.", "12?"], ["Multiply."], ["3 + 4 = 7"], ["# Answer\n\n7"],
      ])
    #expect(
      record.rollouts.map(\.parent) == [
        nil, nil, RolloutRecord.Parent(rollout: 0, step: 1), RolloutRecord.Parent(rollout: 2, step: 2),
      ])
    #expect(record.rollouts.map(\.finish) == [.open, .open, .open, .stop])
    #expect(record.rollouts.map(\.scores) == [[[1, -1]], [[-1]], [[]], [[1]]])
    #expect(records[1].rollouts.map(\.finish) == [.open])
    #expect(records[1].rollouts.map(\.scores) == [[[0, -1]]])
  }

  /// The answer may stand in the solution only; a labeller may have given up before the first step.
  @Test func readsPRM800KWithoutAnswerOrSteps() throws {
    func label(_ question: String) -> String {
      #"{"question": {"problem": "?", \#(question)}, "label": {"steps": [], "finish_reason": "give_up"}}"#
    }
    let solution = #""ground_truth_answer": null, "ground_truth_solution": "so \\boxed{1} or \\boxed{\\frac{1}{2}}.""#
    let record = try read(text: label(solution)).records[0]
    #expect(record.problem.answer == #"\frac{1}{2}"#)
    #expect(record.rollouts.isEmpty)
    let none = #""ground_truth_answer": null, "ground_truth_solution": "see \\boxed{1""#
    #expect(try #require(refusal(of: label(none))).field == "question.ground_truth_answer")
    #expect(
      refusal(
        of: label(solution).replacing(#""steps": [], "#, with: ""), ReadingOptions(format: TraceFormat(name: "prm800k"))
      )?
      .field == "label.steps")
  }

  @Test func refusesAChoiceThatIsNotThere() throws {
    let text =
      #"{"question": {"problem": "?", "ground_truth_answer": "1"}, "label": {"steps": [{"completions": [{"text": "a", "rating": 1}], "chosen_completion": 1}]}}"#
    #expect(try #require(refusal(of: text)).field == "label.steps[0].chosen_completion")
  }
}

@Suite struct MathShepherdReaderTests {
  /// Signs elsewhere in the text are text: only the marks' places count.
  @Test func readsTheFixtureExactly() throws {
    let (records, summary) = try read(fixture("math-shepherd/steps.jsonl"))
    #expect(summary.format.name == "math-shepherd")
    #expect(records[0].problem.statement == "Tom has 3 apples - or so - and buys 4 + 0. How many?")
    #expect(records[0].problem.dataset == "GSM8K")
    #expect(records[0].problem.answer == nil)
    let rollout = records[0].rollouts[0]
    #expect(
      rollout.steps(delimiter: "\n") == ["Step 1: He has 3.", "Step 2: 3 + 4 = 7.", "Step 3: The answer is: 7"])
    #expect(rollout.scores == [[1, 1, 0]])
    #expect(rollout.sourceVerdict == false)
  }

  @Test(arguments: [
    ("no steps", "no steps", "input"), ("q Step 1: a", "q Step 1: a", "input"),
    ("q Step 1: a ки", "q Step 1: b +", "label"),
    ("q Step 1: a ки", "q Step 1: a *", "label"), ("q Step 1: a ки", "q Step 1: a + more", "label"),
  ])
  func refusesTextsThatDisagree(_ input: String, _ label: String, _ field: String) throws {
    let text = #"{"input": "\#(input)", "label": "\#(label)", "task": "MATH"}"#
    #expect(try #require(refusal(of: text)).field == field)
  }
}

@Suite struct OpenAIBatchReaderTests {
  @Test func readsChatAndCompletionResponses() throws {
    let (records, summary) = try read(fixture("openai-batch/output.jsonl"))
    #expect(summary.format.name == "openai-batch")
    #expect(records[0].problem.key == "sum/1")
    #expect(records[0].recording?.model == "tiny-instruct")
    #expect(records[0].recording?.sampling == .independent)
    #expect(records[0].rollouts.map(\.text) == ["It is \\boxed{7}.", "Long"])
    #expect(records[0].rollouts.map(\.finish) == [.stop, .length])
    #expect(records[0].rollouts.map(\.logProbabilities) == [[-0.75], []])
    #expect(records[0].rollouts.map(\.totalTokens) == [2, nil])
  }

  /// A continuation that was asked for: it leaves a stored rollout; stopped at the delimiter, it is open.
  @Test func findsThePlaceOfContinuations() throws {
    let record = try read(fixture("openai-batch/output.jsonl")).records[1]
    #expect(record.problem.key == "sum|1")
    #expect(record.recording?.name == "night run continuations")
    #expect(record.recording?.sampling == .search)
    #expect(record.rollouts[0].parent == RolloutRecord.Parent(rollout: 3, step: 2, recording: "night run"))
    #expect(record.rollouts[0].finish == .open)
    #expect(record.rollouts[0].totalTokens == 4)
    #expect(record.rollouts[0].logProbabilities == [-0.5])
  }

  /// Continuations are cut and described as the stored recording is; without word of a stop string, a boxed answer is
  /// what ends one.
  @Test func continuationsFollowTheirRecording() throws {
    let choices = #"[{"text": "a; b", "finish_reason": "stop"}, {"text": "\\boxed{1}", "finish_reason": "stop"}]"#
    let name = ContinuationName(problem: "p", recording: "r", rollout: 0, step: 1, check: 0xabc)
    let text = #"{"custom_id": "\#(name.text)", "response": {"body": {"model": "served", "choices": \#(choices)}}}"#
    var options = ReadingOptions()
    options.recordings["r"] = Recording(name: "r", model: "m", temperature: 0.5, topP: 0.9, delimiter: "; ")
    let record = try read(text: text, options).records[0]
    #expect(
      record.recording
        == Recording(
          name: "r continuations", model: "m", temperature: 0.5, topP: 0.9, delimiter: "; ", sampling: .search))
    #expect(record.rollouts.map { $0.steps(delimiter: "; ") } == [["a", "b"], [#"\boxed{1}"#]])
    #expect(record.rollouts.map(\.finish) == [.open, .stop])
    #expect(record.rollouts[0].parent?.check == 0xabc)
    #expect(ContinuationName.recording(continuing: "r continuations") == "r continuations")
  }

  @Test func cutsTextsAtTheUsersDelimiter() throws {
    let text = #"{"custom_id": "p", "response": {"body": {"choices": [{"text": "a\n\nb", "finish_reason": "stop"}]}}}"#
    #expect(try read(text: text).records[0].rollouts[0].stepEnds.count == 1)
    let cut = try read(text: text, ReadingOptions(stepDelimiter: "\n\n")).records[0]
    #expect(cut.rollouts[0].steps(delimiter: "\n\n") == ["a", "b"])
  }

  @Test(arguments: [
    (#"{"custom_id": "p", "response": null, "error": {"code": "x"}}"#, "error"),
    (#"{"custom_id": "p", "response": {"status_code": 500, "body": {}}}"#, "response.status_code"),
    (#"{"custom_id": "p", "response": {"body": {"choices": []}}}"#, "response.body.choices"),
    (#"{"custom_id": "p", "response": {"body": {"choices": [{"index": 0}]}}}"#, "response.body.choices[0].text"),
    (
      #"{"custom_id": "p", "response": {"body": {"choices": [{"message": {"content": null}}]}}}"#,
      "response.body.choices[0].message.content"
    ),
  ])
  func namesTheFieldOfEveryRefusal(_ text: String, _ field: String) throws {
    #expect(try #require(refusal(of: text)).field == field)
  }

  @Test(arguments: [
    ContinuationName(problem: "a/b|c%d\n", recording: "x|y", rollout: 12, step: 3, copy: 4),
    ContinuationName(problem: "größe", recording: "", rollout: nil, step: 0),
    ContinuationName(problem: "p", recording: "r", rollout: 0, step: 1, check: .max),
  ])
  func namesGoThereAndBack(_ name: ContinuationName) {
    #expect(ContinuationName(name.text) == name)
    #expect(!name.text.contains("\n"))
  }

  @Test(arguments: [
    "", "p", "retrace|a|b", "retrace|r|-|1|0|p", "retrace|r|x|0|0|p", "retrace|r|0|-1|0|p", "retrace|%G|0|0|0|p",
    "retrace|r|0|1|0|p|xyz", "retrace|r|0|1|0|p|1|2",
  ])
  func otherNamesAreProblems(_ text: String) {
    #expect(ContinuationName(text) == nil)
  }
}

@Suite struct LMEvalReaderTests {
  /// Documents logged once a filter are read once; `resps` nests repeats.
  @Test func readsTheFixtureExactly() throws {
    let (records, summary) = try read(fixture("lm-eval/samples_math_2026-01-01T00-00-00.jsonl"))
    #expect(summary.format.name == "lm-eval")
    #expect(records.map(\.line) == [1, 3])
    #expect(
      records[0].problem
        == Problem(key: "0", statement: "What is 3 + 4?", answer: "7", subject: "Algebra", level: "Level 1"))
    #expect(records[0].rollouts.map(\.text) == ["It is 7.", "It is 8."])
    #expect(records[0].rollouts.map(\.sourceVerdict) == [nil, nil])
    #expect(records[0].predictions == ["filtered_resps[0]": "7"])
    #expect(records[1].problem == Problem(key: "own-id", statement: "And 3 + 5?", answer: "8"))
    #expect(records[1].rollouts.map(\.sourceVerdict) == [false])
  }

  /// GSM8K's targets are whole solutions that end in `#### ANSWER`.
  @Test func takesTheAnswerFromGSM8KTargets() throws {
    let text = ##"{"doc_id": 3, "doc": {}, "target": "3 + 4 = 7\n#### 7", "resps": [["7"]], "exact_match": 1}"##
    let record = try read(text: text).records[0]
    #expect(record.problem == Problem(key: "3", answer: "7"))
    #expect(record.rollouts[0].sourceVerdict == true)
  }

  @Test func refusesLogLikelihoods() throws {
    let text = #"{"doc_id": 0, "doc": {}, "target": "1", "resps": [[[-5.5, false]]]}"#
    #expect(try #require(refusal(of: text)).field == "resps[0][0][0]")
  }

  /// The writer makes texts of everything. Bug: a log-likelihood and whether it was greedy became two rollouts.
  @Test(arguments: [
    (#"[[["-12.5", "False"]], [["-3.5", "True"]]]"#, "resps[0][0]"), (#"[[["a"], ["-1e-05", "True"]]]"#, "resps[0][1]"),
    (#"[[["-inf", "False"]]]"#, "resps[0][0]"),
  ])
  func refusesWrittenLogLikelihoods(_ responses: String, _ field: String) throws {
    let found = try #require(
      refusal(of: #"{"doc_id": 0, "doc": {}, "target": "1", "resps": \#(responses)}"#))
    #expect(found.field == field)
    #expect(found.expected.contains("log-likelihood"))
  }

  /// Two texts drawn for one request may look like that.
  @Test func readsTextsThatLookLikeLogLikelihoods() throws {
    let text = #"{"doc_id": 0, "doc": {}, "target": "1", "resps": [["-12.5", "False"], [["3", "no"]]]}"#
    #expect(try read(text: text).records[0].rollouts.map(\.text) == ["-12.5", "False", "3", "no"])
  }
}

@Suite struct MonkeysReaderTests {
  @Test func readsTheFixtureExactly() throws {
    let (records, summary) = try read(fixture("monkeys/12.yaml"))
    #expect(summary.format.name == "monkeys")
    #expect(records[0].problem == Problem(key: "12", statement: "What is 3 + 4?", answer: "7"))
    #expect(records[0].recording?.name == "monkeys")
    #expect(
      records[0].rollouts.map(\.text) == ["Add them.\n\nThe answer is \\boxed{7}", "one\nline: \"7\"", "8"])
    #expect(records[0].rollouts.map(\.sourceVerdict) == [true, true, false])
  }

  @Test(arguments: [
    ("prompt: p\nquestion: q\ngt_answer: 7\nsamples: []\nis_corrects: []\n", "samples"),
    ("prompt: p\nquestion: q\ngt_answer: 7\nsamples: [a, b]\nis_corrects: [true]\n", "is_corrects"),
    ("prompt: p\nquestion: q\ngt_answer: 7\nsamples: [a]\nis_corrects: [maybe]\n", "is_corrects[0]"),
    ("prompt: p\nquestion: q\ngt_answer: 7\nsamples: [a]\n", "is_corrects"),
    ("prompt: p\nquestion: q\ngt_answer: 7\nsamples: [{a: b}]\nis_corrects: [true]\n", "samples[0]"),
    ("prompt: p\nquestion: q\ngt_answer: 7\nsamples: [null]\nis_corrects: [true]\n", "samples[0]"),
    ("prompt: p\nquestion: q\nsamples: [a]\nis_corrects: [true]\n", "gt_answer"),
    ("prompt: p\nquestion: q\ngt_answer: null\nsamples: [a]\nis_corrects: [true]\n", "gt_answer"),
    ("prompt: p\nquestion: ~\ngt_answer: 7\nsamples: [a]\nis_corrects: [true]\n", "question"),
    ("prompt: p\nquestion: q\ngt_answer: 7\nsamples: [a]\nsamples: [b]\nis_corrects: [true]\n", "samples"),
    ("question: q\ngt_answer: 7\nsamples: [a]\nis_corrects: [true]\n", "prompt"),
  ])
  func namesTheFieldOfEveryRefusal(_ text: String, _ field: String) throws {
    #expect(try #require(refusal(of: text, ReadingOptions(format: TraceFormat(name: "monkeys")))).field == field)
  }

  /// A document may begin with its mark, a comment or a quoted key.
  @Test(arguments: ["---\n", "# sampled\n\n%YAML 1.1\n---\n", "\u{FEFF}", ""])
  func recognisesDocuments(_ beginning: String) throws {
    let text =
      beginning
      + "\"prompt\": p\n'question': q\ngt_answer: 007\nsamples: [\"null\", 1.50]\nis_corrects: [true, false]\n"
    let (records, summary) = try read(text: text)
    #expect(summary.format.name == "monkeys")
    #expect(records[0].problem.answer == "007")
    #expect(records[0].rollouts.map(\.text) == ["null", "1.50"])
  }

  /// Bug: a byte order mark at the beginning of a text was dropped.
  @Test func keepsByteOrderMarks() throws {
    let text = """
      prompt: p
      question: "\u{FEFF}q"
      gt_answer: 7
      samples:
      - "\\uFEFFa \u{FEFF}"
      - '\\uFEFF as written, \\ufeff'
      - "\\\\ufeff"
      is_corrects: [true, false, false]

      """
    let record = try read(text: text, ReadingOptions(format: TraceFormat(name: "monkeys"))).records[0]
    #expect(record.problem.statement.map { Array($0.utf8) } == Array("\u{FEFF}q".utf8))
    #expect(
      record.rollouts.map { Array($0.text.utf8) }
        == ["\u{FEFF}a \u{FEFF}", #"\uFEFF as written, \ufeff"#, #"\ufeff"#].map { Array($0.utf8) })
  }

  /// The program writes MATH's `solution` and GSM8K's `answer` whole. Bug: no sample had that answer.
  @Test func takesTheAnswerFromWholeSolutions() throws {
    func answer(_ gold: String) throws -> String? {
      let text = "prompt: p\nquestion: q\ngt_answer: \(gold)\nsamples: [a]\nis_corrects: [true]\n"
      return try read(text: text, ReadingOptions(format: TraceFormat(name: "monkeys"))).records[0].problem.answer
    }
    #expect(try answer(##""3 + 4 = <<3+4=7>>7 apples.\n#### 7""##) == "7")
    #expect(try answer(#"'We add. Thus $\boxed{\frac{7}{2}}$.'"#) == #"\frac{7}{2}"#)
    #expect(try answer("7.50") == "7.50")
  }

  @Test func refusesBrokenYAMLWithItsLine() throws {
    let text = "prompt: p\nquestion: q\ngt_answer: 7\nsamples:\n- \"open\nis_corrects: [\n"
    #expect(try #require(refusal(of: text)).line != nil)
  }
}
