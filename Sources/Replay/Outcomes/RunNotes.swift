/// What a traced run notes beside its outcome.
struct RunNotes: Sendable {
  /// The candidates after each joint move.
  var levels: [[Candidate]] = []
  /// The node of every draw that found no recorded continuation of its own.
  var lacking: [Int32] = []
}
