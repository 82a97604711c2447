import Replay
import TraceStore
import Traces

/// The replays that a fidelity study makes: one for each method, aggregation and policy, at the budgets run online.
struct FidelityPlan {
  /// One replay.
  struct Part {
    var method: String
    var aggregate: String
    /// `nil` for methods that select among whole rollouts: no policy concerns them.
    var policy: ContinuationPolicy?
    var request: ReplayRequest
  }

  let parts: [Part]
  let policies: [ContinuationPolicy]
  let mergesPrefixes: Bool
  /// The fewest draws from the prompt that a problem has, by the name of the group of recordings.
  let recorded: [ExactText: Int]
  /// What was decided for the user.
  let notices: [String]

  /// Plans a study.
  ///
  /// - Throws: `ReplayError` for policies, methods and options that do not exist; `StudyError` for other names, and
  ///   where the files hold nothing that was asked for.
  init(_ request: FidelityRequest, online: OnlineRecord, problems: Set<ExactText>, store: TraceStore) throws {
    policies = try Self.policies(request.policies)
    for method in request.methods { _ = try MethodRegistry.descriptor(named: method) }
    for aggregation in request.aggregations { _ = try StudyCells.aggregation(aggregation) }
    let settings = online.settings.filter { setting in
      (request.methods.isEmpty || request.methods.contains(setting.method))
        && (request.aggregations.isEmpty || setting.aggregate.isEmpty
          || request.aggregations.contains(setting.aggregate))
        && (request.budgets?.values.contains(setting.budget) ?? true)
        && online.tallies[setting]?.keys.contains(where: problems.contains) == true
    }
    guard !settings.isEmpty else { throw StudyError.nothingToReplay(Self.emptyText(online)) }
    let choice = try RecordingChoice(request.replay, store: store)
    notices = choice.notices + Self.absent(request, settings)
    var base = request.replay
    base.recordings = choice.names
    base.problems = Set(settings.flatMap { online.tallies[$0]?.keys.map { $0 } ?? [] }).intersection(problems)
    recorded = try choice.recordedStarts(of: base.problems ?? [], in: store)
    mergesPrefixes = try Self.checkOptions(of: base, request, methods: settings.map(\.method), store: store)
    parts = try Self.parts(settings, base: base, policies: policies)
  }

  /// The policies with some names, each once; all of them without.
  static func policies(_ names: [String]) throws(ReplayError) -> [ContinuationPolicy] {
    var policies: [ContinuationPolicy] = []
    for name in names.isEmpty ? ContinuationPolicy.names : names {
      let policy = try ContinuationPolicy(name: name)
      if !policies.contains(policy) { policies.append(policy) }
    }
    return policies
  }

  /// What was asked for and no online run has.
  private static func absent(_ request: FidelityRequest, _ settings: [OnlineRecord.Setting]) -> [String] {
    let methods = request.methods.filter { name in !settings.contains { $0.method == name } }
    let aggregations = request.aggregations.filter { name in !settings.contains { $0.aggregate == name } }
    return (methods.map { "method \($0)" } + aggregations.map { "aggregation \($0)" }).map {
      "\($0): no online run fits, so there is nothing to compare with"
    }
  }

  private static func emptyText(_ online: OnlineRecord) -> String {
    let known = online.settings.map { "\($0.method) \($0.aggregate) at N = \($0.budget)" }
    return "no online run fits what was asked for; the files hold "
      + (known.isEmpty ? "no runs" : known.joined(separator: ", "))
  }

  /// Checks all options against all methods at once; each replay then gets those of its own method.
  private static func checkOptions(
    of base: ReplayRequest, _ request: FidelityRequest, methods: [String], store: TraceStore
  ) throws -> Bool {
    var whole = base
    whole.methods = Set(methods).sorted()
    whole.aggregations = request.aggregations
    whole.continuation = request.policies.first
    if Set(try store.scorers().map(\.column.scorer)).count == 1 { whole.scorer = nil }
    let cells = try StudyCells(request: whole, recordings: try store.recordings().map(\.recording), hasStepScores: true)
    return try cells.all().allSatisfy(\.mergesPrefixes)
  }

  private static func parts(
    _ settings: [OnlineRecord.Setting], base: ReplayRequest, policies: [ContinuationPolicy]
  ) throws -> [Part] {
    var parts: [Part] = []
    var done: Set<[String]> = []
    for setting in settings where done.insert([setting.method, setting.aggregate]).inserted {
      let budgets = settings.filter { ($0.method, $0.aggregate) == (setting.method, setting.aggregate) }.map(\.budget)
      let descriptor = MethodRegistry.methods.first { $0.name == setting.method }
      var request = base
      request.aggregations = setting.aggregate.isEmpty ? [] : [setting.aggregate]
      request = try request.alone(setting.method)
      request.comparesPolicies = false
      request.budgets = BudgetList(budgets)
      let concerned: [ContinuationPolicy?] = descriptor?.source == .steps ? policies : [nil]
      for policy in concerned {
        request.continuation = policy?.name
        parts.append(
          Part(method: setting.method, aggregate: setting.aggregate, policy: policy, request: request))
      }
    }
    return parts
  }
}
