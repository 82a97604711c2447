import Foundation
import Testing
import Traces

@testable import Replay

/// Weights are whole numbers, and the grid of uniform numbers is fine enough that every cell lies on one side of every
/// threshold: averages over the grid are exact expectations.
@Suite struct ResamplingTests {
  static let weightSets: [[Double]] = [
    [1, 2, 3], [1, 1, 1], [0, 3, 3], [5, 0, 1], [1, 4, 1], [2, 3, 1], [1, 1], [3, 5], [1, 2, 2, 1],
  ]

  private func draw(_ scheme: ResamplingScheme, _ weights: [Double], _ source: inout some UniformSource) -> [Int] {
    let ancestors = FlatStorage(repeating: Int32(0), count: weights.count + 1)
    let scratch = FlatStorage(repeating: 0.0, count: weights.count + 1)
    scheme.draw(
      weights: FlatStorage(weights), count: weights.count, ancestors: ancestors, scratch: scratch, stream: &source)
    let drawn = ancestors.prefix(weights.count)
    return weights.indices.map { i in drawn.count { Int($0) == i } }
  }

  private func enumerate(
    _ scheme: ResamplingScheme,
    _ weights: [Double],
    cells: Int,
    each: ([Int], Double) -> Void
  ) -> [Double] {
    var expectation = [Double](repeating: 0, count: weights.count)
    var source = EnumeratedUniforms(cells: cells)
    repeat {
      let copies = draw(scheme, weights, &source)
      each(copies, source.probability)
      for i in copies.indices { expectation[i] += source.probability * Double(copies[i]) }
    } while source.next()
    return expectation
  }

  private func expectUnbiased(_ scheme: ResamplingScheme, _ weights: [Double], cells: Int, isSharp: Bool) {
    let total = weights.reduce(0, +)
    let expected = weights.map { $0 / total * Double(weights.count) }
    let found = enumerate(scheme, weights, cells: cells) { copies, _ in
      #expect(copies.reduce(0, +) == weights.count)
      guard isSharp else { return }
      for i in copies.indices {
        #expect(Double(copies[i]) >= (expected[i] - 1e-9).rounded(.down), "\(scheme) \(weights) \(copies)")
        #expect(Double(copies[i]) <= (expected[i] + 1e-9).rounded(.up), "\(scheme) \(weights) \(copies)")
      }
    }
    for i in weights.indices { #expect(abs(found[i] - expected[i]) < 1e-9, "\(scheme) \(weights) \(found)") }
  }

  @Test(arguments: weightSets) func systematicIsUnbiasedAndSharp(weights: [Double]) {
    expectUnbiased(.systematic, weights, cells: 240, isSharp: true)
  }

  @Test(arguments: weightSets.filter { $0.count < 4 }) func stratifiedIsUnbiased(weights: [Double]) {
    expectUnbiased(.stratified, weights, cells: 48, isSharp: false)
  }

  @Test(arguments: weightSets.filter { $0.count < 4 }) func residualKeepsItsWholeParts(weights: [Double]) {
    let total = weights.reduce(0, +)
    expectUnbiased(.residual, weights, cells: 24, isSharp: false)
    _ = enumerate(.residual, weights, cells: 24) { copies, _ in
      for i in copies.indices {
        #expect(copies[i] >= Int(weights[i] / total * Double(weights.count) + 1e-9))
      }
    }
  }

  @Test(arguments: weightSets) func srinivasanIsUnbiasedAndSharp(weights: [Double]) {
    expectUnbiased(.ssp, weights, cells: 60, isSharp: true)
  }

  @Test(arguments: [[1.0, 1], [3, 5], [1, 2], [0, 2], [1, 1, 2]]) func killingIsUnbiased(weights: [Double]) {
    let highest = weights.max() ?? 1
    let total = weights.reduce(0, +)
    expectUnbiased(.killing, weights, cells: Int(highest * total), isSharp: false)
  }

  @Test func multinomialDrawsIndependently() {
    // All 27 outcomes of three draws collapse to 10 count vectors; chi-square with 9 degrees of freedom.
    let weights = [1.0, 2, 3]
    var stream = RandomStream(.init(seed: 5, problem: "", method: "", settings: ""), budget: 0, replicate: 0)
    var counts: [[Int]: Int] = [:]
    let runs = 60_000
    for _ in 0..<runs { counts[draw(.multinomial, weights, &stream), default: 0] += 1 }
    var statistic = 0.0
    for first in 0...3 {
      for second in 0...(3 - first) {
        let third = 3 - first - second
        let ways = [1.0, 1, 2, 6]
        let coefficient = 6 / (ways[first] * ways[second] * ways[third])
        let probability =
          coefficient * pow(1 / 6, Double(first)) * pow(1 / 3, Double(second)) * pow(1 / 2, Double(third))
        let expected = probability * Double(runs)
        let difference = Double(counts[[first, second, third]] ?? 0) - expected
        statistic += difference * difference / expected
      }
    }
    #expect(statistic < 27.9, "chi-square(9) exceeds its 0.999 quantile")
  }

  @Test(arguments: ResamplingScheme.allCases) func oneCandidateIsItsOwnAncestor(scheme: ResamplingScheme) {
    var stream = RandomStream(.init(seed: 5, problem: "", method: "", settings: ""), budget: 0, replicate: 0)
    #expect(draw(scheme, [0.3], &stream) == [1])
  }

  @Test(arguments: ResamplingScheme.allCases) func hugeRatiosOfWeightsDoNotBreak(scheme: ResamplingScheme) {
    var stream = RandomStream(.init(seed: 6, problem: "", method: "", settings: ""), budget: 0, replicate: 0)
    let copies = draw(scheme, [1e-7, 1e7, 1e-7, 1e-7, 0], &stream)
    #expect(copies.reduce(0, +) == 5)
    #expect(copies[1] == 5)
    #expect(copies[4] == 0)
  }
}
