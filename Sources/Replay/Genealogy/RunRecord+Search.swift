extension RunRecord {
  /// The record of a search: the run's draws, by the number of steps of the candidate that each one made.
  ///
  /// - Parameters:
  ///   - history: Every draw with the draw before it.
  ///   - finals: The candidates that the answer was chosen from.
  ///   - best: The one of them with the highest aggregated score.
  init(search history: borrowing RunHistory, finals: [Candidate], best: Int?) {
    var generations: [Generation] = []
    var places: [Place] = []
    for entry in 0..<history.count {
      let state = history.state(after: entry)
      let depth = Int(state.steps) - 1
      if depth == generations.count {
        generations.append(Generation(node: [], parent: [], score: [], isResampled: false))
      }
      let before = history.parent(of: entry)
      places.append(Place(generation: depth, particle: generations[depth].node.count))
      generations[depth].node.append(state.node)
      generations[depth].parent.append(before < 0 ? -1 : Int32(truncatingIfNeeded: places[before].particle))
      generations[depth].score.append(state.score)
      generations[depth].finals.append(0)
    }
    for final in finals where final.entry >= 0 {
      let place = places[Int(final.entry)]
      generations[place.generation].finals[place.particle] += 1
    }
    self.init(generations: generations)
    isSearch = true
    if let best, finals.indices.contains(best), finals[best].entry >= 0 { self.best = places[Int(finals[best].entry)] }
  }
}
