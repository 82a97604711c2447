import Traces

/// What a run has spent and where its continuations came from.
struct RunTally: Sendable {
  var coverage = Coverage()
  var generations = 0
  var tokens = 0
  var scorerCalls = 0
  var scorerTokens = 0
  /// Look-aheads that found a recorded successor, and those that found none.
  var lookAheads = 0
  var missedLookAheads = 0
  var isRefused = false
}
