import Foundation
import Testing

@testable import Reporting

/// gnuplot itself; skipped where it is not installed.
@Suite(.enabled(if: Samples.hasGnuplot)) struct GnuplotTests {
  @Test(arguments: FigureFormat.allCases) func drawingsRepeatByteForByte(_ format: FigureFormat) async throws {
    let figure = Samples.figure(panels: 2, series: 3)
    let first = try await Gnuplot().render(figure, as: format)
    // pdf dates count seconds.
    if format == .pdf { try await Task.sleep(for: .milliseconds(1_100)) }
    let second = try await Gnuplot().render(figure, as: format)
    #expect(first == second && format.matches(first) && first.count > 5_000)
  }

  @Test(arguments: [1, 2, 3, 4, 5, 6, 7]) func everyLayoutDraws(_ panels: Int) async throws {
    for series in [1, 9] {
      let figure = Samples.figure(panels: panels, series: series, accuracies: 0...1)
      let bytes = try await Gnuplot().render(figure, as: .svg)
      #expect(String(decoding: bytes, as: UTF8.self).contains("model number \(panels - 1)"))
    }
  }

  @Test func hostileNamesStayText() async throws {
    var figure = Samples.figure(panels: 1, series: 1)
    figure.panels[0].title = "'; system('touch /tmp/x') <b>&amp; {/Bold x}_1^2 \\ \" é – 中\n"
    figure.caption = "`date` $HOME @x ~a\\"
    let text = String(decoding: try await Gnuplot().render(figure, as: .svg), as: UTF8.self)
    #expect(text.contains("; system(") && text.contains("{/Bold x}_1^2") && text.contains("`date` $HOME @x ~a"))
  }

  @Test func missingProgramsAreNamedWithARemedy() async throws {
    let gnuplot = Gnuplot(program: "no-such-gnuplot")
    let error = await #expect(throws: FigureError.self) {
      try await gnuplot.render(Samples.figure(panels: 1, series: 1), as: .svg)
    }
    let text = try #require(error?.errorDescription)
    #expect(text.contains("no-such-gnuplot") && text.contains("apt-get install gnuplot-nox fonts-dejavu-core"))
    await #expect(throws: FigureError.self) { try await Gnuplot(program: "/no/such/gnuplot").version() }
  }

  @Test func figuresWithoutFontsAreRefused() async throws {
    let file = FileManager.default.temporaryDirectory.appendingPathComponent("no-fonts-\(UUID()).conf")
    try Data("<?xml version=\"1.0\"?><fontconfig></fontconfig>".utf8).write(to: file)
    defer { try? FileManager.default.removeItem(at: file) }
    let gnuplot = Gnuplot(program: "gnuplot", environment: ["FONTCONFIG_FILE": file.path])
    let figure = Samples.figure(panels: 1, series: 1)
    await #expect(throws: FigureError.noFonts(format: .png)) { try await gnuplot.render(figure, as: .png) }
    await #expect(throws: FigureError.noFonts(format: .pdf)) { try await gnuplot.render(figure, as: .pdf) }
    // An svg names its fonts and leaves them to the viewer.
    #expect(FigureFormat.svg.matches(try await gnuplot.render(figure, as: .svg)))
  }

  @Test func failuresCarryGnuplotsMessage() async throws {
    let error = await #expect(throws: FigureError.self) {
      try await Gnuplot().draw(script: "set terminal svg\nplot nonsense\n", as: .svg)
    }
    #expect(error?.errorDescription?.contains("nonsense") == true)
    await #expect(throws: FigureError.self) {
      try await Gnuplot().draw(script: "set terminal svg\n$d << EOD\nEOD\nplot [0:1][0:1] $d\n", as: .svg)
    }
    await #expect(throws: FigureError.unexpectedOutput(format: .png, bytes: 0)) {
      try await Gnuplot().draw(script: "x = 1\n", as: .png)
    }
  }

  @Test func versionIsReported() async throws {
    let version = try await Gnuplot().version()
    #expect(version.wholeMatch(of: /gnuplot \d+\.\d+ patchlevel \w+/) != nil)
  }
}

@Suite struct PDFDateTests {
  @Test func datesAreOverwrittenInPlace() {
    let text = "%PDF-1.5\n<< /CreationDate (D:20261125015300+01'00') /ModDate(D:2026) /X (D:2026)"
    let fixed = String(decoding: PDFDate.fixed(Array(text.utf8)), as: UTF8.self)
    #expect(
      fixed == "%PDF-1.5\n<< /CreationDate (D:20000101000000+00'00') /ModDate(D:2000) /X (D:2026)")
    #expect(PDFDate.fixed(Array("/CreationDate".utf8)) == Array("/CreationDate".utf8))
    #expect(PDFDate.fixed([]).isEmpty)
  }
}
