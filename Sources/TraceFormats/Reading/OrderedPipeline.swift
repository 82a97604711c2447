import Foundation

/// Works on a sequence of inputs on several threads and delivers the results in the inputs' order.
///
/// Each thread takes the next input and works on it, so that reading and decompressing are shared, too, and nothing lies
/// about that nobody works on. Delivery happens on the caller's thread; meanwhile one thread less works, since delivery is
/// what nobody else can do. They are threads of their own: of Dispatch's, there are as many as cores, those that wait
/// included.
struct OrderedPipeline<Input: Sendable, Output: Sendable>: Sendable {
  /// How many threads work; with 1 everything happens on the caller's.
  let threads: Int
  /// The sum of weights that may be under way, unless it is a single input.
  let weightLimit: Int
  /// What an input weighs, in bytes.
  let weight: @Sendable (Input) -> Int
  /// The work.
  let work: @Sendable (Input) throws -> Output

  /// How many inputs may be under way for each thread, from being taken to being delivered: delivery in large pieces should
  /// not stop the work.
  static var underWayPerThread: Int { 12 }

  /// Runs to the end of the inputs or to the first error, in the inputs' order.
  ///
  /// - Parameters:
  ///   - next: The next input, or `nil` after the last; called by one thread at a time. Nobody else may call it until `run`
  ///     has returned, and not after an error either: a call may still be under way then.
  ///   - deliver: Takes the results.
  /// - Throws: What `next`, the work and `deliver` throw; results before a failing input are delivered first.
  func run(next: @escaping @Sendable () throws -> Input?, deliver: (Output) throws -> Void) throws {
    guard threads > 1 else {
      while let input = try next() {
        let size = weight(input)
        try deliver(work(input))
        FreedMemory.giveBack(after: size)
      }
      return
    }
    let window = PipelineWindow<Output>(
      threads: threads, capacity: Self.underWayPerThread * threads, weightLimit: weightLimit)
    defer { window.close() }
    startThread(1, window, next)
    while let (place, result) = try window.next() {
      try deliver(result.get())
      FreedMemory.giveBack(after: place.weight)
      window.leave(place)
    }
  }

  /// Starts a thread, which starts the next one when there is something to do for it.
  private func startThread(
    _ number: Int, _ window: PipelineWindow<Output>, _ next: @escaping @Sendable () throws -> Input?
  ) {
    Thread.detachNewThread {
      var isFirst = true
      while window.beginTaking() {
        guard let (input, place) = take(window, next) else { return }
        if isFirst, number < threads { startThread(number + 1, window, next) }
        isFirst = false
        window.fulfil(place, Result { try work(input) })
      }
    }
  }

  private func take(
    _ window: PipelineWindow<Output>, _ next: () throws -> Input?
  ) -> (Input, PipelineWindow<Output>.Place)? {
    do {
      if let input = try next() { return (input, window.enter(weight: weight(input))) }
      window.end(with: nil)
    } catch {
      window.end(with: error)
    }
    return nil
  }
}
