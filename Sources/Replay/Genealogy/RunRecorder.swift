/// Takes notes of a run while it happens.
///
/// A workspace without a recorder spends one comparison a step on it; a recorder changes nothing in the run, since it
/// draws no random numbers.
struct RunRecorder: Sendable {
  private(set) var record = RunRecord()
  private var ancestors: [Int32] = []

  /// Begins a run: what was noted of an earlier one is forgotten.
  mutating func begin() {
    record = RunRecord()
    ancestors = []
  }

  /// Notes which particle each one of the next generation is a copy of.
  mutating func noteAncestors(_ ancestors: [Int32]) { self.ancestors = ancestors }

  /// Notes the particles after a draw.
  mutating func noteDraws(_ candidates: [Candidate]) {
    let isFirst = record.generations.isEmpty
    let own = candidates.indices.map { isFirst ? -1 : Int32($0) }
    record.generations.append(
      RunRecord.Generation(
        node: candidates.map(\.node), parent: ancestors.isEmpty ? own : ancestors, score: candidates.map(\.score),
        isResampled: !ancestors.isEmpty))
    ancestors = []
  }

  /// Notes the unnormalised weights of the present generation.
  mutating func noteWeights(_ weights: [Double]) {
    guard !record.generations.isEmpty else { return }
    let total = weights.reduce(0, +)
    record.generations[record.generations.count - 1].weight = weights.map { $0 / total }
  }

  /// Notes the particle with the highest aggregated score.
  mutating func noteBest(_ particle: Int) { record.best = particle }

  /// Notes what the run came to.
  mutating func noteOutcome(_ outcome: RunOutcome) {
    record.right = outcome.right
    record.expected = outcome.expected
    record.rules = outcome.rules
  }
}
