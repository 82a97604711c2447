import Foundation
import Traces

/// One problem's record as a generator: methods ask it for continuations and do not know where they came from.
///
/// Per draw: a recorded continuation that this run has not drawn; else by policy a donor's, the same again, or refusal.
/// When many candidates move at once, all that still have recorded continuations of their own draw first, so that
/// nobody borrows what its owner is about to use.
struct ReplayEngine: Sendable {
  let tree: TraceTree
  let scores: PathScores
  let policy: ContinuationPolicy
  private(set) var pool: ContinuationPool
  private var donors: DonorPool
  var stream: RandomStream
  var tally = RunTally()
  private(set) var history = RunHistory()
  /// The complete rollouts, for methods that select among them.
  let selection: SelectionPool
  private var subset: SubsetDraw
  private let readsPrefixes: Bool
  private let keepsHistory: Bool
  private var waiting: [Int32] = []

  init(tree: TraceTree, scores: PathScores, policy: ContinuationPolicy, neighbours: Int, keepsHistory: Bool) {
    self.tree = tree
    self.scores = scores
    self.policy = policy
    pool = ContinuationPool(tree: tree)
    donors = DonorPool(index: DonorIndex(tree: tree, scores: scores, pool: pool), neighbours: neighbours)
    stream = RandomStream(RandomStream.Key(seed: 0, problem: "", method: "", settings: ""), budget: 0, replicate: 0)
    selection = SelectionPool(tree: tree, scores: scores)
    subset = SubsetDraw(count: selection.count)
    readsPrefixes = scores.aggregation.channel == .prefix
    self.keepsHistory = keepsHistory || scores.readsHistory
  }

  /// Begins a run.
  mutating func begin(stream: RandomStream) {
    self.stream = stream
    pool.reset()
    donors.reset()
    history.reset()
    subset.reset()
    tally = RunTally()
  }

  /// The recorded draws from the prompt: no search can start more candidates.
  var recordedStarts: Int { pool.recordedDraws(after: 0) }

  /// Whether a candidate has come to an end of its own.
  @inline(__always)
  func isFinished(_ candidate: Candidate) -> Bool { tree.isTerminal[Int(candidate.node)] }

  /// The rollout that was drawn i-th.
  @inline(__always)
  func rollout(_ i: Int) -> Int { subset[i] }

  /// Draws complete rollouts without replacement and pays for them.
  mutating func drawRollouts(_ count: Int) {
    for i in 0..<count { drawRollout(i) }
  }

  /// Draws the i-th rollout and pays for it: its tokens, and its steps' judgements; on the prefix channel only the whole
  /// rollout is judged.
  mutating func drawRollout(_ i: Int) {
    let rollout = subset.draw(i, stream: &stream)
    tally.generations += 1
    tally.scorerCalls += readsPrefixes ? 1 : Int(selection.steps[rollout])
    let tokens = selection.tokens[rollout]
    tally.tokens += tokens.isNaN ? 0 : Int(tokens)
    tally.scorerTokens += tokens.isNaN ? 0 : Int(tokens)
  }

  /// The class of a candidate's answer: 0 right, 1... wrong, -1 none or no end.
  @inline(__always)
  func answerClass(_ candidate: Candidate) -> Int { Int(tree.answerClass[Int(candidate.node)]) }

  /// Whether a candidate has come to the right answer.
  @inline(__always)
  func isRight(_ candidate: Candidate) -> Bool { tree.answerClass[Int(candidate.node)] == 0 }

  /// Places candidates at the prompt.
  func placeAtPrompt(_ candidates: inout [Candidate], count: Int) {
    for i in 0..<count { candidates[i] = scores.start }
  }

  /// Moves all candidates on that are not finished.
  ///
  /// - Returns: The number of candidates that are unfinished afterwards; a refused run has none.
  mutating func advance(_ candidates: inout [Candidate], count: Int) -> Int {
    waiting.removeAll(keepingCapacity: true)
    var unfinished = 0
    for i in 0..<count where !isFinished(candidates[i]) {
      let node = Int(candidates[i].node)
      let child = pool.drawRecorded(after: node, stream: &stream)
      if child >= 0 {
        noteUse(of: node)
        tally.coverage.recorded &+= 1
        take(&candidates[i], child)
        if !tree.isTerminal[child] { unfinished &+= 1 }
      } else {
        waiting.append(Int32(truncatingIfNeeded: i))
      }
    }
    for i in waiting {
      guard advanceByPolicy(&candidates[Int(i)]) else { return 0 }
      if !isFinished(candidates[Int(i)]) { unfinished += 1 }
    }
    return unfinished
  }

  /// Moves one unfinished candidate on; false where the run is refused.
  mutating func advance(_ candidate: inout Candidate) -> Bool {
    let node = Int(candidate.node)
    let child = pool.drawRecorded(after: node, stream: &stream)
    guard child >= 0 else { return advanceByPolicy(&candidate) }
    noteUse(of: node)
    tally.coverage.recorded += 1
    take(&candidate, child)
    return true
  }

  /// The logarithm of the mean score of a candidate's recorded successors (the mean itself on unbounded scales); 0 where
  /// none is recorded. arXiv 2510.05825, look-ahead modulation.
  mutating func lookAhead(from candidate: Candidate) -> Double {
    let node = Int(candidate.node)
    guard !isFinished(candidate), pool.recordedDraws(after: node) > 0 else {
      tally.missedLookAheads += isFinished(candidate) ? 0 : 1
      return 0
    }
    tally.lookAheads += 1
    var sum = 0.0
    for child in tree.children(of: node) { sum += scores.step[child] * Double(tree.visits[child]) }
    let mean = sum / Double(pool.recordedDraws(after: node))
    return scores.scale == .probability ? log(max(mean, 1e-300)) : mean
  }

  private mutating func advanceByPolicy(_ candidate: inout Candidate) -> Bool {
    switch policy {
    case .strict:
      tally.isRefused = true
      return false
    case .shared: return share(&candidate)
    case .matched: return borrow(&candidate) || share(&candidate)
    }
  }

  private mutating func borrow(_ candidate: inout Candidate) -> Bool {
    let node = Int(candidate.node)
    let depth = Int(tree.depth[node])
    let key: Double
    let start: Int
    let own = Int(donors.index.position[node])
    if own >= 0, candidate.score == scores.score[node] {
      key = donors.index.key[own]
      start = own
    } else {
      key = scores.matchingKey(of: candidate)
      start = donors.index.lowerBound(depth: depth, key: key)
    }
    let donor = donors.draw(depth: depth, key: key, from: start, stream: &stream)
    guard donor >= 0 else { return false }
    let child = pool.drawRecorded(after: donor, stream: &stream)
    noteUse(of: donor)
    tally.coverage.borrowed += 1
    take(&candidate, child)
    return true
  }

  private mutating func share(_ candidate: inout Candidate) -> Bool {
    let child = pool.drawAgain(after: Int(candidate.node), stream: &stream)
    guard child >= 0 else {
      tally.isRefused = true
      return false
    }
    tally.coverage.shared += 1
    take(&candidate, child)
    return true
  }

  @inline(__always)
  private mutating func noteUse(of node: Int) {
    if policy == .matched, pool.remainingDraws(after: node) == 0 {
      donors.remove(node, depth: Int(tree.depth[node]))
    }
  }

  @inline(__always)
  private mutating func take(_ candidate: inout Candidate, _ node: Int) {
    if candidate.node == 0 { tally.generations &+= 1 }
    scores.extend(&candidate, to: node)
    let tokens = tree.tokens[node]
    candidate.tokens &+= tokens
    tally.tokens &+= Int(tokens)
    tally.scorerTokens &+= Int(readsPrefixes ? candidate.tokens : tokens)
    if keepsHistory {
      candidate.entry = history.append(parent: candidate.entry, node: candidate.node, score: scores.step[node])
      if scores.readsHistory { candidate.score = history.meanOfLast(scores.windowWidth, before: candidate.entry) }
    }
  }
}
