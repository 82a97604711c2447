import Crypto
import Traces

/// A hash of what replay reads: problems, recordings, steps, costs, answers and scores.
///
/// Equal content has equal hashes on every machine, in whatever order and from however many files it was ingested.
/// Texts of steps enter by their 64-bit keys; texts behind the last step do not enter.
public struct ContentHash {
  private var hash = SHA256()

  /// Starts a hash.
  public init() {}

  /// Absorbs a problem with its segments; problems count in the order of the calls, which should be that of their keys.
  public mutating func combine(_ problem: Problem, segments: RecordedSegments) {
    combine([problem.key, problem.dataset, problem.statement, problem.answer, problem.subject, problem.level])
    combine([segments.count, segments.recordings.count, segments.columns.count].map(Int64.init))
    for recording in segments.recordings { combine(recording) }
    for column in segments.columns { combine([column.scorer, column.channel.rawValue, column.scale.rawValue]) }
    combine(segments.firstStep.map(Int64.init))
    combine(segments.parent)
    combine(segments.parentStep)
    combine(segments.finish.map { UInt8(Finish.allCases.firstIndex(of: $0) ?? 0) })
    combine(segments.answerClass)
    combine(segments.recording)
    combine(segments.keySteps)
    combine(segments.tokenSteps)
    combine(segments.logProbabilitySteps.map(Self.pattern))
    for scores in segments.scoreSteps { combine(scores.map(Self.pattern)) }
  }

  /// The hash of all that was absorbed, 64 hexadecimal digits.
  public consuming func finalize() -> String {
    hash.finalize().map { byte in
      let digits = String(byte, radix: 16)
      return digits.count == 1 ? "0" + digits : digits
    }.joined()
  }

  /// One pattern for every NaN, since unknown is unknown.
  private static func pattern(_ value: Double) -> UInt64 { value.isNaN ? .max : value.bitPattern }

  private mutating func combine(_ recording: Recording) {
    combine([recording.name, recording.model, recording.promptHash, recording.delimiter, recording.date])
    combine([recording.sampling.rawValue])
    combine([recording.temperature, recording.topP].map { Self.pattern($0 ?? .nan) })
    combine([recording.seed.map(String.init)])
  }

  private mutating func combine(_ texts: [String?]) {
    for text in texts {
      combine(text?.utf8.count ?? -1)
      hash.update(data: Array((text ?? "").utf8))
    }
  }

  private mutating func combine(_ number: Int) { combine([Int64(number)]) }

  private mutating func combine(_ values: [some BitwiseCopyable]) {
    values.withUnsafeBytes { hash.update(bufferPointer: $0) }
  }
}

extension TraceStore {
  /// The hash of the store's whole content as replay reads it.
  ///
  /// - Parameter threads: The threads that read, 1 or more.
  public func contentHash(threads: Int = 1) throws -> String {
    let problems = try problems()
    var hash = ContentHash()
    for (problem, segments) in zip(problems, try segments(of: problems, threads: threads)) {
      hash.combine(problem.problem, segments: segments)
    }
    return hash.finalize()
  }
}
