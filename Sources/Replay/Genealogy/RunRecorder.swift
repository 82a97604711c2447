/// Takes notes of a run while it happens.
///
/// A workspace without a recorder spends one comparison a step on it; a recorder changes nothing in the run, since it
/// draws no random numbers.
struct RunRecorder: Sendable {
  private(set) var record = RunRecord()
  private(set) var best: Int?
  /// The candidate that a search took for its answer.
  private(set) var chosen: Candidate?
  private var ancestors: [Int32] = []

  /// Begins a run: what was noted of an earlier one is forgotten.
  mutating func begin() {
    record = RunRecord()
    ancestors = []
    best = nil
    chosen = nil
  }

  /// Begins one of several filters of a run.
  mutating func begin(_ sweep: RunRecord.Sweep) {
    if sweep.iteration == 1, sweep.chain == 1 {
      begin()
      record.sweeps = []
    }
    record.sweeps.append(sweep)
    ancestors = []
  }

  /// Notes which particle each one of the next generation is a copy of.
  mutating func noteAncestors(_ ancestors: [Int32]) { self.ancestors = ancestors }

  /// Notes the particles after a draw.
  mutating func noteDraws(_ candidates: [Candidate]) {
    guard let sweep = record.sweeps.indices.last else { return }
    let isFirst = record.sweeps[sweep].generations.isEmpty
    let own = candidates.indices.map { isFirst ? -1 : Int32($0) }
    record.sweeps[sweep].generations.append(
      RunRecord.Generation(
        node: candidates.map(\.node), parent: ancestors.isEmpty ? own : ancestors, score: candidates.map(\.score),
        isResampled: !ancestors.isEmpty))
    ancestors = []
  }

  /// Notes the unnormalised weights of the present generation.
  mutating func noteWeights(_ weights: [Double]) {
    guard let sweep = record.sweeps.indices.last, let last = record.sweeps[sweep].generations.indices.last else {
      return
    }
    let total = weights.reduce(0, +)
    record.sweeps[sweep].generations[last].weight = weights.map { $0 / total }
  }

  /// Notes the particle that becomes the next reference path.
  mutating func noteKept(_ particle: Int) {
    if let sweep = record.sweeps.indices.last { record.sweeps[sweep].kept = particle }
  }

  /// Notes the final particle with the highest aggregated score.
  mutating func noteBest(_ particle: Int) { best = particle }

  /// Notes the candidate that a search took for its answer, and why it took it.
  mutating func noteChosen(_ candidate: Candidate, _ reason: RunRecord.Reason) {
    chosen = candidate
    record.reason = reason
  }

  /// Notes what the run came to.
  mutating func noteOutcome(_ outcome: RunOutcome) {
    record.right = outcome.right
    record.expected = outcome.expected
    record.rules = outcome.rules
    let last = record.generations.count - 1
    record.best = best.map { RunRecord.Place(generation: last, particle: $0) }
  }
}
