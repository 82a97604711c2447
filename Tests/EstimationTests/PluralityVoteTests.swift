import Testing
import Traces

@testable import Estimation

/// The majority vote where subsets are too many to count.
@Suite struct PluralityVoteTests {
  /// Two classes: the right one wins when it has more than half of the votes, a tail of the hypergeometric law.
  @Test func twoClassesFollowTheHypergeometricLaw() throws {
    let record = VoteRecord(right: 120, wrong: [136])
    for budget in [1, 2, 7, 16, 64, 255, 256] {
      let laws = StratifiedLaw(total: [0, 256], draws: [0, budget])
      let (right, wrong) = (laws.probabilities(of: [0, 120]).second, laws.probabilities(of: [0, 136]).second)
      var expected = 0.0
      var sum = 0.0
      for votes in 0...budget where votes < right.count && budget - votes < wrong.count {
        let joint = right[votes] * wrong[budget - votes]
        sum += joint
        expected += 2 * votes > budget ? joint : 2 * votes == budget ? joint / 2 : 0
      }
      let exact = try #require(SubsetExpectation.majority(record, budgets: [budget])[0])
      #expect(abs(exact - expected / sum) < 1e-12, "\(budget)")
    }
  }

  /// When every rollout is a class of its own, all that are drawn tie: the right one wins with probability
  /// (n / K) (1 / n) = 1 / K.
  @Test func singletonsTie() throws {
    let record = VoteRecord(right: 1, wrong: Array(repeating: 1, count: 255))
    for exact in SubsetExpectation.majority(record, budgets: [1, 8, 64, 256]) {
      #expect(abs(try #require(exact) - 1.0 / 256) < 1e-15)
    }
  }

  /// Classes of equal size are alike, so each wins with the same probability.
  @Test func equalClassesShareEqually() throws {
    let record = VoteRecord(right: 16, wrong: Array(repeating: 16, count: 15))
    for exact in SubsetExpectation.majority(record, budgets: [1, 5, 32, 100, 256]) {
      #expect(abs(try #require(exact) - 1.0 / 16) < 1e-13)
    }
  }

  /// Over all choices of the right class the wins add up to one, whenever somebody votes.
  @Test func winsAddUpToOne() throws {
    let sizes = [40, 31, 31, 20, 9, 5, 5, 3, 1, 1, 1]
    for budget in [1, 2, 13, 64, 147] {
      var sum = 0.0
      for right in sizes.indices {
        var wrong = sizes
        wrong.remove(at: right)
        let record = VoteRecord(right: sizes[right], wrong: wrong)
        sum += try #require(SubsetExpectation.majority(record, budgets: [budget])[0])
      }
      #expect(abs(sum - 1) < 1e-12)
    }
  }

  @Test func silentRolloutsCannotWin() throws {
    // One voter among four: the vote is right whenever that one is drawn.
    let record = VoteRecord(right: 1, wrong: [], silent: 3)
    let exact = SubsetExpectation.majority(record, budgets: [1, 2, 3, 4])
    for (budget, probability) in zip(1...4, exact) {
      #expect(abs(try #require(probability) - Double(budget) / 4) < 1e-15)
    }
  }

  @Test func largeRecordsNeitherOverflowNorVanish() throws {
    let record = VoteRecord(right: 5_000, wrong: [4_000, 1_000])
    let exact = SubsetExpectation.majority(record, budgets: [1, 50, 200])
    #expect(abs(try #require(exact[0]) - 0.5) < 1e-12)
    let (fifty, twoHundred) = (try #require(exact[1]), try #require(exact[2]))
    #expect(fifty > 0.7 && twoHundred > fifty && twoHundred < 1)
  }

  @Test func orderOfClassesDoesNotMatter() {
    let one = VoteRecord(classes: [0, 0, 1, 2, 2, -1, 3, 1], rightClass: 2)
    let other = VoteRecord(classes: [3, 2, 1, -1, 0, 1, 0, 2], rightClass: 2)
    #expect(
      SubsetExpectation.majority(one, budgets: Array(1...8)) == SubsetExpectation.majority(other, budgets: Array(1...8))
    )
  }
}
