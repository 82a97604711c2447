import Testing
import Traces

@testable import TraceFormats

@Suite struct SearchAndLearnReaderTests {
  @Test func readsTheFixtureExactly() throws {
    let (records, summary) = try read(fixture("search-and-learn/rlhflow.jsonl"))
    #expect(summary.format.name == "search-and-learn")
    #expect(summary.convention == StepRule.paragraphs.words)
    let first = records[0]
    #expect(
      first.problem
        == Problem(
          key: "test/algebra/1.json", statement: "What is $1+1$?", answer: "2", subject: "Algebra", level: "1"))
    #expect(
      first.predictions == [
        "pred": "2", "pred_naive@2": "\\boxed{2}", "pred_weighted@2": "\\boxed{2}", "pred_maj@2": "\\boxed{3}",
      ])
    #expect(first.columns == [ScoreColumn(scorer: "prm", channel: .step)])
    #expect(first.rollouts.map(\.scores) == [[[0.5, 0.9375]], [[0.4, 0.3, 0.0625]], [[0.125]]])
    #expect(first.rollouts.map(\.totalTokens) == [12, 7, nil])
    #expect(records[1].rollouts[0].totalTokens == nil)
    #expect(records[1].predictions == [:])
  }

  /// k + 1 scores for a text that ends in a blank line: the empty last part is a step.
  @Test func keepsTheEmptyLastPart() throws {
    let record = try read(fixture("search-and-learn/rlhflow.jsonl")).records[0]
    #expect(record.recording?.delimiter == "\n\n")
    #expect(record.recording?.sampling == .independent)
    #expect(record.rollouts[1].steps(delimiter: "\n\n") == ["Two ones.", "They make", ""])
    #expect(record.rollouts.map(\.finish) == [.stop, .open, .stop])
  }

  /// Python's `"a\nb\n\n\nc".split("\n\n")` is `["a\nb", "\nc"]`.
  @Test func cutsThreeLineBreaksFromTheLeft() throws {
    let record = try read(fixture("search-and-learn/rlhflow.jsonl")).records[1]
    #expect(record.rollouts[0].steps(delimiter: "\n\n") == ["a\nb", "\nc"])
  }

  @Test func findsTheLineRule() throws {
    let (records, summary) = try read(fixture("search-and-learn/skywork.jsonl"))
    #expect(summary.convention == StepRule.lines.words)
    #expect(records[0].recording?.delimiter == "\n")
    #expect(records[0].rollouts[0].steps(delimiter: "\n") == ["One.", "", "Two: $\\boxed{2}$"])
    #expect(records[0].rollouts[1].steps(delimiter: "\n") == ["line", ""])
  }

  @Test func findsTheRuleWithoutAnEmptyLastPart() throws {
    let (records, summary) = try read(fixture("search-and-learn/math-shepherd.jsonl"))
    #expect(summary.convention == StepRule.paragraphsEnded.words)
    #expect(records[0].rollouts[0].text == "One.\n\nTwo\n\n")
    #expect(records[0].rollouts[0].steps(delimiter: "\n\n") == ["One.", "Two\n\n"])
  }

  /// Every rule's count of steps and its cuts agree, on every short text of letters and line breaks.
  @Test(arguments: StepRule.allCases)
  func countsAgreeWithCuts(_ rule: StepRule) {
    for length in 0...9 {
      for pattern in 0..<(1 << length) {
        let text = String((0..<length).map { pattern >> $0 & 1 == 1 ? "\n" : "a" })
        let breaks = LineBreaks(of: [SharedText("\n\n"), SharedText(text), SharedText("\n")])[1]
        let count = StepCounts(breaks)[rule]
        var ends: [Int32] = []
        rule.addEnds(of: breaks, steps: max(count, 1), to: &ends)
        #expect(ends.count == max(count, 1))
        #expect(Int(ends[ends.count - 1]) == length)
        if rule == .paragraphs { #expect(count == pythonSplit(text, "\n\n").count) }
        if rule == .lines { #expect(count == pythonSplit(text, "\n").count) }
      }
    }
  }

  /// Splitting as Python does: from the left, empty parts kept.
  private func pythonSplit(_ text: String, _ separator: String) -> [String] {
    var parts = [""]
    var rest = Substring(text)
    while let next = rest.first {
      if rest.hasPrefix(separator) {
        parts.append("")
        rest.removeFirst(separator.count)
      } else {
        parts[parts.count - 1].append(next)
        rest.removeFirst()
      }
    }
    return parts
  }

  private func line(_ completions: [String], _ scores: [[Double]], id: String = "a") -> String {
    let texts = completions.map { "\"" + $0.replacing("\n", with: "\\n") + "\"" }.joined(separator: ",")
    return
      #"{"problem": "?", "answer": "1", "unique_id": "\#(id)", "completions": [\#(texts)], "scores": \#(scores)}"#
      + "\n"
  }

  /// A beam search repeats its beams in turn until there are as many as were asked for; so does nobody else. Bug: its
  /// files counted as independent samples.
  @Test func knowsRepeatedBeams() throws {
    func lines(_ completions: [[String]]) -> String {
      completions.enumerated().map { index, texts in
        let list = texts.map { "\"\($0) \(index)\"" }.joined(separator: ", ")
        let scores = texts.map { _ in "[0.5]" }.joined(separator: ", ")
        return #"{"problem": "p\#(index)", "answer": "1", "unique_id": "\#(index)", "completions": [\#(list)], "#
          + #""scores": [\#(scores)]}"# + "\n"
      }.joined()
    }
    func sampling(_ completions: [[String]]) throws -> Recording.Sampling? {
      try read(text: lines(completions)).records[0].recording?.sampling
    }
    let (beams, others) = (["a", "b", "a", "b", "a"], ["a", "b", "c", "a", "d"])
    #expect(try sampling([beams, beams] + Array(repeating: others, count: 6)) == .search)
    #expect(try sampling([beams] + Array(repeating: others, count: 7)) == .independent)
    #expect(try sampling([beams, ["a", "a", "a"]] + Array(repeating: others, count: 6)) == .search)
    // Without a temperature, all are equal.
    #expect(try sampling(Array(repeating: ["a", "a", "a"], count: 8)) == .independent)
  }

  /// Many completions that stop at a blank line are the last level of a tree search; a few are not.
  @Test func tellsTreeSearchFromIndependentSamples() throws {
    let open = (0..<8).map { line(["a\n\n", "b", "c"], [[0.5, 0.5], [0.5], [0.5]], id: "p\($0)") }
    #expect(try read(text: open.joined()).records[7].recording?.sampling == .search)
    #expect(try read(text: open[..<7].joined()).records[0].recording?.sampling == .independent)
    let chosen = try read(text: open.joined(), ReadingOptions(sampling: .independent))
    #expect(chosen.records[0].recording?.sampling == .independent)
    #expect(chosen.records[0].rollouts[0].finish == .open)
  }

  @Test func refusesScoresThatNoRuleExplains() throws {
    let found = try #require(
      refusal(of: line(["a\n\nb"], [[0.1, 0.2]]) + line(["a\n\nb", "c"], [[0.1, 0.2], [0.3, 0.4]])))
    #expect(found.line == 2)
    #expect(found.field == "scores[1]")
    #expect(found.found == "2 scores")
    #expect(found.expected.contains("1 (parts between blank lines"))
  }

  @Test func refusesAFileThatMixesRules() throws {
    let found = try #require(refusal(of: line(["a\n\nb"], [[0.1, 0.2]]) + line(["a\n\nb"], [[0.1, 0.2, 0.3]])))
    #expect(found.line == 2)
    #expect(found.found.contains("Skywork"))
    #expect(found.expected.contains("RLHFlow"))
    let rest = try read(
      text: line(["a\n\nb"], [[0.1, 0.2]]) + line(["a\n\nb"], [[0.1, 0.2, 0.3]]), ReadingOptions(skipInvalid: true))
    #expect(rest.records.count == 1)
    #expect(rest.summary.skipped == 1)
  }

  /// A text longer than a reward model's window has fewer scores than steps; what was not scored stays in the last step.
  @Test func takesFewerScoresForTextsBeyondTheWindow() throws {
    let long = Array(repeating: String(repeating: "x", count: 400), count: 8).joined(separator: "\n\n")
    let (records, summary) = try read(text: line([long, "a\n\nb"], [[0.1, 0.2, 0.3, 0.4, 0.5], [0.5, 0.5]]))
    #expect(summary.convention == StepRule.paragraphs.words)
    let cut = records[0].rollouts[0]
    #expect(cut.scores == [[0.1, 0.2, 0.3, 0.4, 0.5]])
    #expect(cut.text == long)
    #expect(cut.steps(delimiter: "\n\n").map(\.utf8.count) == [400, 400, 400, 400, 4 * 400 + 3 * 2])
    #expect(refusal(of: line(["a\n\nb\n\nc", "a\n\nb"], [[0.1, 0.2], [0.5, 0.5]])) != nil)
  }

  /// A window may have ended in every completion of a record. Bug: such a record was refused, whatever the others said.
  @Test func takesRecordsOfWhichEveryTextIsBeyondTheWindow() throws {
    let long = Array(repeating: String(repeating: "x", count: 400), count: 8).joined(separator: "\n\n")
    let exact = line(["a\n\nb", "a\n\n"], [[0.5, 0.5], [0.5, 0.5]])
    let cut = line([long, long], [[0.1, 0.2], [0.3]], id: "cut")
    let (records, summary) = try read(text: exact + cut)
    #expect(summary.convention == StepRule.paragraphs.words)
    #expect(records[1].rollouts.map(\.scores) == [[[0.1, 0.2]], [[0.3]]])
    #expect(records[1].rollouts[0].steps(delimiter: "\n\n").map(\.utf8.count) == [400, 7 * 400 + 6 * 2])
    // Nothing says by which rule the texts alone are cut.
    #expect(try #require(refusal(of: cut)).field == "scores[0]")
    #expect(try #require(refusal(of: exact + line([long], [[]]))).field == "scores[0]")
    #expect(try #require(refusal(of: exact + line(["a\n\nb"], [[0.5]]))).field == "scores[0]")
  }

  /// Bug: a long text that ends in a blank line and lost one score to the window was taken for another rule's.
  @Test func takesTheFilesRuleBeforeAnotherThatFits() throws {
    let open = Array(repeating: String(repeating: "x", count: 400) + "\n\n", count: 8).joined()
    let exact = line(["a\n\nb\n\n"], [[0.1, 0.2, 0.3]])
    let cut = line(["a\n\nb", open], [[0.1, 0.2], Array(repeating: 0.5, count: 8)], id: "cut")
    let (records, summary) = try read(text: exact + cut)
    #expect(summary.convention == StepRule.paragraphs.words)
    #expect(records[1].rollouts[1].steps(delimiter: "\n\n").count == 8)
    #expect(records[1].rollouts[1].text == open)
    // Alone it is what it looks like.
    #expect(try read(text: cut).summary.convention == StepRule.paragraphsEnded.words)
  }

  @Test(arguments: ["answer", "unique_id", "problem", "completions", "scores"])
  func namesAMissingKey(_ key: String) throws {
    let members = [
      "problem": #""?""#, "answer": #""1""#, "unique_id": #""u""#, "completions": #"["a"]"#, "scores": "[[1]]",
    ]
    let kept = members.filter { $0.key != key }.map { "\"\($0.key)\": \($0.value)" }.joined(separator: ", ")
    let found = refusal(of: "{\(kept)}", ReadingOptions(format: TraceFormat(name: "search-and-learn")))
    #expect(found?.field == key)
  }

  /// An empty list disagrees with its steps, also those of an empty text, unless the text exceeds the window.
  @Test func refusesEmptyListsOfScores() throws {
    #expect(try #require(refusal(of: line(["a\n\nb", ""], [[0.1, 0.2], []]))).field == "scores[1]")
    let long = String(repeating: "x", count: 3000)
    #expect(try read(text: line([long, "a"], [[], [0.5]])).records[0].rollouts[0].scores == [[]])
  }

  @Test(arguments: ["[-2]", "-2", "[1.5]", "5", "[2147483648]"])
  func refusesImpossibleCounts(_ tokens: String) throws {
    let text = line(["a"], [[0.5]]).replacing("}\n", with: #", "completion_tokens": \#(tokens)}"#)
    #expect(try #require(refusal(of: text)).field?.hasPrefix("completion_tokens") == true)
  }

  @Test func theUserNamesTheScorerAndItsScale() throws {
    let options = ReadingOptions(scorer: "skywork-7b", scales: ["skywork-7b": .logit])
    let record = try read(text: line(["a"], [[-4.5]]), options).records[0]
    #expect(record.columns == [ScoreColumn(scorer: "skywork-7b", channel: .step, scale: .logit)])
    #expect(record.rollouts[0].scores == [[-4.5]])
  }
}
