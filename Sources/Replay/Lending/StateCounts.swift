/// How often a problem's paths moved from state to state, and how often they ended right in each.
struct StateCounts: Sendable {
  let states: Int
  /// Moves, row by row.
  private(set) var moves: [Double]
  /// Ends in each state.
  private(set) var ends: [Double]
  /// The right ones of them.
  private(set) var right: [Double]

  init(states: Int) {
    self.states = states
    moves = Array(repeating: 0, count: states * states)
    ends = Array(repeating: 0, count: states)
    right = Array(repeating: 0, count: states)
  }

  mutating func note(from: UInt8, to: UInt8, times: Double = 1) { moves[Int(from) * states + Int(to)] += times }

  mutating func noteEnd(in state: UInt8, isRight: Bool, times: Double = 1) {
    ends[Int(state)] += times
    if isRight { right[Int(state)] += times }
  }

  /// The moves from a state.
  func row(_ state: Int) -> [Double] { Array(moves[state * states..<(state + 1) * states]) }

  /// The right and the other ends in a state.
  func outcomes(_ state: Int) -> [Double] { [right[state], ends[state] - right[state]] }
}
