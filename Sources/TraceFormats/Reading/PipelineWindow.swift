import Dispatch
import Synchronization

/// The inputs of a pipeline that are under way, in their order: as many as memory allows, however slow delivery is.
final class PipelineWindow<Output: Sendable>: Sendable {
  /// An input under way.
  final class Place: Sendable {
    /// What the input weighs, in bytes.
    let weight: Int
    private let outcome = Mutex<Result<Output, any Error>?>(nil)
    private let done = DispatchSemaphore(value: 0)

    fileprivate init(weight: Int) { self.weight = weight }

    /// Gives the result, once.
    func fulfil(_ result: Result<Output, any Error>) {
      outcome.withLock { $0 = result }
      done.signal()
    }

    /// The result, to be taken once; waits for it.
    func result() throws -> Output? {
      done.wait()
      return try outcome.withLock { result in
        defer { result = nil }
        return try result?.get()
      }
    }
  }

  private struct State {
    /// Those that nobody has asked for.
    var places: [Place] = []
    /// The number of all, delivered ones not counted.
    var count = 0
    /// How many of them nobody works on yet.
    var waiting = 0
    var weight = 0
    var failure: (any Error)?
    var isClosed = false
  }

  private let state = Mutex(State())
  private let capacity: Int
  private let mostWaiting: Int
  private let weightLimit: Int
  /// Signalled whenever an input comes, or the end.
  private let arrivals = DispatchSemaphore(value: 0)
  /// Signalled whenever an input leaves or is begun.
  private let departures = DispatchSemaphore(value: 0)

  /// - Parameters:
  ///   - capacity: How many inputs may be under way.
  ///   - mostWaiting: How many of them may wait for somebody to work on them: memory for more is better used for results.
  ///   - weightLimit: The sum of their weights from which on no other one comes.
  init(capacity: Int, mostWaiting: Int, weightLimit: Int) {
    self.capacity = capacity
    self.mostWaiting = mostWaiting
    self.weightLimit = weightLimit
  }

  /// Waits until another input may come; `false` where nobody wants any.
  func waitForRoom() -> Bool {
    while true {
      let (isClosed, hasRoom) = state.withLock { state in
        (
          state.isClosed,
          state.count < capacity && state.waiting < mostWaiting
            && (state.count == 0 || state.weight < weightLimit)
        )
      }
      if isClosed { return false }
      if hasRoom { return true }
      departures.wait()
    }
  }

  /// Adds an input.
  func enter(weight: Int) -> Place {
    let place = Place(weight: weight)
    state.withLock { state in
      state.places.append(place)
      state.count += 1
      state.waiting += 1
      state.weight += weight
    }
    arrivals.signal()
    return place
  }

  /// Says that somebody has begun to work on an input.
  func begin() {
    state.withLock { $0.waiting -= 1 }
    departures.signal()
  }

  /// Says that no more inputs come, and why.
  func end(with failure: (any Error)?) {
    state.withLock { $0.failure = failure }
    arrivals.signal()
  }

  /// The oldest input that was not asked for yet, or `nil` after the last; waits for one.
  ///
  /// - Throws: What ended the inputs.
  func oldest() throws -> Place? {
    arrivals.wait()
    return try state.withLock { state in
      if !state.places.isEmpty { return state.places.removeFirst() }
      if let failure = state.failure { throw failure }
      return nil
    }
  }

  /// Makes room after an input was delivered.
  func leave(_ place: Place) {
    state.withLock { state in
      state.count -= 1
      state.weight -= place.weight
    }
    departures.signal()
  }

  /// Says that nobody wants more inputs.
  func close() {
    state.withLock { $0.isClosed = true }
    departures.signal()
  }
}
