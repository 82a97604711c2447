import Foundation
import Testing
import TraceStore
import Traces

@testable import Studies

/// Two files in both orders, in one command and in two, make equal stores.
@Suite("The order of ingest") struct IngestOrderTests {
  private let folder = try? WorkFolder()

  private static let retrace =
    #"{"problem":{"id":"a/1","statement":"What a?","answer":"14","level":2},"recording":{"name":"R"},"rollouts":[{"steps":[{"text":"s \\boxed{14}","scores":{"confidence":0.5}}],"finish":"stop"},{"steps":[{"text":"t \\boxed{3}","scores":{"confidence":0.25}}],"finish":"stop"}]}"#

  private static let others: [(name: String, text: String)] = [
    (
      "online.jsonl",
      #"{"problem":"a/1","method":"pf","aggregate":"model","budget":1,"replicate":0,"answer":"14","right":true,"nodes":[{"parent":-1,"text":"z \\boxed{14}","tokens":5,"logprob":-0.25,"score":0.75,"prefixScore":0.5}],"final":[0]}"#
    ),
    (
      "prm800k.jsonl",
      #"{"question":{"problem":" What a?\n","ground_truth_answer":"14"},"label":{"steps":[{"completions":[{"text":"q \\boxed{14}","rating":1,"flagged":false}],"chosen_completion":0}],"finish_reason":"solution"}}"#
    ),
    (
      "qwen.jsonl",
      #"{"idx":0,"question":"What a?","gt":"14","code":["k \\boxed{14}","k \\boxed{ 3}"],"pred":["14","3"],"score":[true,false],"pred_score":[[1.5],[2]]}"#
    ),
    (
      "lm.jsonl",
      #"{"doc_id":0,"doc":{"problem":"What a?","level":"Level 2"},"target":"14","resps":[["v \\boxed{14}"]],"filtered_resps":["14"]}"#
    ),
    (
      "greedy.jsonl",
      #"{"problem":"What a?","answer":"14","formatted_prompt":"p","greedy_response":"g \\boxed{14}"}"#
    ),
    (
      "openr.jsonl",
      #"{"question":"What a?","groundtruth":"14","result":{},"output":[{"path_idx":0,"text":"m \\boxed{14}","value":[0.5],"completion_tokens":3}]}"#
    ),
  ]

  private func stores(of files: [[String]], _ folder: WorkFolder, _ name: String) throws -> String {
    for inputs in files { try folder.ingest(inputs, into: name) }
    return try folder.export(name)
  }

  @Test("of one file with problems of its own and one of each format without", arguments: others.indices)
  func pairs(index: Int) throws {
    let folder = try #require(folder)
    let other = Self.others[index]
    let (a, b) = (try folder.write("a.jsonl", Self.retrace), try folder.write(other.name, other.text))
    let one = try stores(of: [[a, b]], folder, "1")
    #expect(try stores(of: [[b, a]], folder, "2") == one)
    #expect(try stores(of: [[a], [b]], folder, "3") == one)
    if other.name != "online.jsonl" { #expect(try stores(of: [[b], [a]], folder, "4") == one) }
    let store = try TraceStore(path: folder["2"], mode: .readOnly)
    #expect(try store.problems().map(\.problem.key) == ["a/1"])
    #expect(try store.contentHash() == TraceStore(path: folder["1"], mode: .readOnly).contentHash())
    #expect(try store.recordings().count == 2)
  }

  @Test("of all formats, backwards and one by one")
  func all() throws {
    let folder = try #require(folder)
    var files = try Self.others.map { try folder.write($0.name, $0.text) }
    files.append(try folder.write("a.jsonl", Self.retrace))
    let one = try stores(of: [files], folder, "1")
    #expect(try stores(of: [Array(files.reversed())], folder, "2") == one)
    let last = files.removeFirst()
    #expect(try stores(of: files.map { [$0] } + [[last]], folder, "3") == one)
    #expect(try stores(of: files.reversed().map { [$0] } + [[last]], folder, "4") == one)
  }

  @Test("numbers that several problems have are told apart, whichever came first")
  func numbers() throws {
    let folder = try #require(folder)
    let problems = [("gsm8k", "One?", "1"), ("math", "Two?", "2"), ("again", "One?", "1")]
    let files = try problems.map { name, statement, answer in
      let line =
        #"{"idx":0,"question":"\#(statement)","gt":"\#(answer)","code":["\#(name)"],"pred":[""],"score":[false]}"#
      return try folder.write("\(name).jsonl", line)
    }
    #expect(try stores(of: [[files[0]]], folder, "0").contains(#""id":"0""#))
    let one = try stores(of: [files], folder, "1")
    for (name, order) in [("2", [2, 1, 0]), ("3", [1, 0, 2]), ("4", [0, 2, 1])] {
      #expect(try stores(of: order.map { [files[$0]] }, folder, name) == one)
    }
    let store = try TraceStore(path: folder["1"], mode: .readOnly)
    #expect(try store.problems().map(\.problem.key) == ["again/0", "math/0"])
  }

  @Test("problems of one statement with two names of their own stay two, and the first takes what has none")
  func names() throws {
    let folder = try #require(folder)
    func line(_ key: String, _ answer: String) throws -> String {
      try WrittenProblem.line(key, gold: answer, statement: "What a?", [WrittenRollout([(key, 0.5)], answer: "14")])
    }
    let files =
      try [("b/2", "14"), ("a/1", "14"), ("0", "15")].enumerated().map { index, problem in
        try folder.write("\(index).jsonl", line(problem.0, problem.1))
      } + [folder.write("qwen.jsonl", Self.others[2].text)]
    let one = try stores(of: [files], folder, "1")
    for (name, order) in [("2", [3, 0, 1, 2]), ("3", [0, 3, 1, 2]), ("4", [2, 0, 3, 1]), ("5", [1, 0, 2, 3])] {
      #expect(try stores(of: order.map { [files[$0]] }, folder, name) == one, "order \(order)")
    }
    let store = try TraceStore(path: folder["1"], mode: .readOnly)
    #expect(try store.problems().map(\.problem.key) == ["0", "a/1", "b/2"])
    #expect(try store.segments(of: store.problem(key: "a/1")).count == 3)
  }

  @Test("statements that differ in white space at their ends are one, also of problems with names")
  func whiteSpace() throws {
    let folder = try #require(folder)
    let statements = ["Q one? ", "\\nQ one?", "Q one?"]
    let table = try folder.write("table.jsonl", #"{"id":"P/1","problem":"Q one?","answer":"5"}"# + "\n")
    let files = try statements.enumerated().map { index, statement in
      try folder.write(
        "\(index).jsonl",
        #"{"idx":\#(index),"question":"\#(statement)","gt":"5","code":["\#(index)"],"pred":[""],"score":[false]}"#)
    }
    func store(_ name: String, _ order: [Int]) throws -> String {
      for index in order { try folder.ingest([files[index]], into: name) { $0.problems = table } }
      return try folder.export(name)
    }
    let one = try store("1", [0, 1, 2])
    #expect(one.contains(#""id":"P/1","statement":"\nQ one?","answer":"5"}"#))
    for (name, order) in [("2", [2, 1, 0]), ("3", [1, 0, 2]), ("4", [0, 2, 1])] {
      #expect(try store(name, order) == one)
    }
    // What a file has changed that is refused in its end, goes back.
    let refused = try folder.write("refused.jsonl", try String(contentsOfFile: files[1], encoding: .utf8) + "\n{")
    let before = try store("5", [0, 2])
    #expect(throws: UnacceptableData.self) { try folder.ingest([refused], into: "5") { $0.problems = table } }
    #expect(try folder.export("5") == before)
  }

  /// A statement that comes later shows that two problems of the store are one: none is new, and one is gone.
  @Test("problems that prove to be one are counted as joined, and new ones never below 0")
  func joined() throws {
    let folder = try #require(folder)
    func line(_ statement: String, _ text: String) -> String {
      #"{"problem":{"id":"a/1",\#(statement)"answer":"14"},"recording":{"name":"R"},"rollouts":[{"steps":[{"text":"\#(text)"}],"finish":"stop"}]}"#
    }
    let files = try [
      folder.write("1.jsonl", line("", "s")), folder.write("2.jsonl", Self.others[2].text),
      folder.write("3.jsonl", line(#""statement":"What a?","#, "t")),
    ]
    let summaries = try files.map { try folder.ingest([$0], into: "1") }
    #expect(summaries.map(\.problems) == [1, 1, 0])
    #expect(summaries.map(\.joined) == [0, 0, 1])
    #expect(summaries[2].notices.contains { $0.hasPrefix("1 problem of the store joined") })
    // In one command both are new.
    let summary = try folder.ingest(files, into: "2")
    #expect(summary.problems == 1 && summary.joined == 0)
  }

  @Test("two names of one problem in one file are joined in one order, whenever they are")
  func twice() throws {
    let folder = try #require(folder)
    func line(_ number: Int, _ statement: String, _ text: String) -> String {
      #"{"question":"\#(statement)","final_answer":"14","question_id":\#(number),"reasoning_steps":{"text":"","mc_value":0.5,"children":[{"text":"\#(text) \\boxed{14}","mc_value":0.75,"children":[]}]}}"#
    }
    let files = try [
      folder.write("omega.jsonl", line(3, "What a?", "three") + "\n" + line(1, " What a?", "one")),
      folder.write("other.jsonl", line(1, "What b?", "b")),
      folder.write("a.jsonl", Self.retrace),
    ]
    let one = try stores(of: [files], folder, "1")
    for (name, order) in [("2", [0, 1, 2]), ("3", [2, 1, 0]), ("4", [1, 0, 2]), ("5", [0, 2, 1])] {
      #expect(try stores(of: order.map { [files[$0]] }, folder, name) == one, "order \(order)")
    }
  }

  @Test("one number of two problems in one file is refused")
  func restarted() throws {
    let folder = try #require(folder)
    func line(_ statement: String) -> String {
      #"{"idx":0,"question":"\#(statement)","gt":"1","code":["\#(statement)"],"pred":[""],"score":[false]}"#
    }
    let file = try folder.write("both.jsonl", line("One?") + "\n" + line("Two?"))
    let refusal = #expect(throws: UnacceptableData.self) { try folder.ingest([file], into: "s") }
    #expect(refusal?.line == 2)
  }

  @Test("answers of a file that is left out are known no more")
  func leftOut() throws {
    let folder = try #require(folder)
    let contradicting = Self.retrace.replacing(#""answer":"14""#, with: #""answer":"15""#)
    let files = try [
      folder.write("a.jsonl", Self.retrace),
      folder.write("b.jsonl", Self.retrace.replacing("a/1", with: "b") + "\n" + contradicting),
      folder.write("c.jsonl", Self.others[0].text.replacing("a/1", with: "b") + "\n" + Self.others[0].text),
    ]
    let summary = try folder.ingest(files, into: "s") { $0.skipInvalid = true }
    #expect(summary.files.map(\.format) == ["retrace", "none", "online"])
    #expect(summary.files.map(\.skipped) == [0, 1, 1])
    #expect(summary.formats == "1 file: online; 1 file: retrace")
    let store = try TraceStore(path: folder["s"], mode: .readOnly)
    #expect(try store.problems().map(\.problem.key) == ["a/1"])
  }

  @Test("a file that is taken out again leaves no name behind")
  func abandoned() throws {
    let folder = try #require(folder)
    let qwen = try folder.write("qwen.jsonl", Self.others[2].text)
    let alone = try stores(of: [[qwen]], folder, "1")
    let broken = try folder.write("broken.jsonl", Self.retrace + "\n{broken")
    try folder.ingest([qwen], into: "2")
    #expect(throws: UnacceptableData.self) { try folder.ingest([broken], into: "2") }
    #expect(try folder.export("2") == alone)
  }
}
