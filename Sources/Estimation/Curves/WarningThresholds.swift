import Traces

/// Where a curve point becomes doubtful.
public struct WarningThresholds: Hashable, Sendable {
  /// A smaller share of recorded draws is `lowCoverage`.
  public var recordedShare = 2.0 / 3.0
  /// A larger share of draws for which the problem's own record was used up, drawn a second time or lent by other problems,
  /// is `lowCoverage` too: it is what biases most.
  public var sharedShare = 0.1
  /// Policies that differ by more accuracy than this, and above chance, are `policiesDisagree`; a replay that is further
  /// than this, and than three standard errors, from the fitted model's own online accuracy is `modelMisfit`.
  public var disagreement = 0.05
  /// Fewer problems are `fewProblems`.
  public var problems = 30

  /// The thresholds that documents are made with.
  public static let standard = WarningThresholds()

  /// Creates the standard thresholds.
  public init() {}

  /// The warnings that follow from a point's own numbers, in declaration order.
  /// - Parameters:
  ///   - lent: the share of draws that other problems lent.
  ///   - replicates: runs a problem; `nil` for a closed form, which has no noise of its own.
  ///   - missing: problems of the study without a value at this point for other reasons than refusal.
  func warnings(
    coverage: CoverageShares, lent: Double, problems count: Int, missing: Int, refused: Int, replicates: Int?
  ) -> Set<ResultWarning> {
    var warnings: Set<ResultWarning> = []
    let isLow = coverage.recorded < recordedShare || (coverage.lookAhead ?? 1) < recordedShare
    if isLow || coverage.shared + lent > sharedShare { warnings.insert(.lowCoverage) }
    if count < problems { warnings.insert(.fewProblems) }
    if replicates == 1 { warnings.insert(.singleReplicate) }
    if refused > 0 { warnings.insert(.refusedRuns) }
    if missing > 0 { warnings.insert(.missingProblems) }
    return warnings
  }
}
