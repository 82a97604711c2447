import Traces

/// What a user asks of a fidelity study: recorded online runs and how to replay beside them; or of a self-check, without
/// any.
public struct FidelityRequest: Sendable {
  /// Files of online runs, each as `OnlineRunFile` reads them.
  public var onlineFiles: [String]
  /// Scorer, recordings, options, preset, slice, replicates, seed and threads of the replay. Its methods, aggregations
  /// and budgets select among those of the online runs, all where they are empty.
  public var replay = ReplayRequest()
  /// The only methods to compare; empty for all that the files hold.
  public var methods: [String] = []
  /// The only aggregations to compare; empty for all that the files hold.
  public var aggregations: [String] = []
  /// The only budgets to compare; `nil` for all that the files hold.
  public var budgets: BudgetList?
  /// Continuation policies by name; empty for all of them.
  public var policies: [String] = []
  /// How many recordings of the fitted model a self-check replays; `nil` for as many as a small error takes.
  public var modelRecordings: Int?
  /// Whether the store keeps the biases, so that later replays carry them.
  public var saves = true

  /// Creates a request with the standard settings; without files it is for a self-check.
  public init(onlineFiles: [String] = []) {
    self.onlineFiles = onlineFiles
  }
}
