/// Every subset of a few rollouts, one at a time: the definition that closed forms are held against.
enum BruteForce {
  /// The mean of a rule's success over all subsets of `size` out of `total`.
  static func mean(of total: Int, choosing size: Int, _ success: ([Int]) -> Double) -> Double {
    var sum = 0.0
    var count = 0
    for mask in 0..<(1 << total) where mask.nonzeroBitCount == size {
      sum += success((0..<total).filter { mask >> $0 & 1 == 1 })
      count += 1
    }
    return sum / Double(count)
  }

  /// The right class's share of the win in a vote.
  static func vote(_ classes: [Int], rightClass: Int?) -> Double {
    var counts: [Int: Int] = [:]
    for answer in classes where answer >= 0 { counts[answer, default: 0] += 1 }
    guard let most = counts.values.max(), let rightClass, counts[rightClass] == most else { return 0 }
    return 1 / Double(counts.values.count { $0 == most })
  }

  /// The share of right ones among the rollouts with the highest score.
  static func leader(_ rollouts: [Int], scores: [Double], isRight: [Bool]) -> Double {
    let best = rollouts.map { scores[$0] }.max() ?? 0
    let leaders = rollouts.filter { scores[$0] == best }
    return Double(leaders.count { isRight[$0] }) / Double(leaders.count)
  }

  /// The mean over all orders of a list.
  static func overOrders(_ items: [Int], _ value: ([Int]) -> Double) -> Double {
    var sum = 0.0
    var count = 0
    func visit(_ chosen: [Int], _ left: [Int]) {
      if left.isEmpty {
        sum += value(chosen)
        count += 1
      }
      for (position, item) in left.enumerated() {
        var rest = left
        rest.remove(at: position)
        visit(chosen + [item], rest)
      }
    }
    visit([], items)
    return sum / Double(count)
  }
}
