/// One run of a method, particle by particle: who descended from whom, with which score and weight.
///
/// A record is made of the very run that a replay counts: the same stream of random numbers, draw for draw. Filters
/// have one generation a step, with all particles in each; searches have the candidates drawn at each depth.
public struct RunRecord: Hashable, Sendable {
  /// The particles after one draw: element i of every array belongs to particle i.
  public struct Generation: Hashable, Sendable {
    /// The node of the recorded tree that each particle stands at; a number behind its last node for a step that another
    /// problem lent.
    public var node: [Int32]
    /// The particle of the generation before that each one is a copy of, or went on from; -1 in the first generation.
    public var parent: [Int32]
    /// The aggregated score in the scorer's own scale.
    public var score: [Double]
    /// The normalised weights, which add up to 1; empty where the run did not weigh this generation.
    public var weight: [Double] = []
    /// Whether the generation was drawn by resampling the one before; false also for the first.
    public var isResampled: Bool
    /// In a search, how often each candidate is among those that the answer was chosen from; empty in a filter, where
    /// all particles of the last generation are.
    public var finals: [Int] = []

    /// 1 / sum of squared weights, between 1 and the number of particles (Kong, Liu and Wong 1994,
    /// doi 10.1080/01621459.1994.10476469); `nil` where the generation was not weighed.
    public var effectiveSampleSize: Double? {
      weight.isEmpty ? nil : 1 / weight.reduce(0) { $0 + $1 * $1 }
    }
  }

  /// One filter of a run that makes several: an iteration of particle Gibbs, of one chain in parallel tempering.
  public struct Sweep: Hashable, Sendable {
    /// The iteration, counted from 1.
    public var iteration = 1
    /// The chain, counted from 1, the hottest first; 1 where there is one only.
    public var chain = 1
    /// The chain's temperature; `nil` where chains have none of their own.
    public var temperature: Double?
    /// Whether the last particle of each generation is the reference path.
    public var hasReference = false
    /// The particle of the last generation that became the next iteration's reference; `nil` for the last iteration.
    public internal(set) var kept: Int?
    /// The generations, the first draw first. A resampling after the last step makes a generation that does not move.
    public internal(set) var generations: [Generation] = []
  }

  /// Why a search took the path that answers.
  public enum Reason: String, Hashable, Sendable {
    /// No path had a higher score when its turn came, finished or not.
    case bestOfAll
    /// The budget was spent, and it was the best of the finished ones.
    case budgetSpent
  }

  /// Where a particle stands in a record.
  public struct Place: Hashable, Sendable {
    /// The generation, counted from 0.
    public var generation: Int
    /// The particle.
    public var particle: Int

    /// Creates a place.
    public init(generation: Int, particle: Int) {
      self.generation = generation
      self.particle = particle
    }
  }

  /// The filters of the run, in the order in which they ran; the last one answers. One only, but for particle Gibbs and
  /// parallel tempering.
  public internal(set) var sweeps: [Sweep]
  /// The lent steps among the nodes that ended a path, with the class of the answer, -1 for none.
  public internal(set) var lentEnds: [Int32: Int32] = [:]
  /// Whether the record is that of a search: without weights, its final candidates at several depths.
  public internal(set) var isSearch = false
  /// The final particle with the highest aggregated score, ties broken as the method does; `nil` where the method has no
  /// such rule.
  public internal(set) var best: Place?
  /// Why `best` was taken, of a search that takes its answer as soon as it may; `nil` for methods whose rule is to take
  /// the highest of all final particles.
  public internal(set) var reason: Reason?
  /// Whether the answer is right, 0 or 1; `nil` for a run that was refused.
  public internal(set) var right: Double?
  /// The expected accuracy of a draw from the final weights, 0...1; `nil` for a run that was refused.
  public internal(set) var expected: Double?
  /// What each answer rule says.
  public internal(set) var rules = AnswerRules()

  init(generations: [Generation] = []) { sweeps = [Sweep(generations: generations)] }

  /// The generations of the filter or search that answers.
  public var generations: [Generation] { sweeps.last?.generations ?? [] }

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
