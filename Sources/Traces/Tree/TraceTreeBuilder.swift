/// Builds the flat arrays of a `TraceTree` level by level.
struct TraceTreeBuilder {
  let segments: RecordedSegments
  let mergePrefixes: Bool
  var parent: [Int32] = [-1]
  var depth: [Int32] = [0]
  var visits: [Int32] = [0]
  /// The child that a greedy recording went on to, -1 without one; empty without greedy recordings.
  var greedySuccessor: [Int32] = []
  var levelStart: [Int32] = [0, 1]
  var isTerminal: [Bool] = [false]
  var answerClass: [Int32] = [-1]
  var tokens: [Int32] = [0]
  var logProbability: [Double] = [0]
  var scores: [[Double]]
  /// For each column the draws of each node that have a score there; empty where every step has all scores.
  private var scoredDraws: [[Int32]] = []
  /// The node that each segment's path has reached at the present level.
  var currentNode: [Int32]
  /// The depth at which each segment's own steps begin.
  private let firstDepth: [Int]
  /// Whether each recording was made at temperature 0; empty where none was.
  private let isGreedy: [Bool]
  /// Whether each recording's steps count as draws.
  private let counts: [Bool]
  /// The nodes of the level that is being added.
  private var known = ChildTable()

  init(segments: RecordedSegments, mergePrefixes: Bool) {
    self.segments = segments
    self.mergePrefixes = mergePrefixes
    scores = Array(repeating: [.nan], count: segments.columns.count)
    currentNode = Array(repeating: 0, count: segments.count)
    firstDepth = (0..<segments.count).map { segments.parent[$0] < 0 ? 0 : Int(segments.parentStep[$0]) }
    let greedy = segments.recordings.map { $0.temperature == 0 }
    isGreedy = greedy.contains(true) ? greedy : []
    counts = greedy.contains(false) ? greedy.map { !$0 } : greedy.map { _ in true }
    if !isGreedy.isEmpty { greedySuccessor = [-1] }
    if mergePrefixes, segments.scoreSteps.contains(where: { $0.contains(where: \.isNaN) }) {
      scoredDraws = Array(repeating: [0], count: segments.columns.count)
    }
    visits[0] = Int32(clamping: (0..<segments.count).count { firstDepth[$0] == 0 && countsAsDraw($0) })
    if !mergePrefixes { reserve(nodes: segments.keySteps.count + 1) }
  }

  private mutating func reserve(nodes: Int) {
    parent.reserveCapacity(nodes)
    depth.reserveCapacity(nodes)
    visits.reserveCapacity(nodes)
    isTerminal.reserveCapacity(nodes)
    answerClass.reserveCapacity(nodes)
    tokens.reserveCapacity(nodes)
    logProbability.reserveCapacity(nodes)
    for column in scores.indices { scores[column].reserveCapacity(nodes) }
  }

  /// Whether a segment's steps are draws of the law that continuations are drawn by.
  private func countsAsDraw(_ segment: Int) -> Bool { counts[Int(segments.recording[segment])] }

  /// Adds one level after the other until no segment has a further step.
  mutating func addLevels() {
    var level = 0
    var byParent: [Int] = segmentsLeaving(level: level)
    while !byParent.isEmpty {
      addLevel(level, of: byParent)
      level += 1
      byParent = segmentsLeaving(level: level)
    }
  }

  /// The segments with an own step from this level to the next, ordered by the node that they leave.
  private mutating func segmentsLeaving(level: Int) -> [Int] {
    var leaving: [Int] = []
    for segment in 0..<segments.count {
      let own = segments.steps(of: segment).count
      guard firstDepth[segment] <= level, level < firstDepth[segment] + own else { continue }
      if firstDepth[segment] == level { currentNode[segment] = departure(of: segment, level: level) }
      leaving.append(segment)
    }
    // Stable: segments that leave the same node keep their recorded order, so numbering depends on nothing else.
    return leaving.sorted { (currentNode[$0], $0) < (currentNode[$1], $1) }
  }

  /// The node at which a segment leaves the path of its ancestors.
  private func departure(of segment: Int, level: Int) -> Int32 {
    guard level > 0 else { return 0 }
    var ancestor = Int(segments.parent[segment])
    while ancestor >= 0, firstDepth[ancestor] >= level { ancestor = Int(segments.parent[ancestor]) }
    guard ancestor >= 0 else { return 0 }
    // The ancestor may have gone further at this level already or have ended before; walk back to the level.
    var node = currentNode[ancestor]
    while depth[Int(node)] > level { node = parent[Int(node)] }
    return node
  }

  private mutating func addLevel(_ level: Int, of leaving: [Int]) {
    if mergePrefixes { known.clear(for: leaving.count) }
    for segment in leaving {
      let position = segments.firstStep[segment] + level - firstDepth[segment]
      let isLast = position == segments.firstStep[segment + 1] - 1
      let isOver = isLast && segments.finish[segment] != .open
      let key = ChildTable.Key(
        parent: currentNode[segment], step: segments.keySteps[position], isTerminal: isOver)
      let new = Int32(parent.count)
      let node = mergePrefixes ? known.node(of: key, else: new) : new
      if node == new {
        addNode(key, segment: segment, position: position, level: level)
      } else {
        visit(Int(node), position: position, counts: countsAsDraw(segment))
      }
      currentNode[segment] = node
      noteSuccessor(node, of: key.parent, segment: segment)
    }
    levelStart.append(Int32(parent.count))
  }

  private mutating func addNode(_ key: ChildTable.Key, segment: Int, position: Int, level: Int) {
    parent.append(key.parent)
    depth.append(Int32(level + 1))
    visits.append(countsAsDraw(segment) ? 1 : 0)
    if !isGreedy.isEmpty { greedySuccessor.append(-1) }
    isTerminal.append(key.isTerminal)
    answerClass.append(key.isTerminal ? segments.answerClass[segment] : -1)
    tokens.append(segments.tokenSteps[position])
    logProbability.append(segments.logProbabilitySteps[position])
    for column in scores.indices { scores[column].append(segments.scoreSteps[column][position]) }
    for column in scoredDraws.indices {
      scoredDraws[column].append(countsAsDraw(segment) && !segments.scoreSteps[column][position].isNaN ? 1 : 0)
    }
  }

  /// Notes where a greedy recording went on to; the first of several stays, since the same model need not repeat itself.
  private mutating func noteSuccessor(_ node: Int32, of parent: Int32, segment: Int) {
    guard !isGreedy.isEmpty, isGreedy[Int(segments.recording[segment])], greedySuccessor[Int(parent)] < 0 else {
      return
    }
    greedySuccessor[Int(parent)] = node
  }

  /// Counts a further draw of a node. Scores of equal texts are equal unless the scorer is noisy; then the mean of those
  /// that it has seen counts.
  private mutating func visit(_ node: Int, position: Int, counts: Bool) {
    visits[node] += counts ? 1 : 0
    for column in scores.indices {
      let new = segments.scoreSteps[column][position]
      let old = scores[column][node]
      if !scoredDraws.isEmpty, counts, !new.isNaN { scoredDraws[column][node] += 1 }
      if old.isNaN {
        scores[column][node] = new
      } else if !new.isNaN, new != old, counts {
        scores[column][node] =
          old + (new - old) / Double(scoredDraws.isEmpty ? visits[node] : scoredDraws[column][node])
      }
    }
  }

  /// The first child of each node and an end: children are contiguous since each level is made in order of its parents.
  func childOffsets() -> [Int32] {
    var offsets = [Int32](repeating: 0, count: parent.count + 1)
    for node in 1..<max(parent.count, 1) { offsets[Int(parent[node]) + 1] += 1 }
    offsets[0] = 1
    for node in 0..<parent.count { offsets[node + 1] += offsets[node] }
    return offsets
  }
}
