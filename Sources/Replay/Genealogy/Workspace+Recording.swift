extension Workspace {
  /// Begins the record of a run, where one is asked for.
  @inline(__always)
  mutating func beginRecord() {
    if recorder != nil { recorder?.begin() }
  }

  /// Records the candidates after a draw, where a record is asked for.
  @inline(__always)
  mutating func recordDraws(count: Int) {
    if recorder != nil { recorder?.noteDraws((0..<count).map { candidates[$0] }) }
  }

  /// Records the candidates' weights, where a record is asked for.
  @inline(__always)
  mutating func recordWeights(count: Int) {
    if recorder != nil { recorder?.noteWeights((0..<count).map { weights[$0] }) }
  }

  /// Records which candidates were copied, where a record is asked for.
  @inline(__always)
  mutating func recordAncestors(count: Int) {
    if recorder != nil { recorder?.noteAncestors((0..<count).map { ancestors[$0] }) }
  }
}
