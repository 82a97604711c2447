import Replay
import TraceFormats
import Traces

/// Recorded online runs, gathered by what was run: the truth that replays are compared with.
struct OnlineRecord: Sendable {
  /// What was run online.
  struct Setting: Hashable, Sendable {
    var method: String
    /// The aggregation's name; empty for methods that read no scores.
    var aggregate: String
    var budget: Int
  }

  /// Runs on one problem, and how many of them answered right.
  struct Tally: Hashable, Sendable {
    var right = 0
    var runs = 0

    /// The share of right answers, 0...1.
    var accuracy: Double { Double(right) / Double(runs) }
  }

  /// For each setting the tally of each problem by its key.
  private(set) var tallies: [Setting: [ExactText: Tally]] = [:]
  /// The files by content, in the order given.
  private(set) var files: [OnlineFile] = []
  private let problems: Set<ExactText>
  private var missing: [String] = []
  private var firstMissing: UnacceptableData?

  /// Reads files of online runs.
  ///
  /// - Parameters:
  ///   - paths: The files; one content given twice counts once.
  ///   - problems: The keys of the problems that the store holds.
  ///   - isStopped: Asked while reading, and while a pipe gives nothing, whether the user wants to stop.
  /// - Throws: `UnacceptableData` for a file that cannot be read, a method or an aggregation that is not known, and
  ///   runs of problems that the store lacks; `CancellationError` where the user stops it.
  init(
    reading paths: [String], problems: Set<ExactText>, isStopped: @escaping @Sendable () -> Bool = { false }
  ) throws {
    self.problems = problems
    for path in paths {
      try SpooledInput.with(InputFile(path).stopped(by: isStopped)) { try read($0) }
    }
    if var refusal = firstMissing {
      let more = missing.count > 5 ? " and \(missing.count - 5) more" : ""
      refusal.found =
        "runs of \(missing.count == 1 ? "a problem" : "\(missing.count) problems") not in the store: "
        + missing.prefix(5).joined(separator: ", ") + more
      throw refusal
    }
  }

  private mutating func read(_ input: InputFile) throws {
    let file = OnlineFile(name: input.name, sha256: try FileChecksum(of: input).sha256)
    guard !files.contains(where: { $0.sha256 == file.sha256 }) else { return }
    files.append(file)
    try OnlineRunFile.read(input) { runs in
      if input.isStopped() { throw CancellationError() }
      for run in runs {
        do { try add(run, file: input.name) } catch let error as ReplayError {
          throw UnacceptableData(
            file: input.name, line: run.line, field: "method", found: "\"\(run.method)\"",
            expected: "a method that can be replayed", remedy: error.localizedDescription)
        }
      }
    }
  }

  private mutating func add(_ run: OnlineRun, file: String) throws {
    let descriptor = try MethodRegistry.descriptor(named: run.method)
    let readsScores = descriptor.needs.contains(.scores)
    guard !readsScores || Aggregation(name: run.aggregate) != nil else {
      throw UnacceptableData(
        file: file, line: run.line, field: "aggregate", found: "\"\(run.aggregate)\"",
        expected: "one of " + Aggregation.names.joined(separator: ", "),
        remedy: NearestName.of(run.aggregate, among: Aggregation.names).map { "the nearest is \"\($0)\"" })
    }
    guard run.budget > 0 else {
      throw UnacceptableData(
        file: file, line: run.line, field: "budget", found: "\(run.budget)", expected: "a number of generations, 1...")
    }
    guard problems.contains(ExactText(run.problem)) else { return noteMissing(run, file: file) }
    let setting = Setting(
      method: run.method, aggregate: readsScores ? run.aggregate : "", budget: run.budget)
    var tally = tallies[setting]?[ExactText(run.problem)] ?? Tally()
    tally.runs += 1
    tally.right += run.isRight ? 1 : 0
    tallies[setting, default: [:]][ExactText(run.problem)] = tally
  }

  private mutating func noteMissing(_ run: OnlineRun, file: String) {
    if !missing.contains(where: run.problem.isSameText) { missing.append(run.problem) }
    guard firstMissing == nil else { return }
    firstMissing = UnacceptableData(
      file: file, line: run.line, field: "problem", found: "", expected: "runs of the store's problems only",
      remedy: "ingest the rollouts of these problems first, or leave their runs out of the file")
  }

  /// The settings by method, aggregation and budget.
  var settings: [Setting] {
    tallies.keys.sorted { ($0.method, $0.aggregate, $0.budget) < ($1.method, $1.aggregate, $1.budget) }
  }
}

/// A file of online runs by its name and content.
public struct OnlineFile: Hashable, Sendable {
  /// The file as the user named it.
  public var name: String
  /// SHA-256 of its bytes in lower-case hexadecimal.
  public var sha256: String
}
