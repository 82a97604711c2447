import Testing
import Traces

@testable import TraceFormats

@Suite struct OpenRStepTests {
  private func record(_ outputs: String...) throws -> TraceRecord {
    try read(text: line(outputs)).records[0]
  }

  private func line(_ outputs: [String]) -> String {
    let list = outputs.enumerated().map { #"{"path_idx": \#($0.offset), \#($0.element)}"# }
    return #"{"question": "?", "groundtruth": "1", "result": {}, "output": [\#(list.joined(separator: ", "))]}"#
  }

  private func steps(_ record: TraceRecord) -> [[String]] {
    record.rollouts.map { $0.steps(delimiter: record.recording?.delimiter ?? "") }
  }

  /// OpenR drops blank parts before it asks for values. Bug: four steps were expected of the second text.
  @Test func passesOverBlankParts() throws {
    let texts = [#"a\n\nb"#, #"Add.\n\n\n\nThen\n\n \n\nso\n\n"#, #"\n\n \n\nx"#, #"\n\n"#, ""]
    let values = ["[0.5, 0.75]", "[0.25, 0.125, 0.5]", "[1]", "[0.5]", "[0.5]"]
    let outputs = zip(texts, values).map { #""text": "\#($0)", "value": \#($1), "completion_tokens": 1"# }
    let found = try read(text: line(outputs))
    #expect(
      steps(found.records[0]) == [
        ["a", "b"], ["Add.\n\n", "Then\n\n ", "so\n\n"], ["\n\n \n\nx"], ["\n\n"], [""],
      ])
    #expect(found.records[0].rollouts.map(\.text)[1] == "Add.\n\n\n\nThen\n\n \n\nso\n\n")
    #expect(found.summary.convention == OpenRStepRule.filledParagraphs.words)
  }

  /// A file's lines may fit several rules each; those that fit one decide.
  @Test(arguments: [
    (#"a\n\n"#, "[0.5, 0.5]", StepRule.paragraphs), (#"a\nb\n"#, "[0.5, 0.5, 1]", .lines),
    (#"a\nb\n"#, "[0.5, 1]", .linesEnded), (#"a\n\n\n\nb"#, "[0.5, 1, 1]", .paragraphsEnded),
  ])
  func takesTheRuleThatAgrees(_ text: String, _ values: String, _ rule: StepRule) throws {
    let plain = line([#""text": "x", "value": [0.5], "completion_tokens": 1"#])
    let telling = line([#""text": "\#(text)", "value": \#(values), "completion_tokens": 1"#])
    let summary = try read(text: plain + "\n" + telling).summary
    // Where blank parts count, the rule with an empty last part fits as well.
    #expect(summary.convention == (rule == .paragraphsEnded ? StepRule.paragraphs : rule).words)
  }

  /// compute-optimal-tts ends each step with a mark for its reward models, whatever lines the step has. Bug: a step of
  /// two lines fitted no rule, and the mark stayed in steps of one line.
  @Test func cutsAtMarks() throws {
    let search = #""value": [0.5, 0.25, 0.75], "completion_tokens": 88, "tree_completion_tokens": 88"#
    let record = try record(
      #""text": "One. ки\nIt is\n3+4 = 7. ки\nSo \\boxed{7}. ки\n", \#(search), "token_history": [5, 9, 8]"#)
    #expect(steps(record) == [["One.", "It is\n3+4 = 7.", #"So \boxed{7}."#]])
    #expect(record.recording?.delimiter == "\n")
    #expect(record.rollouts[0].tokens == [5, 9, 8])
    let text = #""text": "One. ки\nIt is ки\n ки\nSo ки ки\n", \#(search)"#
    let found = try read(text: line([text]))
    #expect(steps(found.records[0]) == [["One.", "It is", "So"]])
    #expect(found.records[0].rollouts[0].text == "One.\nIt is\nSo")
    #expect(found.summary.convention == OpenRStepRule.marks.words)
  }

  /// The mark's letters end words of Russian texts, too: only after a blank are they a mark.
  @Test func leavesWordsThatEndLikeTheMark() throws {
    let record = try record(#""text": "точки\n\nоценки", "value": [0.5, 0.25], "completion_tokens": 1"#)
    #expect(steps(record) == [["точки", "оценки"]])
  }

  @Test func refusesValuesThatAreNoStepsOfMarkedTexts() throws {
    let outputs = [#""text": "a\n\nb ки\n", "value": [0.5, 1], "completion_tokens": 1"#]
    let found = try #require(refusal(of: line(outputs)))
    #expect(found.field == "output[0]")
    #expect(found.expected.contains("steps: 1 (steps that end in the mark"))
  }

  /// OpenR writes `[0]` for a text that is the only one, compute-optimal-tts `[0.0]` for what it does not score and for
  /// all texts where the reward model fails. Bug: they were refused, or counted as the lowest score.
  @Test func takesASingleZeroForNoValues() throws {
    let several = #""text": "a\n\nb\n\nc", "completion_tokens": 1, "value""#
    let one = #""text": "a", "completion_tokens": 1, "value""#
    #expect(try record(several + ": [0]").rollouts.map(\.scores) == [[[]]])
    #expect(try record(one + ": [0]").rollouts.map(\.scores) == [[[]]])
    #expect(try record(several + ": [0.0]", one + ": [0.0]").rollouts.map(\.scores) == [[[]], [[]]])
    #expect(try record(several + ": [0.0]").rollouts[0].stepEnds.count == 3)
    // Where another text has values, or all have one step, zeros are values.
    #expect(refusal(of: line([several + ": [0.0]", one + ": [0.5]"]))?.field == "output[0]")
    #expect(try record(one + ": [0.0]", one + ": [0.5]").rollouts.map(\.scores) == [[[0]], [[0.5]]])
    #expect(try record(one + ": [0.0]", one + ": [0]").rollouts.map(\.scores) == [[[0]], [[0]]])
  }
}

@Suite struct OpenRSearchTests {
  private func read(_ outputs: [String], named name: String = "memory") throws -> TraceRecord {
    let list = outputs.enumerated().map { #"{"path_idx": \#($0.offset), \#($0.element)}"# }
    let text = #"{"question": "?", "groundtruth": "1", "result": {}, "output": [\#(list.joined(separator: ", "))]}"#
    var records: [TraceRecord] = []
    _ = try TraceReading().read(MemorySource(Array(text.utf8)), named: name) { records += $0.records }
    return records[0]
  }

  /// A search counts its tokens between paths. Bug: all paths but the last had none, and the last one had all.
  @Test func takesTheTokensOfPathsFromTheirHistory() throws {
    let first = #""completion_tokens": 0, "tree_completion_tokens": 0"#
    let last = #""completion_tokens": 60, "tree_completion_tokens": 131"#
    let two = #""text": "a\n\nb", "value": [0.5, 0.75]"#
    let bare = try read(["\(two), \(first)", "\(two), \(last)"])
    #expect(bare.recording?.sampling == .search)
    #expect(bare.rollouts.map(\.totalTokens) == [nil, nil])
    let counted = try read([
      #"\#(two), \#(first), "token_history": [5, 9]"#, #"\#(two), \#(last), "token_history": [5, 2, 8]"#,
    ])
    #expect(counted.rollouts.map(\.tokens) == [[5, 9], []])
    #expect(counted.rollouts.map(\.totalTokens) == [14, 15])
  }

  /// compute-optimal-tts counts a tree for every method. Bug: its best-of-N counted as a search's paths.
  @Test func tellsSamplesFromSearches() throws {
    func sampling(_ history: String, tree: Int, folder: String) throws -> Recording.Sampling? {
      let output =
        #""text": "a ки\n", "value": [0.5], "completion_tokens": 9, "tree_completion_tokens": \#(tree)"#
      return try read([#"\#(output), "token_history": \#(history)"#], named: "run/\(folder)/question_0/record_0.jsonl")
        .recording?.sampling
    }
    #expect(try sampling("[22]", tree: 22, folder: "1_1_1") == .independent)
    #expect(try sampling("[22]", tree: 22, folder: "elsewhere") == .independent)
    // A search of several steps whose path ended in the first.
    #expect(try sampling("[22]", tree: 88, folder: "elsewhere") == .search)
    #expect(try sampling("[22]", tree: 22, folder: "40_1_1") == .search)
    #expect(try sampling("[20, 2]", tree: 22, folder: "1_1_1") == .search)
  }

  /// Of texts that were sampled at once the history holds all tokens, `completion_tokens` those of all texts.
  @Test func countsTheTokensOfSamples() throws {
    func counted(_ tokens: Int, _ history: Int) -> String {
      #""completion_tokens": \#(tokens), "tree_completion_tokens": \#(tokens), "token_history": [\#(history)]"#
    }
    let record = try read([
      #""text": "a ки\nb ки\n", "value": [0.5, 1], \#(counted(0, 21))"#,
      #""text": "a ки\n", "value": [0.5], \#(counted(60, 39))"#,
    ])
    #expect(record.recording?.sampling == .independent)
    #expect(record.rollouts.map(\.totalTokens) == [21, 39])
    #expect(record.rollouts.map(\.tokens) == [[], [39]])
  }

  /// Both programs write the solution of MATH. Bug: no text had that answer.
  @Test(arguments: [
    (#"We add.\n\nThus the answer is $\\boxed{7}$."#, "7"), (#"$\\boxed{7}$"#, "7"), ("7", "7"),
    (#"3 + 4 = 7\n#### 7\n"#, "7"), (#"\\boxed{1} and \\boxed {\\frac{1}{2}}"#, #"\frac{1}{2}"#),
    (#"so $x = \\boxed 7$."#, "7"), (#"\\boxed{7"#, #"\boxed{7"#), ("#7", "#7"), (#"####\n7"#, "####\n7"),
    (#"a #### 7"#, "a #### 7"), (#"$\\boxedx$"#, #"$\boxedx$"#),
  ])
  func takesTheAnswerFromWholeSolutions(_ gold: String, _ answer: String) throws {
    let output = #"{"path_idx": 0, "text": "a", "value": [1], "completion_tokens": 1}"#
    let text = #"{"question": "?", "groundtruth": "\#(gold)", "result": {}, "output": [\#(output)]}"#
    #expect(try TraceFormatsTests.read(text: text).records[0].problem.answer == answer)
  }
}
