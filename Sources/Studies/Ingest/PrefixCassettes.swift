import TraceFormats
import TraceStore
import Traces

/// The PRM cassettes among the inputs: scores for the generation cassettes that are ingested with them.
struct PrefixCassettes {
  /// The files.
  var files: [InputFile] = []
  /// Their scores.
  var scores: PrefixScoreTable?
  /// What tells them from others; `nil` where there are none.
  var sha256: String?

  /// No cassettes.
  init() {}

  /// - Throws: `UnacceptableData` where a file cannot be read.
  init(files: [InputFile], scores: PrefixScoreTable?) throws {
    self.files = files
    self.scores = scores
    let sums = try files.map { try FileChecksum(of: $0).sha256 }
    sha256 = sums.isEmpty ? nil : sums.sorted().joined(separator: " ")
  }
}

extension IngestionSummary {
  /// Counts what the cassettes hold that no step was found for. Files that were in the store already are not read to their
  /// end, so that nothing can be said then.
  mutating func count(unmatchedIn cassettes: PrefixCassettes) {
    guard let scores = cassettes.scores, !files.contains(where: \.alreadyIngested) else { return }
    let unmatched = scores.unmatched
    unmatchedScores = unmatched.count
    firstUnmatchedScores = unmatched.first
  }

  /// A summary that lists the cassettes, which are read with the files they belong to.
  ///
  /// - Parameters:
  ///   - leftOut: Files of folders that are passed over for their endings.
  ///   - companions: Those that are passed over as what programs write beside their records.
  init(cassettes: [InputFile], leftOut: [String], companions: [String]) {
    self.init()
    self.leftOut = leftOut.count + companions.count
    firstLeftOut = Array((leftOut + companions).prefix(5))
    leftOutByName = companions
    files = cassettes.map { file in
      var summary = FileSummary(file: file.name, format: TraceFormat.ofPrefixCassettes)
      summary.convention = "a PRM cassette: scores for the generation cassettes ingested with it"
      return summary
    }
  }
}

extension SourceOptions {
  /// What the user asked for, as far as it changes what a file is read as.
  ///
  /// - Parameters:
  ///   - request: The request.
  ///   - problems: The fingerprint of its table of problems.
  init(_ request: IngestionRequest, problems: String?) {
    self.init()
    recording = request.recording
    scorer = request.scorer
    scale = request.defaultScale?.rawValue
    scales = request.scales.mapValues(\.rawValue)
    self.problems = problems
    sampling = request.sampling?.rawValue
    skipInvalid = request.skipInvalid
  }
}
