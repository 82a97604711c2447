/// Moves labels apart.
enum Spreading {
  /// Positions as near to the wanted ones as can be, in the same order, at least a distance apart.
  ///
  /// Labels that would touch form a block around the mean of their wishes, as in isotonic regression.
  static func apart(_ wanted: [Double], distance: Double) -> [Double] {
    let order = wanted.indices.sorted { (wanted[$0], $0) < (wanted[$1], $1) }
    var blocks: [(start: Double, members: [Int])] = []
    for index in order {
      var block = (start: wanted[index], members: [index])
      while let last = blocks.last, last.start + Double(last.members.count) * distance > block.start {
        blocks.removeLast()
        block.members = last.members + block.members
        let wishes = block.members.enumerated().map { wanted[$1] - Double($0) * distance }
        block.start = wishes.reduce(0, +) / Double(wishes.count)
      }
      blocks.append(block)
    }
    var result = wanted
    for block in blocks {
      for (place, index) in block.members.enumerated() { result[index] = block.start + Double(place) * distance }
    }
    return result
  }
}
