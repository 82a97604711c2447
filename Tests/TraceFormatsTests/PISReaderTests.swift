import Foundation
import Testing
import Traces

@testable import TraceFormats

@Suite struct PISReaderTests {
  private func options(scorer: String? = nil) throws -> ReadingOptions {
    ReadingOptions(scorer: scorer, problems: try ProblemFile.read(InputFile(fixture("pis/problems.jsonl"))))
  }

  /// Copies share their prefixes; equal complete particles are one; the open particle of the second iteration stays.
  @Test(arguments: ["protocol2", "protocol3", "protocol4", "protocol5"])
  func readsParticlesOfEveryProtocol(_ folder: String) throws {
    let (records, summary) = try read(fixture("pis/\(folder)/test_algebra_1004.pkl"), options())
    #expect(summary.format.name == "pis")
    #expect(records.count == 1)
    let record = records[0]
    #expect(record.problem.key == "test/algebra/1004.json")
    #expect(record.problem.answer == "14")
    #expect(record.recording?.sampling == .search)
    #expect(record.recording?.temperature == 0.8)
    #expect(record.recording?.name == folder)
    #expect(record.columns == [ScoreColumn(scorer: PISReader.defaultScorer, channel: .prefix)])
    #expect(
      record.rollouts.map { $0.steps(delimiter: "\n\n") } == [
        ["Double it: 14", "So $\\boxed{14}$"], ["Hence — $\\boxed{15}$"], ["Alone: 14", "more"],
      ])
    #expect(record.rollouts.map(\.parent) == [nil, RolloutRecord.Parent(rollout: 0, step: 1), nil])
    #expect(record.rollouts.map(\.finish) == [.stop, .stop, .open])
    #expect(record.rollouts.map(\.scores) == [[[0.5, 0.75]], [[0.25]], [[0.125, 0.0625]]])
  }

  @Test(arguments: ["numpy2", "numpy4", "numpy5"])
  func readsNumpyNumbers(_ folder: String) throws {
    let record = try read(fixture("pis/\(folder)/test_algebra_1004.pkl"), options()).records[0]
    #expect(record.rollouts.map(\.scores) == [[[0.5, 0.75]], [[0.75]]])
  }

  /// One level more: the particles after each step of an iteration, which are prefixes of one another.
  @Test func readsIntermediateFiles() throws {
    let path = fixture("pis/intermediate/test_algebra_1004_intermediate.pkl")
    let record = try read(path, options()).records[0]
    #expect(record.problem.key == "test/algebra/1004.json")
    // The recording is that of the folder in which the whole pickles are.
    #expect(record.recording?.name == "pis")
    #expect(record.rollouts.map { $0.steps(delimiter: "\n\n") } == [["Double it: 14", "So $\\boxed{14}$"]])
    #expect(record.rollouts[0].scores == [[1, 0.5]])
    #expect(record.rollouts[0].finish == .stop)
  }

  @Test func rewardsOfOtherScorersAreStepScores() throws {
    let path = fixture("pis/protocol4/test_algebra_1004.pkl")
    let column = try read(path, options(scorer: "rlhflow-8b")).records[0].columns
    #expect(column == [ScoreColumn(scorer: "rlhflow-8b", channel: .step)])
    #expect(try read(path, options(scorer: "Qwen-PRM-7B")).records[0].columns[0].channel == .prefix)
  }

  /// `.strip(".json")` strips characters from both ends, not the ending.
  @Test(arguments: [
    ("test/algebra/1004.json", "test_algebra_1004"), ("nose/json.json", "e_"), ("so/on", "_"),
    ("aime/2024", "aime_2024"),
    ("math/cosines", "math_cosine"),
  ])
  func namesFilesAsTheRepositoryDoes(_ key: String, _ name: String) {
    #expect(PISFileName.mangled(key) == name)
  }

  @Test func findsProblemsByStrippedNames() throws {
    let folder = try TemporaryFolder()
    let bytes = FileManager.default.contents(atPath: fixture("pis/protocol4/test_algebra_1004.pkl")) ?? Data()
    let path = try folder.write("e_.pkl", [UInt8](bytes))
    #expect(try read(path, options()).records[0].problem.key == "nose/json.json")
    let unknown = try folder.write("unknown.pkl", [UInt8](bytes))
    let found = #expect(throws: UnacceptableData.self) { try read(unknown, options()) }
    #expect(found?.found.contains("0 problems") == true)
    #expect(found?.remedy?.contains("unique_id.replace") == true)
    let alone = #expect(throws: UnacceptableData.self) { try read(path) }
    #expect(alone?.remedy?.contains("--problems FILE") == true)
    let empty = #expect(throws: UnacceptableData.self) { try read(path, ReadingOptions(problems: ProblemTable())) }
    #expect(empty == alone)
  }

  @Test func readsGreedyResponses() throws {
    let (records, summary) = try read(fixture("pis/greedy.jsonl"))
    #expect(summary.format.name == "pis-greedy")
    #expect(records[0].problem.key == "test/algebra/1004.json")
    #expect(records[0].recording?.temperature == 0)
    #expect(records[0].rollouts.map(\.text) == ["Double it.\n\n$\\boxed{14}$"])
    let named = try read(fixture("pis/greedy.jsonl"), ReadingOptions(format: TraceFormat(name: "pis")))
    #expect(named.records.count == 1)
  }
}
