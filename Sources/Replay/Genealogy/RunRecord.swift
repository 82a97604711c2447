/// One run of a method, particle by particle: who descended from whom, with which score and weight.
///
/// A record is made of the very run that a replay counts: the same stream of random numbers, draw for draw.
public struct RunRecord: Hashable, Sendable {
  /// The particles after one draw: element i of every array belongs to particle i.
  public struct Generation: Hashable, Sendable {
    /// The node of the recorded tree that each particle stands at.
    public var node: [Int32]
    /// The particle of the generation before that each one is a copy of, or went on from; -1 in the first generation.
    public var parent: [Int32]
    /// The aggregated score in the scorer's own scale.
    public var score: [Double]
    /// The normalised weights, which add up to 1; empty where the run did not weigh this generation.
    public var weight: [Double] = []
    /// Whether the generation was drawn by resampling the one before; false also for the first.
    public var isResampled: Bool

    /// 1 / sum of squared weights, between 1 and the number of particles (Kong, Liu and Wong 1994,
    /// doi 10.1080/01621459.1994.10476469); `nil` where the generation was not weighed.
    public var effectiveSampleSize: Double? {
      weight.isEmpty ? nil : 1 / weight.reduce(0) { $0 + $1 * $1 }
    }
  }

  /// The generations, the first draw first. A resampling after the last step makes a generation that does not move.
  public internal(set) var generations: [Generation] = []
  /// The particle of the last generation with the highest aggregated score, ties broken as the method does.
  public internal(set) var best: Int?
  /// Whether the answer is right, 0 or 1; `nil` for a run that was refused.
  public internal(set) var right: Double?
  /// The expected accuracy of a draw from the final weights, 0...1; `nil` for a run that was refused.
  public internal(set) var expected: Double?
  /// What each answer rule says.
  public internal(set) var rules = AnswerRules()

  /// Whether the run was refused because a continuation was not recorded (policy `strict`).
  public var isRefused: Bool { right == nil }
}

extension RunRecord {
  /// The particles that a particle descends from, one a generation up to its own, the first generation first.
  public func lineage(of particle: Int, generation: Int) -> [Int] {
    var lineage: [Int] = []
    var current = particle
    for index in stride(from: generation, through: 0, by: -1) {
      lineage.append(current)
      current = Int(generations[index].parent[current])
    }
    return lineage.reversed()
  }
}
