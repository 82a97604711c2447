import Traces

/// Bootstrap resamples of a set of problems, drawn once and used for every curve, so that all comparisons are paired.
///
/// The drawn indices are a function of the seed and the *set* of problem keys: never of the problems' order, of the
/// methods compared, or of threads. Problems are the independent units; a method's replicates on one problem are not,
/// and are averaged before.
public struct ProblemResamples: Sendable {
  /// The number of resamples that the percentiles' own noise is small at.
  public static let defaultCount = 10_000

  /// The problem keys in ascending order of their UTF-8; values passed to the functions stand in this order.
  public let problems: [String]
  /// The number of resamples.
  public let count: Int
  /// The share of resampled statistics inside an interval, 0.95 by default.
  public let confidence: Double
  /// The seed of the streams.
  let seed: UInt64
  /// The place of each key in `problems`.
  private let places: [ExactText: Int]
  /// `count` rows of `problems.count` indices.
  private let indices: [Int32]

  /// Draws the resamples.
  /// - Parameters:
  ///   - problems: the keys of all problems of a study, in any order; repeated keys count once.
  ///   - seed: the study's seed.
  ///   - count: the number of resamples, at least 1.
  ///   - confidence: the coverage that intervals aim at, between 0 and 1.
  public init(
    problems: some Sequence<String>, seed: UInt64, count: Int = Self.defaultCount, confidence: Double = 0.95
  ) {
    let keys = Set(problems.map { ExactText($0) }).sorted().map(\.text)
    self.problems = keys
    self.count = max(count, 1)
    self.confidence = confidence
    self.seed = seed
    places = Dictionary(uniqueKeysWithValues: keys.enumerated().map { (ExactText($1), $0) })
    var stream = Self.stream(seed: seed, problems: keys, purpose: "bootstrap")
    var indices: [Int32] = []
    indices.reserveCapacity(self.count * keys.count)
    for _ in 0..<(self.count * keys.count) { indices.append(Int32(truncatingIfNeeded: stream.below(keys.count))) }
    self.indices = indices
  }

  /// The stream of a purpose on a set of problems.
  static func stream(seed: UInt64, problems: [String], purpose: String) -> RandomStream {
    var hash = StableHash(seed: 0)
    for problem in problems { hash.combine(problem) }
    let key = RandomStream.Key(
      seed: seed, problem: String(hash.value, radix: 16), method: purpose, settings: "\(problems.count)")
    return RandomStream(key, budget: 0, replicate: 0)
  }

  /// Puts values by key into the order of `problems`; a problem without a value becomes NaN.
  ///
  /// Keys that the resamples do not know are left out.
  public func aligned(_ values: [ExactText: Double]) -> [Double] {
    var aligned = [Double](repeating: .nan, count: problems.count)
    for (key, value) in values {
      if let place = places[key] { aligned[place] = value }
    }
    return aligned
  }

  /// The mean of the values that are not NaN, added up in the order of the keys; NaN without any.
  public func mean(of values: [Double]) -> Double {
    var sum = 0.0
    var present = 0
    for value in values where !value.isNaN {
      sum += value
      present += 1
    }
    return present == 0 ? .nan : sum / Double(present)
  }

  /// The mean in each resample; NaN in one that drew no problem with a value.
  /// - Complexity: O(resamples x problems).
  public func means(of values: [Double]) -> [Double] {
    guard values.count == problems.count, !values.isEmpty else { return [] }
    let complete = !values.contains(where: \.isNaN)
    var means: [Double] = []
    means.reserveCapacity(count)
    values.withUnsafeBufferPointer { values in
      indices.withUnsafeBufferPointer { indices in
        for resample in 0..<count {
          let row = UnsafeBufferPointer(rebasing: indices[(resample * values.count)..<((resample + 1) * values.count)])
          means.append(complete ? Self.completeMean(values, row) : Self.partialMean(values, row))
        }
      }
    }
    return means
  }

  /// The percentile interval of the mean; both ends NaN where no value is there.
  public func interval(of values: [Double]) -> Interval {
    let means = means(of: values).filter { !$0.isNaN }
    guard let ends = Percentile.interval(of: means, confidence: confidence) else {
      return Interval(low: .nan, high: .nan)
    }
    return Interval(low: ends.low, high: ends.high)
  }

  private static func completeMean(_ values: UnsafeBufferPointer<Double>, _ row: UnsafeBufferPointer<Int32>) -> Double {
    // Four sums, since one would wait for its own last addition.
    var sums = SIMD4<Double>.zero
    var position = 0
    while position + 4 <= row.count {
      sums += SIMD4(
        values[Int(row[position])], values[Int(row[position + 1])],
        values[Int(row[position + 2])], values[Int(row[position + 3])])
      position += 4
    }
    var sum = sums.sum()
    for rest in position..<row.count { sum += values[Int(row[rest])] }
    return sum / Double(row.count)
  }

  private static func partialMean(_ values: UnsafeBufferPointer<Double>, _ row: UnsafeBufferPointer<Int32>) -> Double {
    var sum = 0.0
    var present = 0
    for index in row where !values[Int(index)].isNaN {
      sum += values[Int(index)]
      present += 1
    }
    return present == 0 ? .nan : sum / Double(present)
  }
}
