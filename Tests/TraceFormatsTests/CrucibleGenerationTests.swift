import Testing
import Traces

@testable import TraceFormats

@Suite struct CrucibleGenerationTests {
  /// The vectors of FIPS 180-4, and two steps.
  @Test func namesPrefixesByDigest() {
    #expect(CrucibleScoring.digest([]) == "e3b0c44298fc1c14")
    #expect(CrucibleScoring.digest(["abc"]) == "ba7816bf8f01cfea")
    #expect(CrucibleScoring.digest(["a", "b"]) == "f04cdced9736a69d")
  }

  @Test func readsTracesAndTrees() throws {
    let (records, summary) = try read(fixture("crucible/generation.json"))
    #expect(summary.format.name == "crucible")
    #expect(records.map(\.problem.key) == ["p1", "p1", "p2"])
    #expect(records.map { $0.recording?.sampling } == [.independent, .search, .search])
    #expect(records.map { $0.recording?.name } == ["", "generation-steps", "generation-steps"])
    #expect(records[0].recording?.model == "tiny")
    #expect(
      records[0].problem == Problem(key: "p1", statement: "What is 3 + 4?", answer: "7", level: "easy"))
    #expect(records[0].rollouts.map { $0.steps(delimiter: "\n\n") } == [["Add.", "\\boxed{7}"]])
    #expect(records[0].rollouts[0].tokens == [2, 3])
    #expect(records[0].rollouts[0].finish == .stop)
  }

  /// Two batches at the root, the same step drawn twice: what follows it continues the first. Parents count the whole
  /// trace before the tree, too.
  @Test func buildsTheTreeFromDigests() throws {
    let rollouts = try read(fixture("crucible/generation.json")).records[1].rollouts
    #expect(
      rollouts.map { $0.steps(delimiter: "\n\n") } == [["Add.", "\\boxed{7}"], ["Count."], ["Add."], ["maybe"]])
    #expect(rollouts.map(\.parent) == [nil, nil, nil, RolloutRecord.Parent(rollout: 1, step: 1)])
    #expect(rollouts.map(\.finish) == [.stop, .open, .open, .open])
    #expect(rollouts.map(\.tokens) == [[2, 3], [2], [2], [1]])
  }

  @Test func takesScoresFromAPRMCassette() throws {
    let table = try PrefixScoreTable(InputFile(fixture("crucible/prm.json")))
    let records = try read(fixture("crucible/generation.json"), ReadingOptions(prefixScores: table)).records
    #expect(records[0].columns == [ScoreColumn(scorer: "tiny-prm", channel: .step)])
    #expect(records[0].rollouts[0].scores == [[0.5, 0.875]])
    #expect(records[1].rollouts.map(\.scores) == [[[0.5, 0.875]], [[0.25]], [[0.5]], [[0.125]]])
    #expect(records[2].rollouts.map(\.scores) == [[[]]])
  }

  private func cassette(_ records: String, in folder: TemporaryFolder, _ name: String = "prm.json") throws -> InputFile
  {
    InputFile(try folder.write(name, #"{"prm": "A", "model_id": "a/A", "records": {\#(records)}}"#))
  }

  private func key(_ prefix: String...) -> String { "\"p1:\(CrucibleScoring.digest(prefix))\"" }

  /// A list must have a score for each step of its prefix, whether a trace or the tree needs it. Bug: of the tree's
  /// lists only the last score was looked at.
  @Test func refusesListsThatDisagreeWithTheirPrefix() throws {
    let folder = try TemporaryFolder()
    let lists = [
      "\(key("Count.")): [0.5, 0.6]", "\(key("Add.", "maybe")): [0.5]", "\(key("Add.")): []",
      "\(key("Add.")): [0.5], \(key("Add.", "\\boxed{7}")): [0.75]",
    ]
    for list in lists {
      let table = try PrefixScoreTable(cassette(list, in: folder))
      let found = #expect(throws: UnacceptableData.self) {
        try read(fixture("crucible/generation.json"), ReadingOptions(prefixScores: table))
      }
      #expect(found?.file?.hasSuffix("prm.json") == true)
      #expect(found?.field?.hasPrefix("records.p1:") == true)
    }
  }

  /// Two cassettes of one reward model may repeat scores, not contradict them. Bug: the last one won.
  @Test func refusesCassettesThatDisagree() throws {
    let folder = try TemporaryFolder()
    let first = try cassette("\(key("Add.")): [0.5]", in: folder, "a.json")
    let same = try cassette("\(key("Add.")): [0.5], \(key("Count.")): [0.25]", in: folder, "b.json")
    let other = try cassette("\(key("Add.")): [0.75]", in: folder, "c.json")
    let merged = try #require(try PrefixScoreFiles.separated([first, same]).scores)
    #expect(try merged.scores(problem: "p1", prefix: ["Count."]) == [0.25])
    for files in [[first, other], [other, first]] {
      let found = #expect(throws: UnacceptableData.self) { try PrefixScoreFiles.separated(files) }
      #expect(found?.file == files[1].name)
      #expect(found?.found.contains(files[0].name) == true)
    }
  }

  /// crucible-ttc writes the same `prm` for every model. Bug: two models' scores became those of one.
  @Test func tellsRewardModelsApartByTheirIdentifier() throws {
    let folder = try TemporaryFolder()
    func cassette(_ name: String, _ head: String) throws -> InputFile {
      InputFile(try folder.write(name, #"{\#(head), "records": {\#(key("Add.")): [0.5]}}"#))
    }
    let first = try cassette("a.json", #""prm": "prm", "model_id": "A/one""#)
    #expect(try PrefixScoreTable(first).scorer == "A/one")
    let second = try cassette("b.json", #""prm": "prm", "model_id": "B/two""#)
    let found = #expect(throws: UnacceptableData.self) { try PrefixScoreFiles.separated([first, second]) }
    #expect(found?.found == "a second reward model, B/two")
    #expect(found?.expected == "PRM cassettes of one reward model: A/one")
    let named = try cassette("c.json", #""prm": "small", "model_id": "A/one""#)
    let other = try cassette("d.json", #""prm": "small", "model_id": "B/two""#)
    #expect(throws: UnacceptableData.self) { try PrefixScoreFiles.separated([named, other]) }
    let unidentified = try cassette("e.json", #""prm": "small""#)
    #expect(try PrefixScoreFiles.separated([named, unidentified]).scores?.scorer == "small")
  }

  private static let emptyTrace = """
    {"backend": "b", "records": [
     {"problem": {"id": "p", "answer": "1"}, "traces": [{"steps": [{"text": "\\\\boxed{1}"}]}, {"steps": []}]},
     {"problem": {"id": "q", "answer": "2"}, "traces": [{"steps": [{"txt": "x"}]}]},
     {"problem": {"id": "r", "answer": "3"}, "traces": [{"steps": [{"text": "3"}]}]}],
     "step_records": [{"key": "q:e3b0c44298fc1c14", "batches": [[{"text": "a"}]]}]}
    """

  /// A model's empty reply has no steps; a record that is not acceptable is no reason to lose the others. Bug: the first
  /// was refused, and the whole file with it.
  @Test func leavesOutSingleRecords() throws {
    #expect(refusal(of: Self.emptyTrace)?.field == "records[1].traces[0].steps[0].text")
    let (records, summary) = try read(text: Self.emptyTrace, ReadingOptions(skipInvalid: true))
    #expect(records.map(\.problem.key) == ["p", "r"])
    #expect(records[0].rollouts.map(\.text) == ["\\boxed{1}", ""])
    #expect(summary.skipped == 1)
  }

  @Test func aPRMCassetteAloneHoldsNoTraces() throws {
    let found = #expect(throws: UnacceptableData.self) { try read(fixture("crucible/prm.json")) }
    #expect(found?.remedy?.contains("retrace ingest GENERATION.json PRM.json") == true)
  }

  @Test func refusesStepsAfterAnUnknownPrefix() throws {
    let text = """
      {"backend": "b", "problems": [{"id": "p", "answer": "1"}],
       "step_records": [{"key": "p:0000000000000000", "batches": [[{"text": "a"}]]}]}
      """
    #expect(try #require(refusal(of: text)).field == "step_records")
  }
}
