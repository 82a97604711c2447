import Testing
import Traces

@testable import TraceFormats

@Suite struct FormatRecognitionTests {
  @Test func namesTheNearestFormatAndWhatItLacks() throws {
    let found = try #require(refusal(of: #"{"problem": "?", "completions": ["a"], "score": [[1]]}"#))
    #expect(found.found.contains("problem, completions, score"))
    #expect(found.expected.contains("search-and-learn"))
    #expect(found.expected.contains("scores (a list)"))
    #expect(found.remedy?.contains("--format") == true)
    #expect(found.line == 1)
  }

  /// The share of top-level keys that are there decides, not that of all conditions on them.
  @Test(arguments: [
    (#"{"question": {"problem": "?"}, "labels": {"steps": []}}"#, "prm800k"),
    (#"{"question": "?", "gt_": "1", "code": ["a"]}"#, "qwen-eval"),
    (#"{"question": "?", "groundtruth": "1", "outputs": []}"#, "openr"),
    (#"{"problem": {"id": "p"}, "rollout": []}"#, "retrace"),
  ])
  func findsTheNearestFormat(_ text: String, _ name: String) throws {
    #expect(try #require(refusal(of: text)).expected.contains("the nearest is \(name),"))
  }

  /// Also keys by which a format is not known. Bug: `is_corrects` was asked for only once `gt_answer` was there.
  @Test func namesAllThatIsMissing() throws {
    let yaml = try #require(refusal(of: "prompt: p\nquestion: q\nsamples: [a]\n"))
    #expect(yaml.expected.hasSuffix("the nearest is monkeys, which also needs gt_answer, is_corrects (a list)"))
    let json = try #require(refusal(of: #"{"question": "?", "groundtruth": "1", "outputs": []}"#))
    #expect(json.expected.hasSuffix("the nearest is openr, which also needs output (a list), result"))
  }

  /// Bug: a key with a line break or an escape sequence was printed as it is.
  @Test func writesOutControlCharacters() throws {
    let message = try #require(refusal(of: #"{"a\nb\u001b[31m": 1, "\u2028\u0085": 2, "é": 3}"#)).localizedDescription
    #expect(message.contains(#"found the keys a\nb\u{1B}[31m, \u{2028}\u{0085}, é"#))
  }

  @Test(arguments: [("(lp0\nI1\na.", 0), ("]q\0(K\u{1}e.", 1)])
  func namesThePickleProtocolsThatAreTooOld(_ text: String, _ version: Int) throws {
    let found = try #require(refusal(of: text, ReadingOptions(format: TraceFormat(name: "pis"))))
    #expect(found.found == "a pickle of protocol \(version)")
    #expect(found.remedy?.contains("protocol=4") == true)
  }

  @Test(arguments: ["{}", #"{"x": 1}"#])
  func listsTheFormatsWhereNothingFits(_ text: String) throws {
    let found = try #require(refusal(of: text))
    #expect(found.expected.contains("retrace, search-and-learn, "))
  }

  @Test(arguments: ["[1, 2]", "\"text\"", "hello there", "\u{0}\u{1}\u{2}", "12"])
  func refusesWhatIsNoRecord(_ text: String) throws {
    let found = try #require(refusal(of: text))
    #expect(found.file == "memory")
  }

  @Test(arguments: [
    (" \n\r\n\t\n", "a file without a record", "at least one record"),
    ("SQLite format 3\u{0} and so on", "a SQLite database", "recorded rollouts"),
    ("problem,rollout,scorer,scores\np,0,s,1\n", "scores without rollouts", "recorded rollouts"),
    ("a,b\n1,2\n", "no record but `a,b`", "retrace, search-and-learn, "),
    ("\u{0}\u{1}", "no record but `\\0\\u{01}`", "retrace, search-and-learn, "),
  ])
  func saysWhatContentWithoutARecordLooksLike(_ text: String, _ found: String, _ expected: String) throws {
    let refused = try #require(refusal(of: text))
    #expect(refused.found.lowercased() == found.lowercased())
    #expect(refused.expected.contains(expected))
  }

  @Test func refusesUTF16WithTheRemedy() throws {
    let source = MemorySource([0xff, 0xfe] + Array("{}".utf8).flatMap { [$0, 0] })
    let refusal = #expect(throws: UnacceptableData.self) { try TraceReading().read(source, named: "memory") { _ in } }
    #expect(refusal?.found == "UTF-16 text")
    #expect(refusal?.remedy?.contains("iconv") == true)
  }

  @Test func refusesABrokenFirstLineWithItsPlace() throws {
    let found = try #require(refusal(of: "{\"problem\": {\"id\" \"p\"}}\n{}\n"))
    #expect(found.line == 1)
    #expect(found.byte == 18)
  }

  @Test func readsASinglePrettyPrintedRecord() throws {
    let text = """
      {
        "problem": {"id": "p", "answer": "1"},
        "rollouts": []
      }

      """
    let (records, summary) = try read(text: text)
    #expect(records.count == 1)
    #expect(summary.records == 1)
    let broken = try #require(refusal(of: text.replacing("\"rollouts\"", with: "\"rollouts\"x")))
    #expect(broken.line == 3)
  }

  @Test func sendsScoresToTheirCommand() throws {
    let found = try #require(refusal(of: #"{"problem": "p", "rollout": 0, "scorer": "s", "scores": [1]}"#))
    #expect(found.remedy?.contains("retrace scores import") == true)
  }

  @Test func refusesParquetWithTheRemedy() throws {
    let found = try #require(refusal(of: "PAR1 and so on"))
    #expect(found.remedy?.contains("duckdb") == true)
  }

  @Test func everyFormatHasItsOwnNameAndASummary() {
    let names = TraceFormat.all.map(\.name)
    #expect(Set(names).count == names.count)
    #expect(TraceFormat.all.allSatisfy { !$0.summary.isEmpty && (!$0.signatures.isEmpty || $0.name == "pis") })
    #expect(names.allSatisfy { TraceFormat(name: $0) != nil })
    #expect(TraceFormat(name: "nothing") == nil)
  }
}
