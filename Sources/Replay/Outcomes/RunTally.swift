import Traces

/// What a run has spent and where its continuations came from.
struct RunTally: Sendable {
  var coverage = Coverage()
  var generations = 0
  /// Partial paths that a tree search drew continuations after; 0 for other methods.
  var expansions = 0
  var tokens = 0
  var scorerCalls = 0
  var scorerTokens = 0
  var isRefused = false
}
