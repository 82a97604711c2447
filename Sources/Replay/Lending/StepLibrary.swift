import Traces

/// Steps of all problems, by the hidden states before and after them: what problems lend one another.
///
/// Where a run has used up all prefixes of a state that its own problem recorded, the next ones would repeat themselves.
/// A lent step stands in for the one that the model would generate: the state that it leads to is drawn by the borrower's
/// own law (`SharedLaw`: what its paths did, completed by what those of other problems did), its score and its length are
/// those of a step that another problem made between the same states, at a depth as near as possible. One step is lent,
/// not what came after it: from there on the borrower's own record goes first again.
///
/// The order of steps is one without meaning, so what is lent does not depend on the order of problems.
public struct StepLibrary: Sendable {
  /// How many prefixes of a depth and a state a problem has, its own and lent ones together.
  static let room = 64
  /// How many steps of each depth between the same states are kept.
  private static let kept = 64

  private let states: Int
  private let transitions: [SharedLaw]
  private let outcomes: [SharedLaw]
  /// By state before, state after, whether the path ends, and depth.
  private var shelves: [[StatedMove]]
  private let depths: Int

  /// Collects what problems can lend.
  ///
  /// - Parameters:
  ///   - problems: The steps of each problem.
  ///   - model: The model that their states were drawn from.
  /// - Complexity: O(n log n) in the number of steps.
  init(_ problems: [StatedSteps], model: LatentStateModel) {
    let states = model.stateCount
    self.states = states
    transitions = (0..<states).map { state in
      SharedLaw(
        mean: Array(model.transition[state * states..<(state + 1) * states]),
        counts: problems.map { $0.counts.row(state) })
    }
    outcomes = (0..<states).map { state in
      let right = model.rightProbability[state]
      return SharedLaw(mean: [right, 1 - right], counts: problems.map { $0.counts.outcomes(state) })
    }
    depths = Int(problems.lazy.flatMap { $0.moves.lazy.map(\.depth) }.max() ?? 0) + 1
    shelves = Array(repeating: [], count: states * states * 2 * depths)
    for place in Self.shuffled(problems) {
      let move = problems[Int(place.problem)].moves[Int(place.move)]
      let shelf = firstShelf(from: Int(move.from), to: Int(move.to), isEnd: move.isEnd) + Int(move.depth)
      if shelves[shelf].count < Self.kept { shelves[shelf].append(move) }
    }
  }

  /// All steps in an order that is fixed and says nothing, as indices of problems and of their moves.
  private static func shuffled(_ problems: [StatedSteps]) -> [(problem: Int32, move: Int32)] {
    var all: [(hash: UInt64, problem: Int32, move: Int32)] = []
    all.reserveCapacity(problems.reduce(0) { $0 + $1.moves.count })
    for (number, problem) in problems.enumerated() {
      var hash = StableHash()
      hash.combine(problem.problem)
      for index in problem.moves.indices {
        var own = hash
        own.combine(UInt64(index))
        all.append((own.value, Int32(number), Int32(index)))
      }
    }
    return all.sorted { $0.hash < $1.hash }.map { ($0.problem, $0.move) }
  }

  /// The shelf of depth 0 of the steps between two states; those of the other depths follow.
  private func firstShelf(from: Int, to: Int, isEnd: Bool) -> Int {
    ((from * states + to) * 2 + (isEnd ? 1 : 0)) * depths
  }

  /// What a problem borrows: for each depth and state as many prefixes with a step after each as its own are short of
  /// `room`.
  ///
  /// - Parameters:
  ///   - borrower: The problem's tree with a drawing of its states.
  ///   - model: The model.
  ///   - scale: The scale of the scores.
  ///   - stream: Random numbers of this problem's loans.
  func lend(
    to borrower: Borrower, model: LatentStateModel, scale: ScoreScale, using stream: inout RandomStream
  ) -> LentSteps {
    var lent = LentSteps(borrower: borrower.tree, model: model, scale: scale)
    let laws = transitions.indices.map { transitions[$0].law(given: borrower.counts.row($0)) }
    let right = outcomes.indices.map { outcomes[$0].law(given: borrower.counts.outcomes($0))[0] }
    for depth in 1..<max(borrower.tree.maximumDepth, 1) {
      for state in 0..<states {
        for _ in 0..<max(0, Self.room - borrower.owned[depth * states + state]) {
          let isEnd = stream.uniform() < borrower.endings[depth + 1]
          let next = stream.index(below: states) { laws[state][$0] }
          guard let move = step(from: state, to: next, isEnd: isEnd, depth: depth + 1, using: &stream) else { continue }
          let isRight = isEnd && stream.uniform() < right[next]
          lent.append(move, depth: depth + 1, isEnd: isEnd, isRight: isRight)
        }
      }
    }
    return lent
  }

  /// Any step between two states, of the nearest depth that has some; where none is recorded for an end, one that went on,
  /// and the other way round.
  private func step(
    from: Int, to: Int, isEnd: Bool, depth: Int, using stream: inout RandomStream
  ) -> StatedMove? {
    for isEnd in [isEnd, !isEnd] {
      let first = firstShelf(from: from, to: to, isEnd: isEnd)
      for distance in 0..<depths {
        for near in distance == 0 ? [depth] : [depth - distance, depth + distance] where near >= 0 && near < depths {
          let places = shelves[first + near]
          if !places.isEmpty { return places[stream.below(places.count)] }
        }
      }
    }
    return nil
  }
}

extension LatentStateModel {
  /// The model with the steps that problems lend one another.
  ///
  /// - Parameter problems: The steps of each problem, their states drawn from this model.
  public func lending(_ problems: [StatedSteps]) -> LatentStateModel {
    var model = self
    model.library = stateCount > 1 ? StepLibrary(problems, model: self) : nil
    return model
  }
}
