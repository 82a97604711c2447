import Dispatch
import Synchronization

/// Works on a sequence of inputs on several threads and delivers the results in the inputs' order.
///
/// Not more than `weightLimit` unless it is a single input, and at most four inputs a thread, are under way at a time, so
/// memory stays bounded however slow delivery is. Taking inputs and delivering happen on the caller's thread: while it
/// stores a batch, the others parse some more.
struct OrderedPipeline<Input: Sendable, Output: Sendable>: Sendable {
  /// How many threads work; 1 works on the caller's.
  let threads: Int
  /// The sum of weights that may be under way.
  let weightLimit: Int
  /// What an input weighs.
  let weight: @Sendable (Input) -> Int
  /// The work.
  let work: @Sendable (Input) throws -> Output

  private final class Slot: Sendable {
    private let outcome = Mutex<Result<Output, any Error>?>(nil)
    private let done = DispatchSemaphore(value: 0)
    let weight: Int

    init(weight: Int) { self.weight = weight }

    func fulfil(_ result: Result<Output, any Error>) {
      outcome.withLock { $0 = result }
      done.signal()
    }

    func wait() throws -> Output? {
      done.wait()
      return try outcome.withLock { result in
        defer { result = nil }
        return try result?.get()
      }
    }
  }

  /// Runs to the end of the inputs or to the first error, in the inputs' order.
  ///
  /// - Throws: What `next`, the work and `deliver` throw; results before a failing input are delivered first.
  func run(next: () throws -> Input?, deliver: (Output) throws -> Void) throws {
    guard threads > 1 else {
      while let input = try next() { try deliver(work(input)) }
      return
    }
    let workers = WorkerQueue(threads: threads)
    var underWay: [Slot] = []
    var weightUnderWay = 0
    var inputs = InputState()
    while true {
      while underWay.count < 4 * threads, underWay.isEmpty || weightUnderWay < weightLimit,
        let input = inputs.take(next)
      {
        let slot = Slot(weight: weight(input))
        weightUnderWay += slot.weight
        underWay.append(slot)
        workers.add { slot.fulfil(Result { try work(input) }) }
      }
      guard !underWay.isEmpty else { break }
      let oldest = underWay.removeFirst()
      weightUnderWay -= oldest.weight
      if let output = try oldest.wait() { try deliver(output) }
    }
    if let failure = inputs.failure { throw failure }
  }

  /// Keeps an error in taking inputs until what came before has been delivered.
  private struct InputState {
    var failure: (any Error)?
    var isOver = false

    mutating func take(_ next: () throws -> Input?) -> Input? {
      guard !isOver else { return nil }
      do {
        let input = try next()
        isOver = input == nil
        return input
      } catch {
        failure = error
        isOver = true
        return nil
      }
    }
  }
}
