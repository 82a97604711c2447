import Replay
import Traces

/// What a user asks to be compared: two sides, and the settings that hold for both unless a side has its own.
public struct ComparisonRequest: Sendable {
  /// The first side.
  public var left: MethodChoice
  /// The second side, the baseline of the scaling rates.
  public var right: MethodChoice
  /// The settings of both; its methods are not read.
  public var shared: ReplayRequest

  /// Creates a request.
  public init(left: MethodChoice, right: MethodChoice, shared: ReplayRequest) {
    self.left = left
    self.right = right
    self.shared = shared
  }

  /// The replay of one side.
  ///
  /// - Throws: `ReplayError` for an unknown method, option or preset; `ComparisonError.unusedSetting` for a setting of the
  ///   side that its method does not read.
  func replay(of side: MethodChoice) throws -> ReplayRequest {
    let descriptor = try MethodRegistry.descriptor(named: side.method)
    let settings = try settings(of: side, descriptor)
    try Self.check(side, descriptor, settings)
    var request = shared
    request.methods = [side.method]
    if !takes(.aggregation, side, descriptor, settings) { request.aggregations = side.aggregate.map { [$0] } ?? [] }
    if !takes(.scorer, side, descriptor, settings) { request.scorer = side.scorer }
    if !takes(.continuation, side, descriptor, settings) { request.continuation = side["continuation"] }
    if let preset = side["preset"] { request.preset = preset }
    if let recording = side["recording"] { request.recordings = [recording] }
    request.options =
      sharedOptions(of: side, descriptor, settings) + side.settings.filter { !Self.generalKeys.contains($0.key) }
    return request
  }

  /// Refuses shared settings that neither side takes: each has its own, or a method that does not read them.
  ///
  /// - Parameter onlyScorer: The store's scorer where it has one only, which may be named everywhere.
  /// - Throws: `ComparisonError.unusedShared`.
  func checkShared(onlyScorer: String?) throws {
    for (setting, text) in given(onlyScorer: onlyScorer) {
      let isTaken = try [left, right].contains { side in
        let descriptor = try MethodRegistry.descriptor(named: side.method)
        return takes(setting, side, descriptor, try settings(of: side, descriptor))
      }
      if !isTaken {
        let own = setting == .mergePrefixes ? "of its own" : "of its own or one that it does not read"
        throw ComparisonError.unusedShared(text, reason: "each side has a setting \(own)")
      }
    }
    for (key, value) in [("preset", shared.preset), ("recording", shared.recordings.first)] {
      guard let value, left[key] != nil, right[key] != nil else { continue }
      throw ComparisonError.unusedShared("--\(key) \(value)", reason: "each side has its own \(key)")
    }
    for option in shared.options where !ReplayRequest.isOfRecord(option) {
      let takers = [left, right].filter { side in
        option.method.map { $0 == side.method } ?? Self.hasOption(option.key, method: side.method)
      }
      if !takers.isEmpty, takers.allSatisfy({ $0[option.key] != nil }) {
        let name = (option.method.map { $0 + "." } ?? "") + option.key
        throw ComparisonError.unusedShared(
          "--set \(name)=\(option.value)", reason: "each side that has this option sets its own")
      }
    }
  }

  /// Keys that are no options of methods.
  static let generalKeys: Set<String> = ["preset", "continuation", "recording"]

  /// The shared settings beside what holds anyway, as the command line spells them.
  private func given(onlyScorer: String?) -> [(SharedSetting, String)] {
    var given: [(SharedSetting, String)] = []
    if let name = shared.aggregations.first, name != Aggregation.last.name {
      given.append((.aggregation, "--aggregate " + name))
    }
    if let name = shared.scorer, name != onlyScorer { given.append((.scorer, "--scorer " + name)) }
    if let name = shared.continuation, name != ContinuationPolicy.matched.name {
      given.append((.continuation, "--continuation " + name))
    }
    for option in shared.options where ReplayRequest.isOfRecord(option) && option.value != "true" {
      given.append((.mergePrefixes, "--set mergePrefixes=" + option.value))
    }
    return given
  }

  /// Whether a side takes a shared setting: its method reads it, and the side has none of its own.
  private func takes(
    _ setting: SharedSetting, _ side: MethodChoice, _ descriptor: MethodDescriptor, _ settings: MethodSettings
  ) -> Bool {
    let own =
      switch setting {
      case .aggregation: side.aggregate
      case .scorer: side.scorer
      case .continuation: side["continuation"]
      case .mergePrefixes: side["mergePrefixes"]
      }
    return own == nil && descriptor.reads(setting, settings)
  }

  /// A side's method options, its own and the shared ones, resolved.
  private func settings(of side: MethodChoice, _ descriptor: MethodDescriptor) throws -> MethodSettings {
    var request = shared
    request.options = shared.options.filter { side[$0.key] == nil }
    request.options += side.settings.filter { !Self.generalKeys.contains($0.key) }
    var options = request.options(of: descriptor)
    options["donors"] = nil
    return try MethodSettings(descriptor, preset: side["preset"] ?? shared.preset, options: options)
  }

  /// The shared options that concern one side: those that its method has and it does not set itself. What no side has
  /// stays with both, so that it is refused there by name.
  private func sharedOptions(
    of side: MethodChoice, _ descriptor: MethodDescriptor, _ settings: MethodSettings
  ) -> [ReplayRequest.Option] {
    let methods = [left, right].map(\.method)
    return shared.options.filter { option in
      if ReplayRequest.isOfRecord(option) { return takes(.mergePrefixes, side, descriptor, settings) }
      let isOwn = side[option.key] != nil
      if let method = option.method { return method == descriptor.name ? !isOwn : !methods.contains(method) }
      let takers = methods.filter { Self.hasOption(option.key, method: $0) }
      let isTaken = takers.contains(descriptor.name) && !shared.hasOwn(option.key, method: descriptor.name)
      return takers.isEmpty || (isTaken && !isOwn)
    }
  }

  private static func hasOption(_ key: String, method: String) -> Bool {
    let descriptor = try? MethodRegistry.descriptor(named: method)
    return descriptor?.options.contains { $0.name == key } ?? false
  }

  /// A side's own settings must mean something for its method.
  private static func check(
    _ side: MethodChoice, _ descriptor: MethodDescriptor, _ settings: MethodSettings
  ) throws(ComparisonError) {
    if let aggregate = side.aggregate, !descriptor.reads(.aggregation, settings) {
      throw .unusedSetting(side.text, setting: ":" + aggregate, reason: "\(descriptor.name) reads no scores")
    }
    if let scorer = side.scorer, !descriptor.reads(.scorer, settings) {
      let reads = descriptor.reads(.aggregation, settings) ? "asks all scorers" : "reads no scores"
      throw .unusedSetting(side.text, setting: "@" + scorer, reason: "\(descriptor.name) \(reads)")
    }
    for (key, setting) in [("continuation", SharedSetting.continuation), ("mergePrefixes", .mergePrefixes)] {
      guard side[key] != nil, !descriptor.reads(setting, settings) else { continue }
      throw .unusedSetting(
        side.text, setting: key, reason: "\(descriptor.name) chooses among complete rollouts")
    }
  }
}
