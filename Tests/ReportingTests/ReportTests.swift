import Estimation
import Foundation
import Testing
import Traces

@testable import Reporting

@Suite struct ReportTests {
  private func temporaryPath() -> String {
    FileManager.default.temporaryDirectory.appendingPathComponent("reporting-\(UUID())").path
  }

  @Test(.enabled(if: Samples.hasGnuplot)) func writesFiguresAndTables() async throws {
    let path = temporaryPath() + "/deep/er"
    defer { try? FileManager.default.removeItem(atPath: path) }
    let report = CurveReport(document: Samples.document, curves: Samples.figures)
    let written = try await report.write(to: OutputDirectory(path: path))
    let names = try FileManager.default.contentsOfDirectory(atPath: path).sorted()
    #expect(
      names == [
        "accuracy.pdf", "accuracy.png", "accuracy.svg", "aggregation.pdf", "aggregation.png", "aggregation.svg",
        "curves.csv", "curves.json", "curves.md", "curves.tex",
      ])
    #expect(written.map { ($0 as NSString).lastPathComponent }.sorted() == names)
    let json = try Data(contentsOf: URL(fileURLWithPath: path + "/curves.json"))
    #expect(try JSONDecoder().decode(ReplayDocument.self, from: json) == Samples.document)
  }

  @Test func tablesStandWithoutGnuplot() async throws {
    let path = temporaryPath()
    defer { try? FileManager.default.removeItem(atPath: path) }
    let report = CurveReport(document: Samples.document, curves: Samples.figures)
    await #expect(throws: FigureError.self) {
      try await report.write(to: OutputDirectory(path: path), gnuplot: Gnuplot(program: "no-such-gnuplot"))
    }
    let names = try FileManager.default.contentsOfDirectory(atPath: path).sorted()
    #expect(names == ["curves.csv", "curves.json", "curves.md", "curves.tex"])
  }

  @Test func placesThatCannotBeWrittenAreRefused() throws {
    let path = temporaryPath()
    try Data("x".utf8).write(to: URL(fileURLWithPath: path))
    defer { try? FileManager.default.removeItem(atPath: path) }
    let error = #expect(throws: UnacceptableData.self) { try OutputDirectory(path: path + "/out") }
    #expect(error?.file == path + "/out" && error?.remedy?.isEmpty == false)
    #expect(error?.found.contains("\(path) is a file") == true)
    #expect(throws: UnacceptableData.self) { try OutputDirectory(path: path) }
  }

  @Test func filesThatCannotBeReplacedAreRefused() throws {
    let path = temporaryPath()
    defer { try? FileManager.default.removeItem(atPath: path) }
    let directory = try OutputDirectory(path: path)
    try FileManager.default.createDirectory(atPath: path + "/curves.csv/full", withIntermediateDirectories: true)
    let error = #expect(throws: UnacceptableData.self) { try directory.write([1], to: "curves.csv") }
    #expect(error?.file == path + "/curves.csv")
    // Nothing half-written stays behind.
    #expect(try FileManager.default.contentsOfDirectory(atPath: path) == ["curves.csv"])
  }
}
