import Replay

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
  /// - Throws: `ReplayError` for an unknown method; `ComparisonError.unusedSetting` for a setting of the side that its
  ///   method does not read.
  func replay(of side: MethodChoice) throws -> ReplayRequest {
    let descriptor = try MethodRegistry.descriptor(named: side.method)
    try Self.check(side, descriptor)
    var request = shared
    request.methods = [side.method]
    if let aggregate = side.aggregate { request.aggregations = [aggregate] }
    if let scorer = side.scorer { request.scorer = scorer }
    if let preset = side["preset"] { request.preset = preset }
    if let continuation = side["continuation"] { request.continuation = continuation }
    if let recording = side["recording"] { request.recordings = [recording] }
    request.options = sharedOptions(of: descriptor) + side.settings.filter { !Self.generalKeys.contains($0.key) }
    return request
  }

  /// Keys that are no options of methods.
  static let generalKeys: Set<String> = ["preset", "continuation", "recording"]

  /// The shared options that concern one side: those that its method has. What no side has stays with both, so that it
  /// is refused there by name.
  private func sharedOptions(of descriptor: MethodDescriptor) -> [ReplayRequest.Option] {
    let methods = [left, right].map(\.method)
    return shared.options.filter { option in
      if let method = option.method { return method == descriptor.name || !methods.contains(method) }
      let takers = methods.filter { Self.takes(option.key, method: $0) }
      return takers.isEmpty || takers.contains(descriptor.name)
    }
  }

  private static func takes(_ key: String, method: String) -> Bool {
    guard key != "mergePrefixes" else { return true }
    let descriptor = try? MethodRegistry.descriptor(named: method)
    return descriptor?.options.contains { $0.name == key } ?? false
  }

  /// A side's own settings must mean something for its method.
  private static func check(_ side: MethodChoice, _ descriptor: MethodDescriptor) throws(ComparisonError) {
    if !descriptor.needs.contains(.scores) {
      let reason = "\(descriptor.name) reads no scores"
      if let aggregate = side.aggregate { throw .unusedSetting(side.text, setting: ":" + aggregate, reason: reason) }
      if let scorer = side.scorer { throw .unusedSetting(side.text, setting: "@" + scorer, reason: reason) }
    }
    guard descriptor.source == .rollouts else { return }
    for setting in side.settings where ["continuation", "mergePrefixes"].contains(setting.key) {
      throw .unusedSetting(
        side.text, setting: setting.key, reason: "\(descriptor.name) chooses among complete rollouts")
    }
  }
}
