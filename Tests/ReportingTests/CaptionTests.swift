import Estimation
import Testing
import Traces

@testable import Reporting

@Suite struct CaptionTests {
  @Test func saysWhatDecidedTheNumbers() throws {
    let caption = try #require(Samples.figures.methods()).caption
    #expect(caption.hasPrefix("Means over 104 problems; bands are 95\u{A0}% bootstrap intervals over problems"))
    #expect(
      caption.contains(
        "Seed 7; 32 replicates where a method draws at random; scorer confidence; aggregation last; "
          + "continuations matched."))
    #expect(caption.contains("Dashed with open markers: low coverage"))
    #expect(caption.contains("least: 50\u{A0}% recorded, PF at N\u{A0}=\u{A0}8"))
    #expect(!caption.contains("Note:"))
  }

  @Test func saysWhichOrdersAreNotSupported() throws {
    let rows = [
      Samples.point("pf", "last", budget: 4, accuracy: 0.6), Samples.point("beam", "last", budget: 4, accuracy: 0.58),
      Samples.point("dvts", "last", budget: 4, accuracy: 0.52), Samples.point("pass", budget: 4, accuracy: 0.61),
      Samples.point("majority", budget: 4, accuracy: 0.3), Samples.point("majority", budget: 8, accuracy: 0.3),
    ]
    let figures = CurveFigures(rows: rows, settings: Samples.settings)
    // pf and dvts overlap (0.55 and 0.57): one group; majority stands alone; pass@N is a bound.
    #expect(
      try #require(figures.methods()).caption.contains(
        "The 95\u{A0}% intervals support no order within: {PF, beam, DVTS} at N\u{A0}=\u{A0}4."))
    let paired = CurveFigures(
      rows: rows, settings: Samples.settings,
      evidence: OrderEvidence(paired: { left, right in
        Set([left.method, right.method]) == ["pf", "dvts"] ? true : nil
      }))
    #expect(
      try #require(paired.methods()).caption.contains(
        "The paired 95\u{A0}% intervals support no order within: {PF, beam}, {beam, DVTS} at N\u{A0}=\u{A0}4."))
  }

  @Test func panelsThatSayTheSameAreNamedTogether() throws {
    let rows = ["a", "b", "c"].flatMap { recording in
      [
        Samples.point("pf", "last", recording: recording, budget: 4, accuracy: recording == "c" ? 0.9 : 0.6),
        Samples.point("majority", recording: recording, budget: 4, accuracy: 0.58, warnings: [.fewProblems]),
      ]
    }
    let figure = try #require(CurveFigures(rows: rows, settings: Samples.settings).methods())
    #expect(figure.panels.map(\.title) == ["a", "b", "c"])
    #expect(figure.caption.contains("within: (a) (b) {PF, majority} at N\u{A0}=\u{A0}4."))
    #expect(figure.caption.hasSuffix("Note: \(ResultWarning.fewProblems.explanation)."))
  }

  @Test func separatedCurvesNeedNoNotice() throws {
    let rows = [
      Samples.point("pf", "last", budget: 4, accuracy: 0.9), Samples.point("majority", budget: 4, accuracy: 0.3),
    ]
    let caption = try #require(CurveFigures(rows: rows, settings: Samples.settings).methods()).caption
    #expect(!caption.contains("order") && !caption.contains("Dashed"))
  }
}
