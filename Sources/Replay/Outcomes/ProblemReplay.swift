import Traces

/// Runs cells on one problem, keeping what cells have in common: one value a task.
///
/// Results are functions of seed, problem, cell, budget and replicate alone: neither threads, nor the order of problems
/// or cells, nor what else is computed can change them.
public struct ProblemReplay: ~Copyable, Sendable {
  /// The problem's tree.
  public let tree: TraceTree
  private let models: [ScoreColumn: LatentStateModel]
  let record: RecordSummary
  private let hasTokens: Bool
  private let unknownLogProbabilities: Int
  /// The columns of each channel without a gap.
  private let completeColumns: [ScoreChannel: [Int]]
  private var engine: ReplayEngine?
  private var engineKey: EngineKey?
  private var states: [StatesKey: LatentStates] = [:]
  /// The states themselves where they are known instead of drawn.
  private let knownStates: LatentStates?
  var workspace = Workspace()

  private struct EngineKey: Hashable {
    var column: Int?
    var aggregation: Aggregation
    var policy: ContinuationPolicy?
    var neighbours: Int
    var keepsHistory: Bool
    var seed: UInt64
  }

  private struct StatesKey: Hashable {
    var column: Int
    var seed: UInt64
  }

  /// Prepares a problem.
  ///
  /// - Parameters:
  ///   - tree: The problem's tree.
  ///   - models: For each column of scores the model of hidden states that was fitted to it over all problems; needed
  ///     for policy `matched`.
  public init(tree: TraceTree, models: [ScoreColumn: LatentStateModel] = [:]) {
    self.init(tree: tree, models: models, knownStates: nil)
  }

  /// Prepares runs on a generator of a fitted world, whose states are known.
  init(generator: LatentGenerator, column: ScoreColumn, model: LatentStateModel) {
    self.init(tree: generator.tree, models: [column: model], knownStates: generator.states)
  }

  private init(tree: TraceTree, models: [ScoreColumn: LatentStateModel], knownStates: LatentStates?) {
    self.tree = tree
    self.models = models
    self.knownStates = knownStates
    record = RecordSummary(tree: tree)
    hasTokens = tree.tokens.allSatisfy { $0 >= 0 }
    unknownLogProbabilities = tree.logProbability.count { $0.isNaN }
    completeColumns = Dictionary(
      uniqueKeysWithValues: Set(tree.columns.map(\.channel)).map { ($0, tree.completeColumns(of: $0)) })
  }

  /// Runs a cell at some budgets.
  ///
  /// - Parameters:
  ///   - cell: What to run.
  ///   - budgets: The budgets N; each result is the same whatever other budgets are asked for.
  ///   - replicates: Runs at each budget; deterministic cells run once.
  ///   - seed: The study's seed.
  /// - Returns: One outcome a budget, in order; those that cannot run carry the reason.
  /// - Throws: `ReplayError` where the record lacks what the cell reads.
  public mutating func evaluate(
    _ cell: MethodCell,
    budgets: [Int],
    replicates: Int,
    seed: UInt64
  ) throws(ReplayError) -> [BudgetOutcome] {
    var engine = try takeEngine(for: cell, seed: seed)
    let key = streamKey(of: cell, seed: seed)
    var outcomes: [BudgetOutcome] = []
    for budget in budgets {
      if let absence = absence(of: cell, budget: budget) {
        outcomes.append(BudgetOutcome(budget: budget, absence: absence))
      } else {
        let runs = cell.method.isDeterministic ? 1 : replicates
        outcomes.append(run(cell, budget: budget, replicates: runs, key: key, engine: &engine))
      }
    }
    self.engine = consume engine
    return outcomes
  }

  /// The random streams of a cell's runs.
  func streamKey(of cell: MethodCell, seed: UInt64) -> RandomStream.Key {
    RandomStream.Key(
      seed: seed, problem: tree.problem.key, method: cell.descriptor.name, settings: cell.streamText)
  }

  /// Keeps an engine for the next cell that reads the same.
  mutating func put(_ engine: consuming ReplayEngine) { self.engine = consume engine }

  /// The complete rollouts of the problem as closed forms over subsets need them.
  ///
  /// - Throws: `ReplayError` where the cell's method reads scores, tokens or log-probabilities that are not recorded.
  public mutating func selectionPool(for cell: MethodCell) throws(ReplayError) -> SelectionPool {
    let engine = try takeEngine(for: cell, seed: 0)
    let selection = engine.selection
    self.engine = consume engine
    return selection
  }

  /// Why a cell has no number at a budget; `nil` where it can run.
  func absence(of cell: MethodCell, budget: Int) -> Absence? {
    if budget < 1 { return .notPositive }
    if cell.reading == .allScorers {
      let scorers = completeColumns[cell.aggregation.channel]?.count ?? 0
      if scorers < 2 { return .tooFewScorers(recorded: scorers) }
    }
    return cell.method.absence(budget: budget, record: record)
  }

  private mutating func run(
    _ cell: MethodCell,
    budget: Int,
    replicates: Int,
    key: RandomStream.Key,
    engine: inout ReplayEngine
  ) -> BudgetOutcome {
    let method = cell.method
    let judges = judges(of: cell)
    workspace.reserve(2 * max(budget, 1), classes: tree.classCount + 1)
    var outcome = BudgetOutcome(budget: budget)
    outcome.reserve(replicates, hasRules: method.hasRules)
    for replicate in 0..<replicates {
      engine.begin(stream: RandomStream(key, budget: budget, replicate: replicate), replicate: replicate)
      let run = method.run(budget: budget, engine: &engine, workspace: &workspace)
      var tally = engine.tally
      tally.scorerCalls = judges * (tally.scorerCalls + tally.coverage.total)
      tally.scorerTokens *= judges
      outcome.append(run, tally: tally, hasTokens: hasTokens, hasRules: method.hasRules)
    }
    return outcome
  }

  /// How many scorers judge what is drawn.
  private func judges(of cell: MethodCell) -> Int {
    switch cell.reading {
    case .none: 0
    case .oneScorer: 1
    case .allScorers: completeColumns[cell.aggregation.channel]?.count ?? 0
    }
  }

  /// The engine for a cell, made anew only where the last cell read other scores or donors.
  mutating func takeEngine(for cell: MethodCell, seed: UInt64) throws(ReplayError) -> ReplayEngine {
    let column = try column(of: cell)
    try checkNeeds(of: cell)
    let policy = cell.descriptor.source == .steps ? cell.continuation : nil
    let key = EngineKey(
      column: column, aggregation: cell.aggregation, policy: policy, neighbours: cell.neighbours,
      keepsHistory: keepsHistory(cell), seed: policy == .matched ? seed : 0)
    if key == engineKey, let last = engine.take() { return last }
    engine = nil
    engineKey = nil
    let made = try makeEngine(for: cell, column: column, seed: seed)
    engineKey = key
    return made
  }

  /// Whether runs need every draw with the one before it: by their own rules, or for a record.
  private func keepsHistory(_ cell: MethodCell) -> Bool { cell.method.keepsHistory || workspace.recorder != nil }

  /// A new engine for a cell whose needs have been checked.
  private mutating func makeEngine(
    for cell: MethodCell,
    column: Int?,
    seed: UInt64
  ) throws(ReplayError) -> ReplayEngine {
    let policy = cell.descriptor.source == .steps ? cell.continuation : .strict
    let scores = try scores(for: cell, column: column, policy: policy)
    let donors = try donors(policy, cell: cell, scores: scores, column: column, seed: seed)
    return ReplayEngine(
      tree: tree, scores: scores, continuation: donors, keepsHistory: keepsHistory(cell))
  }

  private func scores(
    for cell: MethodCell,
    column: Int?,
    policy: ContinuationPolicy
  ) throws(ReplayError) -> PathScores {
    guard let column else { return PathScores.none(nodes: tree.nodeCount) }
    try cell.checkScale(tree.columns[column])
    let scores = try PathScores(tree: tree, column: column, aggregation: cell.aggregation)
    guard policy == .matched, let model = models[tree.columns[column]] else { return scores }
    return scores.following(model.dynamics, in: tree)
  }

  /// The column that a cell reads; `nil` for methods without scores.
  private func column(of cell: MethodCell) throws(ReplayError) -> Int? {
    switch cell.reading {
    case .none: return nil
    case .oneScorer: return try tree.column(scorer: cell.scorer, aggregation: cell.aggregation)
    case .allScorers:
      // Ranks come from every scorer; the engine's own scores may be anybody's.
      if let any = completeColumns[cell.aggregation.channel]?.first { return any }
      return try tree.column(scorer: cell.scorer, aggregation: cell.aggregation)
    }
  }

  private mutating func donors(
    _ policy: ContinuationPolicy,
    cell: MethodCell,
    scores: PathScores,
    column: Int?,
    seed: UInt64
  ) throws(ReplayError) -> DonorGroups {
    guard policy == .matched, let column else {
      return DonorGroups(policy, neighbours: cell.neighbours, tree: tree, scores: scores)
    }
    if let knownStates { return DonorGroups(states: knownStates) }
    let key = StatesKey(column: column, seed: seed)
    if let known = states[key] { return DonorGroups(states: known) }
    let description = tree.columns[column]
    guard let model = models[description] else {
      throw .noStateModel(scorer: description.scorer, channel: description.channel)
    }
    let drawn = LatentStates(tree: tree, column: column, model: model, seed: seed)
    states[key] = drawn
    return DonorGroups(states: drawn)
  }

  private func checkNeeds(of cell: MethodCell) throws(ReplayError) {
    let steps = tree.nodeCount - 1
    let needs = cell.descriptor.needs.union(cell.descriptor.furtherNeeds(cell.settings))
    if needs.contains(.tokens), !hasTokens {
      let missing = tree.tokens.count { $0 < 0 }
      throw .tokensMissing(
        problem: tree.problem.key, method: cell.descriptor.name, missing: missing, steps: steps)
    }
    if needs.contains(.logProbabilities), unknownLogProbabilities > 0 {
      throw .logProbabilitiesMissing(
        problem: tree.problem.key, method: cell.descriptor.name, missing: unknownLogProbabilities, steps: steps)
    }
  }
}

extension RecordSummary {
  init(tree: TraceTree) {
    var byRecording = [Int](repeating: 0, count: tree.recordings.count)
    for recording in tree.rolloutRecording { byRecording[Int(recording)] += 1 }
    starts = tree.children(of: 0).reduce(0) { $0 + Int(tree.visits[$1]) }
    rollouts = tree.rollouts.count
    rolloutsByRecording = byRecording
    greedyRollouts = zip(byRecording, tree.recordings).reduce(0) { $0 + ($1.1.temperature == 0 ? $1.0 : 0) }
  }
}

extension PathScores {
  /// Scores of methods that read none: all equal.
  static func none(nodes: Int) -> PathScores {
    let zeros = [Double](repeating: 0, count: nodes)
    return PathScores(
      aggregation: .last, scale: .unbounded, step: zeros, stepLogarithm: [], score: zeros, rank: zeros, fold: .last,
      windowWidth: 0)
  }
}
