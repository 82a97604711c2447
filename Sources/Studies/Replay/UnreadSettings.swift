import Replay
import Traces

/// Finds the settings of a request that none of its methods reads: no option is accepted and ignored.
///
/// A value that holds anyway may be spelt out: it is what the user gets.
struct UnreadSettings {
  let request: ReplayRequest
  let cells: [MethodCell]
  /// The aggregation that holds unless another is named.
  let standard: Aggregation

  /// Refuses the first setting that would change nothing.
  ///
  /// - Throws: `StudyError.unread` or `.noFLOPs` by the name of the setting on the command line.
  func check() throws(StudyError) {
    for (setting, text) in given where !cells.contains(where: { $0.reads(setting) }) {
      throw .unread(setting: text, methods: methods, doing: setting.readerDoes, readers: readers(of: setting))
    }
    try checkParameters()
  }

  private var methods: [String] {
    var seen: Set<String> = []
    return cells.map(\.descriptor.name).filter { seen.insert($0).inserted }
  }

  private func readers(of setting: SharedSetting) -> [String] {
    MethodRegistry.readers(of: setting).filter { !methods.contains($0) }
  }

  /// What was asked for beside what holds anyway, as the command line spells it.
  private var given: [(SharedSetting, String)] {
    var given: [(SharedSetting, String)] = []
    let usual = [standard.name, Aggregation.last.name]
    if request.aggregations.contains(where: { !usual.contains($0) }) || request.aggregations.count > 1 {
      given.append((.aggregation, "--aggregate " + request.aggregations.joined(separator: ",")))
    }
    if let scorer = request.scorer { given.append((.scorer, "--scorer " + scorer)) }
    if let policy = request.continuation, policy != ContinuationPolicy.matched.name {
      given.append((.continuation, "--continuation " + policy))
    }
    for option in request.options where ReplayRequest.isOfRecord(option) && option.value != "true" {
      given.append((.mergePrefixes, "--set mergePrefixes=" + option.value))
    }
    return given
  }

  /// Parameter counts serve FLOPs, which need those of all models that a method runs.
  private func checkParameters() throws(StudyError) {
    let asking = cells.contains { $0.reading != .none }
    if request.scorerParameters != nil, !asking {
      throw .unread(
        setting: "--scorer-parameters", methods: methods, doing: "asks the scorer", readers: readers(of: .aggregation))
    }
    if request.scorerParameters != nil, request.generatorParameters == nil {
      throw .noFLOPs(given: "--scorer-parameters", missing: "--generator-parameters", methods: methods)
    }
    let isAlone = cells.allSatisfy { $0.reading != .none }
    if request.generatorParameters != nil, request.scorerParameters == nil, isAlone {
      throw .noFLOPs(given: "--generator-parameters", missing: "--scorer-parameters", methods: methods)
    }
  }
}
