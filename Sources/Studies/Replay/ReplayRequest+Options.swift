import Replay

extension ReplayRequest {
  /// Whether an option is about the record instead of a method.
  static func isOfRecord(_ option: Option) -> Bool { option.method == nil && option.key == "mergePrefixes" }

  /// The options that a method takes: of those given for all methods the ones that it has, and in their place those given
  /// for it by name.
  func options(of descriptor: MethodDescriptor) -> [String: String] {
    var taken: [String: String] = [:]
    for option in options where option.method == nil && !Self.isOfRecord(option) {
      if descriptor.options.contains(where: { $0.name == option.key }) { taken[option.key] = option.value }
    }
    for option in options where option.method == descriptor.name { taken[option.key] = option.value }
    return taken
  }

  /// Whether an option is set for a method by name.
  func hasOwn(_ key: String, method: String) -> Bool { options.contains { $0.method == method && $0.key == key } }

  /// The request for one of its methods alone, without what only others of them read.
  ///
  /// - Throws: `ReplayError` for a method, an option or a preset that does not exist.
  func alone(_ method: String) throws(ReplayError) -> ReplayRequest {
    let descriptor = try MethodRegistry.descriptor(named: method)
    let values = options(of: descriptor)
    // Which policies `donors` fits is checked where the policy is known; it decides about nothing here.
    let settings = try MethodSettings(descriptor, preset: preset, options: values.filter { $0.key != "donors" })
    var request = self
    request.methods = [method]
    request.options = options.filter { option in
      if Self.isOfRecord(option) { return descriptor.reads(.mergePrefixes, settings) }
      return option.method == method
        || option.method == nil && values[option.key] != nil && !hasOwn(option.key, method: method)
    }
    if !descriptor.reads(.aggregation, settings) { request.aggregations = [] }
    if !descriptor.reads(.scorer, settings) { request.scorer = nil }
    if !descriptor.reads(.continuation, settings) { request.continuation = nil }
    return request
  }
}
