import Testing
import TraceStore
import Traces

@Suite("Loading")
struct LoadingTests {
  @Test("many problems at once are the same as one by one", arguments: 1...4)
  func bulk(seed: UInt64) throws {
    let directory = try TemporaryDirectory()
    let store = try directory.store()
    try store.ingest(Build.randomRecords(seed: seed, problems: 5, rollouts: 9))
    try store.ingest(
      Build.randomRecords(seed: seed + 100, problems: 7, rollouts: 4, recording: Build.recording("cold")), name: "b")
    let problems = try store.problems()
    #expect(problems.map(\.problem.key) == (0..<7).map { "p\($0)" })
    for (problem, segments) in zip(problems, try store.segments(of: problems)) {
      #expect(try digest(problem, segments) == digest(problem, store.segments(of: problem)))
      #expect(
        try TraceTree(problem: problem.problem, segments: segments).nodeCount == store.tree(of: problem).nodeCount)
    }
    let cold = try store.segments(of: problems, recordings: ["cold"], scorers: ["log"])
    #expect(cold.map(\.count) == Array(repeating: 4, count: 7))
    #expect(cold[0].columns == [Build.logitColumn])
    #expect(cold[0].recordings.map(\.name) == ["cold"])
  }

  private func digest(_ problem: StoredProblem, _ segments: RecordedSegments) throws -> String {
    var hash = ContentHash()
    hash.combine(problem.problem, segments: segments)
    return hash.finalize()
  }

  @Test("no result depends on the order of ingest, of batches' sizes or of interleaving", arguments: 1...6)
  func order(seed: UInt64) throws {
    let directory = try TemporaryDirectory()
    let sources = [
      ("a", Build.randomRecords(seed: seed, problems: 4, rollouts: 6)),
      ("b", Build.randomRecords(seed: seed + 50, problems: 5, rollouts: 3)),
      ("c", Build.randomRecords(seed: seed + 90, problems: 3, rollouts: 4, recording: Build.recording("cold"))),
    ]
    let first = try directory.store("first.retrace")
    for (name, records) in sources { try first.ingest(records, name: name, batch: 1) }
    let second = try directory.store("second.retrace")
    for (name, records) in sources.reversed() { try second.ingest(records, name: name, batch: 100) }
    let third = try directory.store("third.retrace")
    let writers = try sources.map { try third.begin($0.0) }
    for record in 0..<5 {
      for (writer, source) in zip(writers, sources) where record < source.1.count {
        try writer.write(batch: [source.1[record]])
      }
    }
    for writer in writers { try writer.finish() }
    #expect(try first.contentHash() == second.contentHash())
    #expect(try first.contentHash() == third.contentHash())
    #expect(try first.summary() == second.summary())
    #expect(try first.summary() == third.summary())
  }

  @Test("the hash tells apart what replay can tell apart")
  func hashDistinguishes() throws {
    let directory = try TemporaryDirectory()
    var hashes: Set<String> = []
    func add(_ name: String, _ change: (inout GradedRecord) -> Void) throws {
      var record = Build.record(
        problem: "p", rollouts: [Build.rollout(["a", "b"], scores: [[0.25, 0.5]])], columns: [Build.stepColumn])
      change(&record)
      let store = try directory.store(name)
      try store.ingest([record])
      hashes.insert(try store.contentHash())
    }
    try add("1") { _ in }
    try add("2") { $0.record.rollouts[0].scores[0][1] = Double(0.5).nextUp }
    try add("3") { $0.record.rollouts[0].text = "a\nc" }
    try add("4") { $0.record.rollouts[0].finish = .length }
    try add("5") { $0.record.columns[0].channel = .prefix }
    try add("6") { $0.record.rollouts[0].tokens = [1, 2] }
    try add("7") { $0.answers[0] = Build.answer("1", right: true) }
    try add("8") { $0.recording.temperature = 0.4 }
    try add("9") { $0.record.problem.statement = "else" }
    #expect(hashes.count == 9)
  }

  @Test("totals of tokens are split by length of text, exactly, largest remainder first")
  func apportionedTokens() throws {
    let directory = try TemporaryDirectory()
    let store = try directory.store()
    var rollout = Build.rollout(["aaaa", "bbb", "ccc", ""])
    rollout.totalTokens = 9
    var other = Build.rollout(["", "", ""])
    other.totalTokens = 5
    var known = Build.rollout(["a"])
    known.tokens = [3]
    try store.ingest([Build.record(problem: "p", rollouts: [rollout, other, known])])
    let segments = try store.segments(of: store.problem(key: "p"))
    // Shares 3.6, 2.7, 2.7, 0: whole parts 3, 2, 2, 0; the two that are left go to the two remainders of 0.7.
    #expect(segments.tokenSteps == [3, 3, 3, 0, 2, 2, 1, 3])
    #expect(segments.hasApportionedTokens)
  }

  @Test("classes count from the right one, then by first appearance over the selected recordings")
  func classes() throws {
    let directory = try TemporaryDirectory()
    let store = try directory.store()
    func ingest(_ recording: String, _ answers: [GradedAnswer?]) throws {
      let rollouts = answers.map { _ in Build.rollout(["a"]) }
      let record = Build.record(
        problem: "p", rollouts: rollouts, answers: answers, recording: Build.recording(recording))
      try store.ingest([record], name: recording)
    }
    try ingest("y", [Build.answer("7"), Build.answer("8"), Build.answer("1", right: true), nil])
    try ingest("x", [Build.answer("8"), Build.answer("9"), Build.answer("8")])
    let problem = try store.problem(key: "p")
    #expect(try store.segments(of: problem).answerClass == [1, 2, 1, 3, 1, 0, -1])
    #expect(try store.segments(of: problem, recordings: ["y"]).answerClass == [1, 2, 0, -1])
    #expect(try store.segments(of: problem).recording == [0, 0, 0, 1, 1, 1, 1])
  }

  @Test("unknown names are refused with the nearest known one")
  func unknownNames() throws {
    let directory = try TemporaryDirectory()
    let store = try directory.store()
    try store.ingest(Build.randomRecords(seed: 1, problems: 2, rollouts: 2))
    let problem = try store.problem(key: "p0")
    for body in [
      { _ = try store.problem(key: "p") }, { _ = try store.segments(of: problem, recordings: ["worm"]) },
      { _ = try store.segments(of: problem, scorers: ["pmr"]) },
    ] {
      let error = #expect(throws: UnacceptableData.self) { try body() }
      #expect(["\"p0\"", "\"warm\"", "\"prm\""].contains { error?.remedy == "the nearest name is \($0)" })
    }
  }
}
