import Estimation
import Foundation
import Traces

@testable import Reporting

/// Rows and figures with numbers that are easy to follow.
enum Samples {
  /// Whether gnuplot is on PATH.
  static let hasGnuplot = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
    .contains { FileManager.default.isExecutableFile(atPath: "\($0)/gnuplot") }

  static let settings = ReplaySettings(
    seed: 7, replicates: 32, version: "0.1.0", store: "ab", others: [.init("continuation", .string("matched"))])

  static func point(
    _ method: String,
    _ aggregate: String? = nil,
    recording: String = "small",
    budget: Int,
    accuracy: Double,
    halfWidth: Double = 0.05,
    recorded: Double = 1,
    warnings: [ResultWarning] = []
  ) -> CurvePoint {
    CurvePoint(
      cell: Cell(
        method: method, aggregate: aggregate, scorer: aggregate == nil ? nil : "confidence", recording: recording,
        options: ["resampling": "systematic"], budget: budget),
      problems: 104, accuracy: accuracy,
      interval: Interval(low: max(accuracy - halfWidth, 0), high: min(accuracy + halfWidth, 1)),
      coverage: CoverageShares(recorded: recorded, borrowed: 1 - recorded, shared: 0),
      generations: Double(budget), tokens: 100, scorerCalls: 4, warnings: warnings)
  }

  static let rows = [
    point("pf", "last", budget: 1, accuracy: 0.25), point("pf", "last", budget: 4, accuracy: 0.5),
    point("pf", "last", budget: 8, accuracy: 0.625, recorded: 0.5, warnings: [.lowCoverage]),
    point("pf", "min", budget: 1, accuracy: 0.25), point("pf", "min", budget: 4, accuracy: 0.48),
    point("majority", budget: 1, accuracy: 0.25), point("majority", budget: 4, accuracy: 0.375),
    point("majority", budget: 8, accuracy: 0.4375),
  ]

  static let document = ReplayDocument(settings: settings, rows: rows)
  static let figures = CurveFigures(rows: rows, settings: settings)

  /// A figure with so many panels and series, budgets 1 ... 32, accuracies spread over the range given.
  static func figure(panels: Int, series: Int, accuracies: ClosedRange<Double> = 0.2...0.8) -> FigureSpecification {
    FigureSpecification(
      panels: (0..<panels).map { panel in
        FigurePanel(
          title: "model number \(panel)",
          series: (0..<series).map { number in
            FigureSeries(
              name: "method number \(number)", style: SeriesStyle(number),
              points: (0..<6).map { octave in
                let share = Double(octave * (number + 1)) / Double(5 * series)
                let accuracy = accuracies.lowerBound + share * (accuracies.upperBound - accuracies.lowerBound)
                return FigurePoint(
                  budget: 1 << octave, accuracy: accuracy,
                  interval: Interval(low: max(accuracy - 0.05, 0), high: min(accuracy + 0.05, 1)),
                  isDoubtful: octave > 3 && number == 0)
              })
          })
      },
      caption: "A caption of a few words.")
  }
}
