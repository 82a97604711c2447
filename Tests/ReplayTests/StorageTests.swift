import Testing
import Traces

@testable import Replay

@Suite struct StorageTests {
  private func stream(_ seed: UInt64) -> RandomStream {
    RandomStream(.init(seed: seed, problem: "", method: "", settings: ""), budget: 0, replicate: 0)
  }

  @Test func aHeapGivesTheHighestFirstAndTiesByTheirNumber() {
    var stream = stream(1)
    var heap = CandidateHeap()
    for _ in 0..<20 {
      heap.removeAll()
      var expected: [(rank: Double, tie: UInt32, node: Int32)] = []
      for node in 0..<Int32(200) {
        let rank = Double(stream.below(10))
        let tie = stream.nextBits()
        expected.append((rank, tie, node))
        heap.push(Candidate(node: node), rank: rank, tie: tie)
      }
      expected.sort { ($0.rank, $0.tie) > ($1.rank, $1.tie) }
      for entry in expected { #expect(heap.pop()?.node == entry.node) }
      #expect(heap.pop() == nil)
    }
  }

  @Test func placesAreSortedByRankAndThenByNumber() {
    var stream = stream(2)
    var workspace = Workspace()
    for count in [0, 1, 2, 7, 100] {
      workspace.ranks = (0..<count).map { _ in Double(stream.below(8)) }
      workspace.sortPlaces()
      let ranks = workspace.ranks
      let expected = ranks.indices.sorted { ranks[$0] != ranks[$1] ? ranks[$0] > ranks[$1] : $0 < $1 }
      #expect(workspace.places.map { Int($0) } == expected)
      workspace.order = (0..<Int32(count)).map { 100 - $0 }
      workspace.sortOrderByRanks()
      #expect(workspace.order.map { 100 - Int($0) } == expected)
    }
  }

  @Test func ranksAmongDrawnRolloutsAreThoseOfPairwiseComparison() {
    var stream = stream(3)
    let ranks = (0..<150).map { _ in Double(stream.below(40)) }
    let table = RankTable(ranks)
    var marked = PlaceSet()
    for size in [1, 2, 64, 65, 150] {
      var order = (0..<Int32(150)).map { $0 }
      order.shuffle(using: &stream)
      let drawn = Array(order.prefix(size))
      table.mark(drawn, in: &marked)
      for rollout in drawn {
        let own = ranks[Int(rollout)]
        let expected = drawn.reduce(0.0) { sum, other in
          let rank = ranks[Int(other)]
          return sum + (rank < own ? 1 : rank == own ? 0.5 : 0)
        }
        #expect(table.below(Int(rollout), in: marked) == expected)
      }
    }
  }

  @Test func rememberedLeadsAreTheCalculatedOnes() {
    var stream = stream(4)
    var leads = LeadTable()
    for threshold in [0.95, 0.5, 0.95, 1] {
      for _ in 0..<500 {
        let second = stream.below(30)
        let first = second + stream.below(30)
        let isSure = leads.isSure(
          first: first, second: second, threshold: threshold, certainty: AdaptiveVote.certainty(first:second:))
        #expect(isSure == (AdaptiveVote.certainty(first: first, second: second) >= threshold))
      }
    }
  }

  @Test func aSearchFindsTheFirstSumAboveAPoint() {
    var stream = stream(5)
    for count in 1...20 {
      var sum = 0.0
      let sums = (0..<count).map { _ in
        sum += Double(stream.below(3))
        return sum
      }
      let cumulative = FlatStorage(sums)
      for point in stride(from: 0, to: sum, by: 0.5) {
        #expect(ResamplingScheme.search(cumulative, count, point) == sums.firstIndex { $0 > point })
      }
    }
  }
}
