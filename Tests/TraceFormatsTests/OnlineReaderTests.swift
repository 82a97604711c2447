import Testing
import Traces

@testable import TraceFormats

@Suite struct OnlineReaderTests {
  @Test func readsRunsAsRows() throws {
    var runs: [OnlineRun] = []
    try OnlineRunFile.read(InputFile(fixture("online/pf.jsonl"))) { runs += $0 }
    #expect(runs.count == 2)
    #expect(runs[0].problem == "sum/1")
    #expect(runs[0].method == "pf")
    #expect(runs[0].aggregate == "model")
    #expect(runs[0].budget == 2)
    #expect(runs[0].answer == "14")
    #expect(runs[0].isRight)
    #expect(runs[0].expected == 0.5)
    #expect(runs[0].tokens == 21)
    #expect(runs[0].final == [4, 4])
    #expect(runs[0].nodes.count == 5)
    #expect(
      runs[0].nodes[4]
        == OnlineRun.Node(
          parent: 2, text: "\\boxed{14}", tokens: 2, logProbability: -0.125, score: 1, prefixScore: 0.9375))
    #expect(runs[1].answer == nil)
    #expect(runs[1].replicate == 1)
    #expect(runs[1].expected == nil)
  }

  /// The first child goes on in its parent's segment; the second leaves it; dropped branches stay open.
  @Test func cutsTheTreeIntoSegments() throws {
    let records = try read(fixture("online/pf.jsonl")).records
    let rollouts = records[0].rollouts
    #expect(records[0].recording?.sampling == .search)
    #expect(
      rollouts.map { $0.steps(delimiter: "\n") } == [
        ["3 * 4 = 12", "2 + 12 = 14", "\\boxed{14}"], ["2 + 3 = 5"], ["\\boxed{20}"],
      ])
    #expect(rollouts.map(\.parent) == [nil, nil, RolloutRecord.Parent(rollout: 0, step: 1)])
    #expect(rollouts.map(\.finish) == [.stop, .open, .stop])
    #expect(rollouts[0].scores == [[0.75, 0.5, 1], [0.5, 0.25, 0.9375]])
    #expect(rollouts[0].tokens == [5, 5, 2])
    #expect(rollouts[0].logProbabilities == [-0.25, -0.5, -0.125])
    #expect(rollouts[2].scores == [[0.25], [0.125]])
  }

  /// Parents count over all of a file's runs of a problem: the second run's are moved by the first's three segments.
  @Test func countsSegmentsOverTheFile() throws {
    let rollouts = try read(fixture("online/pf.jsonl")).records[1].rollouts
    #expect(rollouts.map { $0.steps(delimiter: "\n") } == [["hm", "no"], ["yes"]])
    #expect(rollouts.map(\.parent) == [nil, RolloutRecord.Parent(rollout: 3, step: 1)])
    #expect(rollouts.map(\.finish) == [.open, .stop])
    #expect(rollouts[0].scores == [[], []])
  }

  @Test(arguments: [
    (#""nodes": [{"parent": 0, "text": "a"}], "final": [0]"#, "nodes[0].parent"),
    (#""nodes": [{"parent": -1, "text": "a"}], "final": [1]"#, "final[0]"),
    (#""nodes": [{"parent": -1, "text": "a", "score": 2}], "final": [0]"#, "nodes[0].score"),
    (
      #""nodes": [{"parent": -1, "text": "a", "score": 1}, {"parent": 0, "text": "b"}], "final": [1]"#,
      "nodes[1].score"
    ),
    (#""nodes": []"#, "nodes"), (#""expected": 1.5"#, "expected"),
  ])
  func namesTheFieldOfEveryRefusal(_ members: String, _ field: String) throws {
    let text =
      #"{"problem": "p", "method": "pf", "aggregate": "last", "budget": 1, "replicate": 0, "right": true, \#(members)}"#
    #expect(try #require(refusal(of: text)).field == field)
  }

  @Test func readsTheSharedRuns() throws {
    guard let path = shared("data/arith/online-pf-model-8.jsonl.gz") else { return }
    var runs: [OnlineRun] = []
    try OnlineRunFile.read(InputFile(path)) { runs += $0 }
    #expect(runs.count == 416)
    let (records, summary) = try read(path, ReadingOptions(scorer: "confidence"))
    #expect(summary.format.name == "online")
    #expect(records.count == runs.count)
    for (run, record) in zip(runs, records) {
      #expect(record.rollouts.reduce(0) { $0 + $1.stepEnds.count } == run.nodes.count)
    }
  }
}
