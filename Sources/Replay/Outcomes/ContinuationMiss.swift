/// Continuations of a recorded prefix that runs wanted and the record does not hold.
public struct ContinuationMiss: Hashable, Sendable {
  /// The node that they continue; 0 is the prompt.
  public var node: Int
  /// How many more draws one run wanted than are recorded, the most over all runs.
  public var count: Int

  /// Creates a miss.
  public init(node: Int, count: Int) {
    self.node = node
    self.count = count
  }
}

/// What runs with policy `strict` missed.
public struct MissedContinuations: Sendable {
  /// The misses by node.
  public internal(set) var misses: [ContinuationMiss] = []
  /// Runs made, and how many of them were refused.
  public internal(set) var runs = 0
  /// Runs that stopped for want of a continuation, and all runs of budgets with too few draws from the prompt.
  public internal(set) var refused = 0

  /// Cells and budgets that cannot run whatever is generated, and why.
  public private(set) var leftOut: [LeftOut] = []

  private var counts: [Int32: Int] = [:]

  /// A method at a budget that made no runs.
  public struct LeftOut: Hashable, Sendable {
    /// The method's name.
    public var method: String
    /// The budget N.
    public var budget: Int
    /// Why.
    public var absence: Absence
  }

  /// Counts the nodes at which one run stopped.
  mutating func note(run nodes: some Sequence<Int32>) {
    var wanted: [Int32: Int] = [:]
    for node in nodes { wanted[node, default: 0] += 1 }
    counts.merge(wanted, uniquingKeysWith: max)
  }

  /// Counts draws from the prompt that no run could make.
  mutating func note(starts missing: Int, runs count: Int) {
    counts[0] = max(counts[0] ?? 0, missing)
    runs += count
    refused += count
  }

  /// Notes that a method cannot run at a budget.
  mutating func note(_ absence: Absence, method: String, budget: Int) {
    let leftOut = LeftOut(method: method, budget: budget, absence: absence)
    if !self.leftOut.contains(leftOut) { self.leftOut.append(leftOut) }
  }

  /// Orders what was counted.
  mutating func finish() {
    misses = counts.sorted { $0.key < $1.key }.map { ContinuationMiss(node: Int($0.key), count: $0.value) }
  }
}
