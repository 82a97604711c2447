import Traces

/// What a run has spent and where its continuations came from.
struct RunTally: Sendable {
  var coverage = Coverage()
  var generations = 0
  var tokens = 0
  var scorerCalls = 0
  var scorerTokens = 0
  var isRefused = false
}
