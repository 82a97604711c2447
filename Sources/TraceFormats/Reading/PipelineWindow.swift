import Foundation

/// The inputs of a pipeline that are under way, in their order, and the threads that work on them.
///
/// As many are under way as memory allows, however slow delivery is. One monitor for all: whoever waits is woken by every
/// change and looks again.
final class PipelineWindow<Output: Sendable>: @unchecked Sendable {
  // Sendable, since everything that changes is only touched under the condition's lock.

  /// An input under way.
  final class Place: @unchecked Sendable {
    // Sendable, since the result belongs to the window.

    /// What the input weighs, in bytes.
    let weight: Int
    fileprivate var result: Result<Output, any Error>?

    fileprivate init(weight: Int) { self.weight = weight }
  }

  /// What the caller of the pipeline does next.
  enum Turn {
    /// Takes an input and works on it, as the other threads do.
    case work
    /// Delivers the oldest input's result.
    case deliver(Place, Result<Output, any Error>)
    /// Nothing, since all was delivered.
    case nothing
  }

  private let condition = NSCondition()
  private let capacity: Int
  private let weightLimit: Int
  /// Those that were not delivered.
  private var places: [Place] = []
  /// The number of all, the one that is delivered included.
  private var count = 0
  private var weight = 0
  private var isTaking = false
  /// Whether no more inputs come, or nobody wants any.
  private var hasEnded = false
  private var failure: (any Error)?

  /// - Parameters:
  ///   - capacity: How many inputs may be under way.
  ///   - weightLimit: The sum of their weights from which on no other one comes.
  init(capacity: Int, weightLimit: Int) {
    self.capacity = capacity
    self.weightLimit = weightLimit
  }

  /// Waits until the calling thread may take an input, which no other does meanwhile; `false` where there are no more.
  func beginTaking() -> Bool {
    condition.withLock {
      while !hasEnded, !mayTake { condition.wait() }
      guard !hasEnded else { return false }
      isTaking = true
      return true
    }
  }

  private var mayTake: Bool { !isTaking && count < capacity && (count == 0 || weight < weightLimit) }

  /// Adds the input that was taken.
  func enter(weight: Int) -> Place {
    change {
      let place = Place(weight: weight)
      places.append(place)
      count += 1
      self.weight += weight
      isTaking = false
      return place
    }
  }

  /// Says what came of an input.
  func fulfil(_ place: Place, _ result: Result<Output, any Error>) { change { place.result = result } }

  /// Says that no input was taken since there are no more, and why.
  func end(with failure: (any Error)?) {
    change {
      self.failure = failure
      hasEnded = true
      isTaking = false
    }
  }

  /// What the caller does next: it delivers where the oldest input has its result, works where it may take another, and
  /// waits otherwise.
  ///
  /// - Throws: What ended the inputs, after the last was delivered.
  func turn() throws -> Turn {
    try condition.withLock {
      while true {
        if let oldest = places.first, let result = oldest.result {
          oldest.result = nil
          places.removeFirst()
          return .deliver(oldest, result)
        }
        if hasEnded, places.isEmpty {
          if let failure { throw failure }
          return .nothing
        }
        if !hasEnded, mayTake {
          isTaking = true
          return .work
        }
        condition.wait()
      }
    }
  }

  /// Makes room after an input was delivered.
  func leave(_ place: Place) {
    change {
      count -= 1
      weight -= place.weight
    }
  }

  /// Says that nobody wants more inputs.
  func close() { change { hasEnded = true } }

  private func change<Value>(_ body: () -> Value) -> Value {
    condition.withLock {
      defer { condition.broadcast() }
      return body()
    }
  }
}
