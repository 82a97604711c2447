import Testing
import Traces

@testable import TraceFormats

@Suite struct SkippingTests {
  private let good =
    #"{"problem": {"id": "p", "answer": "1"}, "rollouts": [{"steps": [{"text": "a"}], "finish": null}]}"#
  private let child =
    #"{"problem": {"id": "p", "answer": "1"}, "rollouts": [{"steps": [{"text": "b"}], "finish": "stop", "parent": {"rollout": 0, "step": 1}}]}"#

  @Test func countsAndListsTheFirstTwenty() throws {
    let text = good + "\n" + String(repeating: "{broken\n", count: 30) + good + "\n"
    let (records, summary) = try read(text: text, ReadingOptions(skipInvalid: true))
    #expect(records.count == 2)
    #expect(summary.skipped == 30)
    #expect(summary.firstRefusals.compactMap(\.line) == Array(2...21))
    #expect(refusal(of: text)?.line == 2)
  }

  /// A parent is counted over the file's rollouts: after a skipped line of the problem it would be another one.
  @Test func neverResolvesParentsPastASkippedLine() throws {
    let damaged = good.replacing("\"a\"", with: "1")
    let text = [damaged, good, child].joined(separator: "\n")
    let (records, summary) = try read(
      text: text, ReadingOptions(format: TraceFormat(name: "retrace"), skipInvalid: true))
    #expect(records.count == 1)
    #expect(summary.skipped == 2)
    let other = damaged.replacing("\"p\"", with: "\"q\"")
    let kept = try read(
      text: [other, good, child].joined(separator: "\n"),
      ReadingOptions(format: TraceFormat(name: "retrace"), skipInvalid: true))
    #expect(kept.records.count == 2)
  }

  @Test(arguments: [
    (#""answer": "1""#, #""answer": "2""#), (#""answer": "1""#, #""answer": "1", "statement": "other""#),
  ])
  func refusesOneIdForDifferentProblems(_ old: String, _ new: String) throws {
    let first = good.replacing(old, with: old + #", "statement": "one""#)
    let second = first.replacing(old + #", "statement": "one""#, with: new)
    let found = try #require(refusal(of: first + "\n" + second))
    #expect(found.line == 2)
    #expect(found.field == "problem")
    #expect(try read(text: first + "\n" + good).records.count == 2)
    let kept = try read(text: first + "\n" + second, ReadingOptions(skipInvalid: true))
    #expect(kept.records.count == 1 && kept.summary.skipped == 1)
  }

  /// A file of one record that is not acceptable is counted like a line.
  @Test func skipsWholeDocuments() throws {
    let text = "question: q\ngt_answer: 7\nsamples: []\n"
    let (records, summary) = try read(text: text, ReadingOptions(skipInvalid: true))
    #expect(records.isEmpty && summary.skipped == 1)
  }

  @Test(arguments: [1, 2, 5])
  func isTheSameOnAnyNumberOfThreads(_ threads: Int) throws {
    let lines = (0..<2000).map { number in
      number % 97 == 0 ? "{broken" : good.replacing("\"p\"", with: "\"p\(number % 13)\"")
    }
    let options = ReadingOptions(format: TraceFormat(name: "retrace"), skipInvalid: true, threads: threads)
    var records: [TraceRecord] = []
    let source = MemorySource(Array(lines.joined(separator: "\n").utf8))
    let summary = try TraceReading(options).read(LineBatchReader(source, name: "m", batchBytes: 4096), "m") {
      records += $0.records
    }
    #expect(summary.skipped == 21)
    #expect(summary.lines == 2000)
    #expect(records.map(\.line) == (1...2000).filter { ($0 - 1) % 97 != 0 })
  }

  /// A line that is too long to be held is left out like any other. Bug: it ended the reading.
  @Test(arguments: [0, 1, 100, 101, 500, 5000], [1, 2])
  func leavesOutLinesThatAreTooLong(_ padding: Int, _ threads: Int) throws {
    let long = good + String(repeating: " ", count: padding + 1000)
    let options = ReadingOptions(
      format: TraceFormat(name: "retrace"), skipInvalid: true, maximumRecordBytes: good.utf8.count + 100,
      threads: threads)
    for places in [[1], [1, 2], [1, 3, 5], [5]] {
      let lines = (0..<6).map { places.contains($0) ? long : good }
      for end in ["", "\n"] {
        let source = MemorySource(Array((lines.joined(separator: "\n") + end).utf8))
        var records: [TraceRecord] = []
        let reader = LineBatchReader(
          source, name: "m", batchBytes: 64, maximumRecordBytes: options.maximumRecordBytes)
        let summary = try TraceReading(options).read(reader, "m") { records += $0.records }
        #expect(records.map(\.line) == (1...6).filter { !places.contains($0 - 1) })
        #expect(summary.skipped == places.count)
        #expect(summary.firstRefusals.map(\.line) == places.map { $0 + 1 })
        #expect(summary.firstRefusals.allSatisfy { $0.remedy?.contains("--max-record") == true })
        #expect(summary.bytes == lines.joined(separator: "\n").utf8.count + end.utf8.count)
        #expect(summary.lines == 6)
      }
    }
  }

  /// What a line says and what it says beside others are found one after the other. Bug: the first were listed first.
  @Test(arguments: [1, 2])
  func listsTheFirstInTheFilesOrder(_ threads: Int) throws {
    let other = good.replacing(#""answer": "1""#, with: #""answer": "2""#)
    let lines = [good] + Array(repeating: other, count: 15) + Array(repeating: "{broken", count: 15)
    let text = lines.joined(separator: "\n")
    let options = ReadingOptions(format: TraceFormat(name: "retrace"), skipInvalid: true, threads: threads)
    let summary = try read(text: text, options).summary
    #expect(summary.skipped == 30)
    #expect(summary.firstRefusals.compactMap(\.line) == Array(2...21))
    #expect(refusal(of: text, ReadingOptions(threads: threads))?.line == 2)
  }

  @Test(arguments: [1, 2])
  func reportsTheFirstErrorInTheFilesOrder(_ threads: Int) throws {
    let lines = (1...3000).map { $0 >= 1500 ? "{broken" : good }
    let options = ReadingOptions(threads: threads)
    let source = MemorySource(Array(lines.joined(separator: "\n").utf8))
    let refusal = #expect(throws: UnacceptableData.self) {
      try TraceReading(options).read(LineBatchReader(source, name: "m", batchBytes: 2048), "m") { _ in }
    }
    #expect(refusal?.line == 1500)
  }
}
