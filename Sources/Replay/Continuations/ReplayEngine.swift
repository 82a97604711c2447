import Foundation
import Traces

/// One problem's record as a generator: methods ask it for continuations and do not know where they came from.
///
/// Per draw: a recorded continuation that this run has not drawn; else by policy a donor's, the same again, or refusal.
/// When many candidates move at once, all that still have recorded continuations of their own draw first, so that
/// nobody borrows what its owner is about to use.
struct ReplayEngine: ~Copyable, Sendable {
  let tree: TraceTree
  let scores: PathScores
  let policy: ContinuationPolicy
  /// How many of the nearest donors a loan is drawn from.
  let neighbours: Int
  /// The complete rollouts, for methods that select among them.
  let selection: SelectionPool
  var pool: ContinuationPool
  var donors: DonorPool
  var stream: RandomStream
  var tally = RunTally()
  /// Resampling choices to repeat instead of drawing; `nil` in every replay proper.
  var script: DrawScript?
  var history = RunHistory()
  var subset: SubsetDraw
  /// Rollouts that are drawn in this order instead of at random; empty in most runs.
  var prepared: FlatList<Int32>
  /// The number of groups of donors at each depth.
  let siblings: Int
  /// The number of those that hold the problem's own; the others hold what is lent.
  let ownSiblings: Int
  /// The number of the problem's own nodes; lent steps are numbered from there.
  private let ownNodes: Int
  let readsPrefixes: Bool
  let keepsHistory: Bool
  private let stepScores: FlatStorage<Double>
  private var waiting: FlatList<Int32>
  /// The nodes of the candidates that could not go on when the run was refused, with policy `strict`.
  private(set) var missed: FlatList<Int32>

  init(tree: TraceTree, scores: PathScores, continuation: DonorGroups, keepsHistory: Bool) {
    self.tree = tree
    ownNodes = tree.nodeCount
    let scores = scores.followed(by: continuation.lent)
    self.scores = scores
    policy = continuation.policy
    neighbours = continuation.neighbours
    siblings = continuation.siblings
    ownSiblings = continuation.ownSiblings
    pool = ContinuationPool(tree: tree, lent: continuation.lent)
    donors = DonorPool(indexes: continuation.indexes)
    stream = RandomStream(RandomStream.Key(seed: 0, problem: "", method: "", settings: ""), budget: 0, replicate: 0)
    selection = SelectionPool(tree: tree, scores: scores)
    subset = SubsetDraw(count: selection.count)
    prepared = FlatList(filler: 0, capacity: 64)
    readsPrefixes = scores.aggregation.channel == .prefix
    self.keepsHistory = keepsHistory || scores.readsHistory
    stepScores = FlatStorage(scores.step)
    waiting = FlatList(filler: 0, capacity: 64)
    missed = FlatList(filler: 0, capacity: 64)
  }

  /// Begins a run.
  mutating func begin(stream: RandomStream, replicate: Int) {
    self.stream = stream
    pool.reset()
    donors.reset(variant: donors.variants > 1 ? replicate % donors.variants : 0)
    history.reset()
    subset.reset()
    prepared.removeAll()
    tally = RunTally()
    missed.removeAll()
  }

  /// Whether a candidate has come to an end of its own.
  @inline(__always)
  func isFinished(_ candidate: Candidate) -> Bool { pool.steps[Int(candidate.node)].isTerminal }

  /// The class of a candidate's answer: 0 right, 1... wrong; negative where there is no answer or no end.
  @inline(__always)
  func answerClass(_ candidate: Candidate) -> Int { Int(pool.steps[Int(candidate.node)].answerClass) }

  /// Whether a candidate has come to the right answer.
  @inline(__always)
  func isRight(_ candidate: Candidate) -> Bool { pool.steps[Int(candidate.node)].answerClass == 0 }

  /// Places candidates at the prompt.
  func placeAtPrompt(_ candidates: borrowing FlatStorage<Candidate>, count: Int) {
    for i in 0..<count { candidates[i] = scores.start }
  }

  /// Moves all candidates on that are not finished.
  ///
  /// - Returns: The number of candidates that are unfinished afterwards; a refused run has none.
  mutating func advance(_ candidates: borrowing FlatStorage<Candidate>, count: Int) -> Int {
    waiting.removeAll()
    var unfinished = 0
    for i in 0..<count where !isFinished(candidates[i]) {
      let child = drawOwn(Int(candidates[i].node))
      if child >= 0 {
        take(&candidates[i], child)
        if !pool.steps[child].isTerminal { unfinished &+= 1 }
      } else {
        waiting.append(Int32(truncatingIfNeeded: i))
      }
    }
    for w in 0..<waiting.count {
      let i = Int(waiting[w])
      guard advanceByPolicy(&candidates[i]) else {
        for rest in w..<waiting.count { missed.append(candidates[Int(waiting[rest])].node) }
        return 0
      }
      if !isFinished(candidates[i]) { unfinished &+= 1 }
    }
    return unfinished
  }

  /// Moves one unfinished candidate on; false where the run is refused.
  mutating func advance(_ candidate: inout Candidate) -> Bool {
    let child = drawOwn(Int(candidate.node))
    guard child >= 0 else {
      let goesOn = advanceByPolicy(&candidate)
      if !goesOn { missed.append(candidate.node) }
      return goesOn
    }
    take(&candidate, child)
    return true
  }

  /// A recorded continuation of a node that this run has not drawn; -1 where there is none.
  @inline(__always)
  private mutating func drawOwn(_ node: Int) -> Int {
    let child = pool.drawRecorded(after: node, stream: &stream)
    guard child >= 0 else { return -1 }
    if donors.isRepeated(node) { tally.coverage.shared &+= 1 } else { tally.coverage.recorded &+= 1 }
    noteUse(of: node)
    return child
  }

  /// Takes a node off the donors once all that is recorded after it has been drawn.
  @inline(__always)
  mutating func noteUse(of node: Int) {
    if donors.variants > 0, pool.remainingDraws(after: node) == 0 { donors.remove(node) }
  }

  /// Moves a candidate to a node and pays for the step.
  @inline(__always)
  mutating func take(_ candidate: inout Candidate, _ node: Int) {
    if candidate.node == 0 { tally.generations &+= 1 }
    scores.extend(&candidate, to: node, score: stepScores[node])
    let tokens = pool.steps[node].tokens
    candidate.tokens &+= tokens
    tally.tokens &+= Int(tokens)
    tally.scorerTokens &+= Int(readsPrefixes ? candidate.tokens : tokens)
    if keepsHistory { note(&candidate, node) }
  }

  @inline(__always)
  private mutating func note(_ candidate: inout Candidate, _ node: Int) {
    candidate.entry = history.append(parent: candidate.entry, score: stepScores[node])
    if scores.readsHistory { candidate.score = history.meanOfLast(scores.windowWidth, before: candidate.entry) }
    history.settle(candidate)
  }

  /// Moves a candidate along a step that was drawn before, without paying for it again.
  mutating func retrace(_ candidate: inout Candidate, to node: Int) {
    scores.extend(&candidate, to: node, score: stepScores[node])
    candidate.tokens &+= pool.steps[node].tokens
    if keepsHistory { note(&candidate, node) }
  }

  /// Whether two nodes have the same law of continuations as far as the record can say: the same node, or with policy
  /// `matched` the same hidden state at the same depth.
  func sharesFuture(_ left: Int, _ right: Int) -> Bool {
    left == right || (policy == .matched && ownGroup(of: left) == ownGroup(of: right))
  }

  /// Whether a node was lent by another problem.
  @inline(__always)
  func isLent(_ node: Int) -> Bool { node >= ownNodes }

  /// The group of the problem's own prefixes that a node belongs to by its depth and state, lent or not.
  @inline(__always)
  func ownGroup(of node: Int) -> Int { donors.group(of: node) &- (isLent(node) ? ownSiblings : 0) }
}
