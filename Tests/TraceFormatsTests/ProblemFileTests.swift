import Foundation
import Testing
import Traces

@testable import TraceFormats

@Suite("Files of problems")
struct ProblemFileTests {
  private func refusal(_ lines: String...) -> UnacceptableData? {
    do {
      _ = try ProblemFile.read(InputFile(written(lines.joined(separator: "\n") + "\n")))
      return nil
    } catch { return error as? UnacceptableData }
  }

  private func written(_ text: String) throws -> String {
    let path = FileManager.default.temporaryDirectory.appending(path: "problems-\(UUID().uuidString).jsonl").path
    try Data(text.utf8).write(to: URL(fileURLWithPath: path))
    return path
  }

  @Test("one id with two answers is refused with both lines")
  func answers() {
    let found = refusal(#"{"id":"a","answer":"5"}"#, "", #"{"id":"a","answer":"6"}"#)
    #expect(found?.line == 3)
    #expect(found?.field == "answer")
    #expect(found?.found == #"problem a again with another answer, "6""#)
    #expect(found?.expected == #""5", as on line 1"#)
  }

  @Test("one id with two statements is refused with both lines")
  func statements() {
    let found = refusal(
      #"{"id":"a","problem":"x","answer":"5"}"#, #"{"id":"a","problem":"y","answer":"5"}"#)
    #expect(found?.line == 2)
    #expect(found?.expected == #""x", as on line 1"#)
  }

  @Test("the same again is taken, white space aside")
  func repeated() {
    #expect(refusal(#"{"id":"a","problem":"x","answer":"5"}"#, #"{"id":"a","problem":" x\n","answer":"5 "}"#) == nil)
  }

  @Test("a statement with several answers answers nobody who gives neither id nor answer")
  func disputed() {
    var table = ProblemTable()
    table.add(Problem(key: "b", statement: "q", answer: "1"))
    table.add(Problem(key: "a", statement: " q", answer: "2"))
    #expect(table.problem(stating: "q")?.key == "a")
    #expect(table.problem(stating: "q", answer: "1")?.key == "b")
    #expect(table.completing(Problem(key: "x", statement: "q")).answer == nil)
    #expect(table.completing(Problem(key: "b", statement: "q")).answer == "1")
    #expect(table.otherAnswer(for: Problem(key: "b", statement: "q ", answer: "3")) == "1")
    #expect(table.otherAnswer(for: Problem(key: "b", statement: "r", answer: "3")) == nil)
  }
}
