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
    let merging = request.options.last(where: ReplayRequest.isOfRecord)?.value
    guard let value = Bool(merging ?? "true") else {
      throw ReplayError.unacceptableValue(
        merging ?? "", option: "mergePrefixes", method: "replay", expected: "true or false", words: ["true", "false"])
    }
    mergesPrefixes = value
  }

  /// All cells: groups of recordings, methods, aggregations, in this order.
  ///
  /// - Throws: `ReplayError` for unknown methods, options, presets and policies; `StudyError` for unknown recordings
  ///   and aggregations, and for settings that no method reads.
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
    try UnreadSettings(request: request, cells: cells.map(\.method), standard: standardAggregation).check()
    return cells
  }

  private func cells(_ method: String, _ aggregations: [Aggregation], _ group: RecordingGroup) throws -> [StudyCell] {
    let policy = try request.continuation.map { name throws(ReplayError) in try ContinuationPolicy(name: name) }
    let descriptor = try MethodRegistry.descriptor(named: method)
    let cells = try aggregations.map { aggregation in
      let cell = try MethodCell(
        method: method, preset: request.preset, aggregation: aggregation, scorer: request.scorer,
        options: request.options(of: descriptor), continuation: policy ?? standardPolicy(group))
      return StudyCell(
        method: cell, group: self.group(for: cell, standard: group),
        mergesPrefixes: mergesPrefixes || !cell.reads(.mergePrefixes))
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

  private var standardAggregation: Aggregation { hasStepScores ? .last : .model }

  private func aggregations() throws -> [Aggregation] {
    guard !request.aggregations.isEmpty else { return [standardAggregation] }
    return try request.aggregations.map { name in try Self.aggregation(name) }
  }

  /// The aggregation with a name.
  ///
  /// - Throws: `StudyError.unknownAggregation` where there is none.
  static func aggregation(_ name: String) throws(StudyError) -> Aggregation {
    guard let aggregation = Aggregation(name: name) else {
      throw .unknownAggregation(name, known: Aggregation.names)
    }
    return aggregation
  }

  /// No option is accepted and ignored: each must be one of a method that is replayed.
  private func checkOptions(of methods: [String]) throws {
    let descriptors = try methods.map { name throws(ReplayError) in try MethodRegistry.descriptor(named: name) }
    try checkRepetitions(descriptors)
    for option in request.options where !ReplayRequest.isOfRecord(option) {
      if let method = option.method, !methods.contains(method) {
        throw ReplayError.unknownMethod(method, known: methods)
      }
      let concerned = descriptors.filter { option.method == nil || option.method == $0.name }
      let known = Set(concerned.flatMap { $0.options.map(\.name) })
      guard known.contains(option.key) else {
        throw unknown(option, concerned)
      }
    }
  }

  /// The refusal of an option that none of the methods has, with those that they have under the request's preset.
  private func unknown(_ option: ReplayRequest.Option, _ methods: [MethodDescriptor]) -> ReplayError {
    var known = Set(methods.flatMap { $0.settableOptions(preset: request.preset) })
    let merging = MethodRegistry.readers(of: .mergePrefixes)
    if option.method == nil, methods.contains(where: { merging.contains($0.name) }) { known.insert("mergePrefixes") }
    return .unknownOption(
      option.key, method: methods.map(\.name).joined(separator: ", "), preset: request.preset, known: known.sorted())
  }

  /// Each option must reach a method: not be set again, nor be set for every method that has it by name.
  private func checkRepetitions(_ descriptors: [MethodDescriptor]) throws(StudyError) {
    var seen: Set<[String?]> = []
    for option in request.options {
      let name = (option.method.map { $0 + "." } ?? "") + option.key
      guard seen.insert([option.method, option.key]).inserted else {
        throw .repeatedOption(name, reason: "it is set twice; set it once")
      }
    }
    for option in request.options where option.method == nil {
      let takers = descriptors.filter { $0.options.contains { $0.name == option.key } }.map(\.name)
      guard !takers.isEmpty, takers.allSatisfy({ seen.contains([$0, option.key]) }) else { continue }
      throw .repeatedOption(
        "\(option.key)=\(option.value)", reason: "\(takers.joined(separator: ", ")) has its own; leave it out")
    }
  }
}
