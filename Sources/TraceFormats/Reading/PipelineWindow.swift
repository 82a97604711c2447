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

  private let condition = NSCondition()
  private let threads: Int
  private let capacity: Int
  private let weightLimit: Int
  /// Those that were not delivered.
  private var places: [Place] = []
  /// The number of all, the one that is delivered included.
  private var count = 0
  private var weight = 0
  private var working = 0
  private var isTaking = false
  private var isDelivering = false
  /// Whether no more inputs come, or nobody wants any.
  private var hasEnded = false
  private var failure: (any Error)?

  /// - Parameters:
  ///   - threads: How many threads may be busy at a time, that of the caller included while it delivers.
  ///   - capacity: How many inputs may be under way.
  ///   - weightLimit: The sum of their weights from which on no other one comes.
  init(threads: Int, capacity: Int, weightLimit: Int) {
    self.threads = threads
    self.capacity = capacity
    self.weightLimit = weightLimit
  }

  /// Waits until the calling thread may take an input, which no other does meanwhile; `false` where there are no more.
  func beginTaking() -> Bool {
    condition.withLock {
      while !hasEnded, isTaking || !hasRoom || working >= allowed { condition.wait() }
      if hasEnded { return false }
      isTaking = true
      working += 1
      return true
    }
  }

  private var hasRoom: Bool { count < capacity && (count == 0 || weight < weightLimit) }

  private var allowed: Int { isDelivering ? max(threads - 1, 1) : threads }

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

  /// Says what came of an input; its thread may take another.
  func fulfil(_ place: Place, _ result: Result<Output, any Error>) {
    change {
      place.result = result
      working -= 1
    }
  }

  /// Says that no input was taken since there are no more, and why.
  func end(with failure: (any Error)?) {
    change {
      self.failure = failure
      hasEnded = true
      isTaking = false
      working -= 1
    }
  }

  /// The oldest input that was not delivered, with its result, or `nil` after the last; waits for it. The caller delivers it
  /// then.
  ///
  /// - Throws: What ended the inputs.
  func next() throws -> (place: Place, result: Result<Output, any Error>)? {
    change { isDelivering = false }
    return try condition.withLock {
      while true {
        if let oldest = places.first {
          if let result = oldest.result {
            oldest.result = nil
            places.removeFirst()
            isDelivering = true
            return (oldest, result)
          }
        } else if hasEnded {
          if let failure { throw failure }
          return nil
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
