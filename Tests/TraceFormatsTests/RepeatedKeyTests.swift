import Testing
import Traces

@testable import TraceFormats

/// A key that comes twice in an object that is read: which of the two was meant cannot be told.
@Suite struct RepeatedKeyTests {
  @Test(arguments: [
    (#"{"problem": {"id": "p", "id": "q", "answer": "1"}, "rollouts": []}"#, "problem.id"),
    (
      #"{"problem": {"id": "p", "answer": "1"}, "rollouts": [{"steps": [{"text": "a", "text": "b"}], "finish": null}]}"#,
      "rollouts[0].steps[0].text"
    ),
    (
      #"{"problem": {"id": "p", "answer": "1"}, "rollouts": [{"steps": [{"text": "a", "scores": {"s": 1, "s": 0}}], "finish": null}]}"#,
      "rollouts[0].steps[0].scores.s"
    ),
    (#"{"problem": {"id": "p", "answer": "1"}, "rollouts": [], "rollouts": []}"#, "rollouts"),
    (#"{"problem": {"id": "p", "answer": "1"}, "r\u006fllouts": [], "rollouts": []}"#, "rollouts"),
    (
      #"{"problem": "?", "answer": "1", "unique_id": "u", "completions": ["a"], "scores": [[1]], "scores": [[1]]}"#,
      "scores"
    ),
  ])
  func refusesRepeatedKeys(_ text: String, _ field: String) throws {
    let found = try #require(refusal(of: text))
    #expect(found.field == field)
    #expect(found.found == "the key a second time")
    #expect(found.line == 1)
    #expect(found.byte != nil)
  }

  /// Keys of objects that are passed over are nobody's business; keys that are only equivalent are different.
  @Test(arguments: [
    #"{"problem": {"id": "p", "answer": "1"}, "extra": {"a": 1, "a": 2}, "rollouts": []}"#,
    "{\"problem\": {\"id\": \"p\", \"answer\": \"1\"}, \"\u{e9}\": 1, \"e\u{301}\": 2, \"rollouts\": []}",
  ])
  func passesOverOtherKeys(_ text: String) throws {
    #expect(try read(text: text).records.count == 1)
  }

  /// All keys of up to three letters of an alphabet of three, and long ones that differ in one place, in one object;
  /// then each of them once more.
  @Test func tellsAllKeysApart() throws {
    let letters = ["a", "b", "é"]
    let short = letters.flatMap { one in [one] + letters.flatMap { two in [one + two] + letters.map { one + two + $0 } }
    }
    let long = (0..<40).map { place in
      String((0..<40).map { $0 == place ? "x" : "y" })
    }
    let keys = short + long + [""]
    func refused(_ keys: [String]) -> Bool {
      let text = Array("{\(keys.map { "\"\($0)\": {\"n\": [1]}" }.joined(separator: " , "))}".utf8)
      return text.withUnsafeBytes { buffer in
        var cursor = JSONCursor(buffer)
        do {
          try cursor.object { cursor, _ in try cursor.skip() }
          return false
        } catch {
          return true
        }
      }
    }
    #expect(!refused(keys))
    for key in keys { #expect(refused(keys + [key])) }
  }
}
