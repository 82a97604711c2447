import Estimation
import Testing

@testable import Reporting

@Suite struct TableTests {
  @Test func markdown() {
    let text = CurveTable(Samples.rows).markdown
    #expect(
      text == """
        | Method                   |            N = 1 |            N = 4 |              N = 8 |
        | ------------------------ | ---------------: | ---------------: | -----------------: |
        | Particle filtering, last | 25.0 (20.0–30.0) | 50.0 (45.0–55.0) | 62.5\\* (57.5–67.5) |
        | Particle filtering, min  | 25.0 (20.0–30.0) | 48.0 (43.0–53.0) |                  – |
        | Majority vote            | 25.0 (20.0–30.0) | 37.5 (32.5–42.5) |   43.8 (38.8–48.8) |

        Accuracy in percent with its 95 % interval (bootstrap over problems); budget N across. * low coverage: many \
        continuations were borrowed, not recorded.

        """)
  }

  @Test func recordingsArePartsAndNamesAreEscaped() {
    let rows = ["a|b", "c_d"].map { Samples.point("first", recording: $0, budget: 1, accuracy: 0.5) }
    let text = CurveTable(rows).markdown
    #expect(text.contains("### a\\|b\n") && text.contains("### c\\_d\n"))
    let latex = CurveTable(rows).latex
    #expect(latex.contains("\\multicolumn{2}{l}{\\emph{c\\_d}} \\\\"))
  }

  @Test func latex() {
    let text = CurveTable([Samples.rows[1], Samples.rows[2], Samples.rows[5]]).latex
    #expect(
      text == """
        % \\usepackage{booktabs}
        % Accuracy in percent with its 95 % interval (bootstrap over problems); budget N across. * low coverage: many \
        continuations were borrowed, not recorded.
        \\begin{tabular}{lrrr}
        \\toprule
        Method & $N = 1$ & $N = 4$ & $N = 8$ \\\\
        \\midrule
        Particle filtering & -- & 50.0 & 62.5\\rlap{$^*$} \\\\
         &  & {\\scriptsize 45.0--55.0} & {\\scriptsize 57.5--67.5} \\\\
        Majority vote & 25.0 & -- & -- \\\\
         & {\\scriptsize 20.0--30.0} &  &  \\\\
        \\bottomrule
        \\end{tabular}

        """)
  }

  @Test func csvKeepsEveryNumber() {
    var point = Samples.point("pf", "last", recording: "a \"b\", c", budget: 4, accuracy: 0.1 + 0.2)
    point.cell.options = ["width": "4", "answer": "vote"]
    point.warnings = [.lowCoverage, .fewProblems]
    point.scorerTokens = 90.5
    point.costs = RunCosts(tokens: MeanEstimate(mean: 100, interval: Interval(low: 80, high: 120)))
    point.flops = MeanEstimate(mean: 3e21, interval: Interval(low: .nan, high: .nan))
    point.rules = RuleAccuracies(argmax: 1, vote: 0.5, weightedVote: 0.25)
    let lines = CurveRecords.csv([point]).split(separator: "\n", omittingEmptySubsequences: false)
    #expect(lines.count == 3 && lines[2].isEmpty)
    #expect(
      lines[1] == """
        pf,,last,confidence,"a ""b"", c",answer=vote;width=4,4,104,0.30000000000000004,0.25000000000000006,\
        0.35000000000000003,,1.0,0.0,0.0,0,4.0,100.0,4.0,lowCoverage;fewProblems,,,,90.5,,,80.0,120.0,,,,,3e+21,,,1.0,,0.5,0.25,,,,,,,0.0,,,,,,,0.0
        """)
    #expect(lines[0].split(separator: ",").count == CurveRecords.columns.count)
    let fields = lines[1].split(separator: ",", omittingEmptySubsequences: false).count
    // The recording's name holds one comma.
    #expect(fields == CurveRecords.columns.count + 1)
  }
}
