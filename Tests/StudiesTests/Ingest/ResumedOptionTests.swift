import Testing
import TraceStore
import Traces

@testable import Studies

/// An ingest that was stopped goes on as it was begun, or is refused: never half in one way and half in another.
@Suite struct ResumedOptionTests {
  private let folder: TemporaryFolder
  private let input: String

  init() throws {
    folder = try TemporaryFolder()
    input = try folder.write(Self.lines(), to: "a.jsonl")
  }

  /// Lines of more than a batch's size, so that each is a batch of its own.
  private static func lines() throws -> [String] {
    let padding = String(repeating: "x", count: 2_200_000)
    return try MadeUpRollouts.lines(problems: 3, rollouts: 2).map { "\($0.dropLast()),\"note\":\"\(padding)\"}" }
  }

  private func stop(_ change: (inout IngestionRequest) -> Void = { _ in }) throws {
    _ = #expect(throws: IngestionStopped.self) { try folder.ingest(input, change, isStopped: { true }) }
  }

  @Test func otherOptionsAreRefusedAndTheFirstOnesFinish() throws {
    try folder.ingest(input, into: "whole.retrace") { $0.recording = "night" }
    try stop { $0.recording = "night" }
    let content = try folder.content()
    let problems = try folder.write([#"{"id": "zz", "answer": "1"}"#], to: "problems.jsonl")
    let changes: [(inout IngestionRequest) -> Void] = [
      { $0.recording = "morning" }, { _ in }, { $0.scorer = "mine" }, { $0.defaultScale = .unbounded },
      { $0.scales = ["prm": .logit] }, { $0.problems = problems }, { $0.skipInvalid = true },
      { $0.sampling = .search },
    ]
    for (number, change) in changes.enumerated() {
      let refusal = #expect(throws: UnacceptableData.self) {
        try folder.ingest(input) { request in
          if number != 1 { request.recording = "night" }
          change(&request)
        }
      }
      #expect(refusal?.expected.contains("begun and stopped") == true, "\(number)")
      #expect(try folder.content() == content)
    }
    try folder.ingest(input) { $0.recording = "night" }
    #expect(try folder.content() == folder.content(of: "whole.retrace"))
  }

  @Test func theUserSaysHowRolloutsWereSelected() throws {
    for sampling in Recording.Sampling.allCases {
      let name = "\(sampling.rawValue).retrace"
      try folder.ingest(input, into: name) { $0.sampling = sampling }
      let store = try TraceStore(path: folder.path + "/" + name, mode: .readOnly)
      #expect(try store.recordings().map(\.recording.sampling) == [sampling])
    }
  }

  @Test func begunAnewItTakesOtherOptions() throws {
    try folder.ingest(input, into: "whole.retrace") { $0.recording = "morning" }
    try stop { $0.recording = "night" }
    let refusal = #expect(throws: UnacceptableData.self) { try folder.ingest(input) { $0.recording = "morning" } }
    #expect(refusal?.remedy?.contains("--restart") == true)
    let whole = try folder.ingest(input) { request in
      request.recording = "morning"
      request.restart = true
    }
    #expect(whole.problems == 3)
    #expect(try folder.content() == folder.content(of: "whole.retrace"))
    let again = try folder.ingest(input) { $0.restart = true }
    #expect(again.files.map(\.alreadyIngested) == [true])
  }

  @Test func aRenamedFileKeepsItsRecording() throws {
    try folder.ingest(input, into: "whole.retrace")
    try stop()
    let renamed = try folder.write(Self.lines(), to: "b.jsonl")
    let rest = try folder.ingest(renamed)
    #expect(rest.problems > 0)
    #expect(try folder.content() == folder.content(of: "whole.retrace"))
  }
}
