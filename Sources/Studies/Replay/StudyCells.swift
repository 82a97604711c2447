import Replay
import Traces

/// Turns the names of a request into the cells to compute.
struct StudyCells {
  private let request: ReplayRequest
  private let recordings: [Recording]
  private let hasStepScores: Bool
  private let mergesPrefixes: Bool

  /// The methods that are replayed unless others are named.
  static let standardMethods = ["pf", "beam", "dvts", "wbon", "bon", "majority", "pass"]

  /// - Parameters:
  ///   - request: The names.
  ///   - recordings: The store's recordings.
  ///   - hasStepScores: Whether the scorer has a step channel; `last` is the standard aggregation where it has, `model`
  ///     where it has a prefix channel only.
  /// - Throws: `ReplayError` for a value that `mergePrefixes` does not take.
  init(request: ReplayRequest, recordings: [Recording], hasStepScores: Bool) throws {
    self.request = request
    self.recordings = recordings
    self.hasStepScores = hasStepScores
    let merging = request.options.last { $0.method == nil && $0.key == "mergePrefixes" }?.value
    guard let value = Bool(merging ?? "true") else {
      throw ReplayError.unacceptableValue(
        merging ?? "", option: "mergePrefixes", method: "replay", expected: "true or false")
    }
    mergesPrefixes = value
  }

  /// All cells: groups of recordings, methods, aggregations, in this order.
  ///
  /// - Throws: `ReplayError` for unknown methods, options, presets and policies; `StudyError` for unknown recordings
  ///   and aggregations.
  func all() throws -> [StudyCell] {
    let methods = request.methods.isEmpty ? Self.standardMethods : request.methods
    try checkOptions(of: methods)
    let aggregations = try aggregations()
    var cells: [StudyCell] = []
    for group in try RecordingGroup.groups(named: request.recordings, known: recordings) {
      for method in methods {
        let cellsOfMethod = try self.cells(method, aggregations, group)
        cells += cellsOfMethod.filter { cell in
          !cells.contains {
            $0.group == cell.group && $0.method.canonicalText == cell.method.canonicalText
              && $0.method.descriptor.name == cell.method.descriptor.name
          }
        }
      }
    }
    return cells
  }

  private func cells(_ method: String, _ aggregations: [Aggregation], _ group: RecordingGroup) throws -> [StudyCell] {
    let policy = try request.continuation.map { name throws(ReplayError) in try ContinuationPolicy(name: name) }
    let descriptor = try MethodRegistry.descriptor(named: method)
    let cells = try aggregations.map { aggregation in
      let cell = try MethodCell(
        method: method, preset: request.preset, aggregation: aggregation, scorer: request.scorer,
        options: options(for: descriptor), continuation: policy ?? standardPolicy(group))
      return StudyCell(method: cell, group: self.group(for: cell, standard: group), mergesPrefixes: mergesPrefixes)
    }
    return cells[0].readsScores ? cells : [cells[0]]
  }

  /// Methods that combine recordings, and the greedy rollout, read others than the group's unless the user named them.
  private func group(for cell: MethodCell, standard: RecordingGroup) -> RecordingGroup {
    guard request.recordings.isEmpty else { return standard }
    if cell.readsGreedyRollouts { return standard.joiningGreedy(recordings) }
    switch cell.descriptor.name {
    case "greedy": return RecordingGroup.greedy(recordings) ?? standard
    case "multiTemperature", "ensemble": return RecordingGroup.pooled(recordings)
    default: return standard
    }
  }

  /// Hidden states are learned from complete rollouts and their outcomes: trees of searches alone have none.
  private func standardPolicy(_ group: RecordingGroup) -> ContinuationPolicy {
    let sampled = recordings.filter { group.recordings.contains($0.name) && $0.sampling == .independent }
    return sampled.isEmpty ? .nearest : .matched
  }

  private func aggregations() throws -> [Aggregation] {
    guard !request.aggregations.isEmpty else { return [hasStepScores ? .last : .model] }
    return try request.aggregations.map { name in
      guard let aggregation = Aggregation(name: name) else {
        throw StudyError.unknownAggregation(name, known: Aggregation.names)
      }
      return aggregation
    }
  }

  /// The options that a method takes: those given for it by name, and of those given for all the ones that it has.
  private func options(for descriptor: MethodDescriptor) -> [String: String] {
    var options: [String: String] = [:]
    for option in request.options where option.key != "mergePrefixes" || option.method != nil {
      let isKnown = descriptor.options.contains { $0.name == option.key }
      if option.method == descriptor.name || (option.method == nil && isKnown) { options[option.key] = option.value }
    }
    return options
  }

  /// No option is accepted and ignored: each must be one of a method that is replayed.
  private func checkOptions(of methods: [String]) throws {
    let descriptors = try methods.map { name throws(ReplayError) in try MethodRegistry.descriptor(named: name) }
    for option in request.options where option.key != "mergePrefixes" || option.method != nil {
      if let method = option.method, !methods.contains(method) {
        throw ReplayError.unknownMethod(method, known: methods)
      }
      let concerned = descriptors.filter { option.method == nil || option.method == $0.name }
      let known = Set(concerned.flatMap { $0.options.map(\.name) })
      guard known.contains(option.key) else {
        throw ReplayError.unknownOption(
          option.key, method: concerned.map(\.name).joined(separator: ", "),
          known: (known.union(["mergePrefixes"])).sorted())
      }
    }
  }
}
