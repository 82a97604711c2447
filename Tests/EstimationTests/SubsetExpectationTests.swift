import Testing
import Traces

@testable import Estimation

/// Closed forms against every subset of up to eight rollouts, ties included.
@Suite struct SubsetExpectationTests {
  @Test func passAtNCountsSubsets() throws {
    for total in 1...8 {
      for right in 0...total {
        for size in 1...total {
          let expected = BruteForce.mean(of: total, choosing: size) { $0.contains { $0 < right } ? 1 : 0 }
          let exact = try #require(SubsetExpectation.passAtN(right: right, total: total, drawing: size))
          #expect(abs(exact - expected) < 1e-13)
        }
        #expect(SubsetExpectation.first(right: right, total: total) == Double(right) / Double(total))
      }
    }
  }

  @Test func budgetsThatCannotBeDrawnHaveNoNumber() {
    #expect(SubsetExpectation.passAtN(right: 2, total: 8, drawing: 9) == nil)
    #expect(SubsetExpectation.passAtN(right: 2, total: 8, drawing: 0) == nil)
    #expect(SubsetExpectation.first(right: 0, total: 0) == nil)
    #expect(SubsetExpectation.majority(VoteRecord(right: 2, wrong: [1]), budgets: [0, 4]) == [nil, nil])
    #expect(SubsetExpectation.bestOfN(scores: [0.5], isRight: [true], budgets: [2, 1]) == [nil, 1])
    #expect(
      SubsetExpectation.firstFinish(lengths: [3], classes: [0], rightClass: 0, voters: 4, budgets: [2, 1]) == [nil, 1])
  }

  @Test func passAtNStaysExactWhereBinomialsOverflow() throws {
    // C(10000, 5000) has 3009 digits. One right rollout is drawn with probability n / K.
    let exact = try #require(SubsetExpectation.passAtN(right: 1, total: 10_000, drawing: 5_000))
    #expect(abs(exact - 0.5) < 1e-12)
  }

  @Test func bestOfNSharesTies() throws {
    var random = stream("bestOfN")
    for _ in 0..<200 {
      let total = 1 + random.below(8)
      let scores = (0..<total).map { _ in Double(random.below(4)) / 4 }
      let isRight = (0..<total).map { _ in random.below(2) == 0 }
      let exact = SubsetExpectation.bestOfN(scores: scores, isRight: isRight, budgets: Array(1...total))
      for size in 1...total {
        let expected = BruteForce.mean(of: total, choosing: size) {
          BruteForce.leader($0, scores: scores, isRight: isRight)
        }
        #expect(abs(try #require(exact[size - 1]) - expected) < 1e-13)
      }
    }
  }

  @Test func majorityCountsSubsets() throws {
    var random = stream("majority")
    for _ in 0..<400 {
      let total = 1 + random.below(8)
      let kinds = 1 + random.below(5)
      let classes = (0..<total).map { _ in random.below(kinds + 1) - 1 }
      let exact = SubsetExpectation.majority(
        VoteRecord(classes: classes, rightClass: 0), budgets: Array(1...total))
      for size in 1...total {
        let expected = BruteForce.mean(of: total, choosing: size) {
          BruteForce.vote($0.map { classes[$0] }, rightClass: 0)
        }
        #expect(abs(try #require(exact[size - 1]) - expected) < 1e-13, "\(classes) at \(size)")
      }
    }
  }

  @Test func firstFinishCountsSubsetsAndOrders() throws {
    var random = stream("firstFinish")
    for _ in 0..<60 {
      let total = 1 + random.below(5)
      let lengths = (0..<total).map { _ in random.below(3) }
      let classes = (0..<total).map { _ in random.below(4) - 1 }
      for voters in 1...3 {
        let exact = SubsetExpectation.firstFinish(
          lengths: lengths, classes: classes, rightClass: 0, voters: voters, budgets: Array(1...total))
        for size in 1...total {
          // A random order of all rollouts breaks ties at random.
          let expected = BruteForce.overOrders(Array(0..<total)) { order in
            let shortest = order.prefix(size).sorted { lengths[$0] < lengths[$1] }.prefix(voters)
            return BruteForce.vote(shortest.map { classes[$0] }, rightClass: 0)
          }
          #expect(
            abs(try #require(exact[size - 1]) - expected) < 1e-13, "\(lengths) \(classes) \(voters) of \(size)")
        }
      }
    }
  }

  @Test func firstFinishWithDistinctLengths() throws {
    let lengths = [5, 3, 8, 1, 9, 2, 7, 4]
    let classes = [0, 1, 0, -1, 2, 0, 1, 1]
    for voters in 1...8 {
      let exact = SubsetExpectation.firstFinish(
        lengths: lengths, classes: classes, rightClass: 0, voters: voters, budgets: Array(1...8))
      for size in 1...8 {
        let expected = BruteForce.mean(of: 8, choosing: size) {
          let shortest = $0.sorted { lengths[$0] < lengths[$1] }.prefix(voters)
          return BruteForce.vote(shortest.map { classes[$0] }, rightClass: 0)
        }
        #expect(abs(try #require(exact[size - 1]) - expected) < 1e-13)
      }
    }
  }

  @Test func firstFinishCostCountsSubsets() throws {
    var random = stream("firstFinishCost")
    for total in 1...8 {
      let lengths = (0..<total).map { _ in Double(1 + random.below(6)) }
      for voters in 1...4 {
        let exact = SubsetExpectation.firstFinishCost(lengths: lengths, voters: voters, budgets: Array(1...total + 1))
        for budget in 1...total {
          let expected = BruteForce.mean(of: total, choosing: budget) { chosen in
            let drawn = chosen.map { lengths[$0] }.sorted()
            let last = drawn[min(voters, budget) - 1]
            return drawn.reduce(0) { $0 + min($1, last) }
          }
          #expect(abs((exact[budget - 1] ?? -1) - expected) < 1e-9, "\(lengths) \(voters) \(budget)")
        }
        #expect(exact[total] == nil)
      }
    }
  }

  @Test func firstFinishCostOfManyRollouts() throws {
    // All alike: every one of n pays in full, however improbable a single rank is.
    let alike = SubsetExpectation.firstFinishCost(
      lengths: Array(repeating: 7, count: 5000), voters: 3, budgets: [5000, 2500, 4])
    for (cost, budget) in zip(alike, [5000.0, 2500, 4]) { #expect(abs((cost ?? 0) / (7 * budget) - 1) < 1e-9) }
  }

  @Test func adaptiveBestOfNCountsOrders() throws {
    var random = stream("adaptive")
    for _ in 0..<40 {
      let total = 1 + random.below(5)
      let scores = (0..<total).map { _ in Double(random.below(4)) / 4 }
      let isRight = (0..<total).map { _ in random.below(2) == 0 }
      let costs = (0..<total).map { _ in Double(1 + random.below(9)) }
      let exact = SubsetExpectation.adaptiveBestOfN(
        scores: scores, isRight: isRight, costs: costs, threshold: 0.4, budgets: Array(1...total))
      for size in 1...total {
        func mean(_ value: ([Int]) -> Double) -> Double {
          BruteForce.overOrders(Array(0..<total)) { order in
            let stop = order.prefix(size).firstIndex { scores[$0] > 0.4 } ?? size - 1
            return value(Array(order[...stop]))
          }
        }
        let found = try #require(exact[size - 1])
        #expect(abs(found.draws - mean { Double($0.count) }) < 1e-12)
        #expect(abs(found.cost - mean { $0.reduce(0) { $0 + costs[$1] } }) < 1e-12)
        let success = mean { drawn in
          guard let last = drawn.last, scores[last] > 0.4 else {
            return BruteForce.leader(drawn, scores: scores, isRight: isRight)
          }
          return isRight[last] ? 1 : 0
        }
        #expect(abs(found.success - success) < 1e-12)
      }
    }
  }

  private func stream(_ name: String) -> RandomStream {
    RandomStream(.init(seed: 7, problem: name, method: "", settings: ""), budget: 0, replicate: 0)
  }
}
