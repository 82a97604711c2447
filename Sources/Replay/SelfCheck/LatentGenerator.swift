import Traces

/// A world as an online generator: a tree in which every candidate finds fresh continuations of its own state.
///
/// At each depth one node of each state that occurs there has as many continuations as one run can ask for; whoever
/// stands in that state draws from them without replacement. They are independent draws of the model's law, so a run is
/// an online run, and every method runs on it unchanged.
struct LatentGenerator: Sendable {
  let tree: TraceTree
  let states: LatentStates

  /// Draws a generator.
  ///
  /// - Parameters:
  ///   - world: The world.
  ///   - draws: How many continuations each depth and state has: at least as many as a run draws there.
  ///   - number: Which of the world's generators: runs on different ones are independent.
  ///   - seed: The study's seed.
  /// - Throws: `TraceTreeError` never in practice: what is built is a tree.
  init(_ world: LatentWorld, draws: Int, number: Int, seed: UInt64) throws(TraceTreeError) {
    var stream = world.stream("world generator \(draws)", seed: seed, number: number)
    var growth = GeneratorGrowth(world: world, draws: draws)
    while growth.addLevel(using: &stream) {}
    tree = try TraceTree(problem: world.problem, segments: growth.segments, mergePrefixes: false)
    var drawn = [UInt8](repeating: 0, count: tree.nodeCount)
    // Every segment has one step, so it ends at that step's node.
    for (segment, node) in tree.segmentEnds.enumerated() { drawn[Int(node)] = growth.states[segment] }
    states = LatentStates(tree: tree, drawn: drawn, stateCount: world.model.stateCount)
  }
}

/// The levels of a generator's tree as they are drawn.
private struct GeneratorGrowth {
  /// A node with continuations.
  private struct Hub {
    var segment: Int32
    var step: LatentStep?
  }

  let world: LatentWorld
  let draws: Int
  /// One segment a step.
  private(set) var segments: RecordedSegments
  /// The state of each segment's step.
  private(set) var states: [UInt8] = []
  private var hubs = [Hub(segment: -1, step: nil)]
  private var depth = 0

  init(world: LatentWorld, draws: Int) {
    self.world = world
    self.draws = draws
    segments = RecordedSegments(columns: [world.column], recordings: [Recording(name: "generator")])
  }

  /// Draws all continuations of the deepest hubs; false where nothing goes on.
  mutating func addLevel(using stream: inout RandomStream) -> Bool {
    guard depth < world.endings.count, !hubs.isEmpty else { return false }
    var next = [Hub?](repeating: nil, count: world.model.stateCount)
    for hub in hubs {
      for _ in 0..<draws {
        let step = world.drawStep(after: hub.step, step: depth + 1, using: &stream)
        let isOver = add(step, after: hub, using: &stream)
        if !isOver, next[step.state] == nil { next[step.state] = Hub(segment: Int32(segments.count - 1), step: step) }
      }
    }
    hubs = next.compactMap { $0 }
    depth += 1
    return true
  }

  /// Adds a step; true where the path is over with it.
  private mutating func add(_ step: LatentStep, after hub: Hub, using stream: inout RandomStream) -> Bool {
    let isOver = stream.uniform() < world.endings[depth]
    segments.append(
      .init(
        parent: hub.segment, parentStep: Int32(depth), finish: isOver ? .stop : .open,
        answerClass: isOver ? world.drawAnswer(in: step.state, using: &stream) : -1),
      keys: CollectionOfOne(UInt64(segments.count)), scores: [[world.score(of: step)]])
    states.append(UInt8(step.state))
    return isOver
  }
}
