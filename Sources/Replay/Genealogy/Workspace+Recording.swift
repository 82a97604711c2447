extension Workspace {
  /// Begins the record of a run, where one is asked for.
  @inline(__always)
  mutating func beginRecord() {
    if recorder != nil { recorder?.begin() }
  }

  /// Begins the record of one of several filters of a run, where a record is asked for.
  @inline(__always)
  mutating func beginRecord(_ sweep: @autoclosure () -> RunRecord.Sweep) {
    if recorder != nil { recorder?.begin(sweep()) }
  }

  /// Records the candidates after a draw, where a record is asked for.
  @inline(__always)
  mutating func recordDraws(count: Int) {
    guard recorder != nil else { return }
    let present = (0..<count).map { candidates[$0] }
    recorder?.noteDraws(present)
  }

  /// Records the candidates' weights, where a record is asked for.
  @inline(__always)
  mutating func recordWeights(count: Int) {
    guard recorder != nil else { return }
    let present = (0..<count).map { weights[$0] }
    recorder?.noteWeights(present)
  }

  /// Records which candidates were copied, where a record is asked for.
  @inline(__always)
  mutating func recordAncestors(count: Int) {
    guard recorder != nil else { return }
    let present = (0..<count).map { ancestors[$0] }
    recorder?.noteAncestors(present)
  }
}
