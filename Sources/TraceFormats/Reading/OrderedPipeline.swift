import Foundation

/// Works on a sequence of inputs on several threads and delivers the results in the inputs' order.
///
/// Each thread takes the next input and works on it, so that reading and decompressing are shared, too, and nothing lies
/// about that nobody works on. The caller's thread is one of them: it delivers what is ready and otherwise works like the
/// others, so that there are never more threads than may be busy, and none waits for another to be woken. The others are
/// threads of their own: of Dispatch's, there are as many as cores, those that wait included.
struct OrderedPipeline<Input: Sendable, Output: Sendable>: Sendable {
  /// How many threads work, the caller's included.
  let threads: Int
  /// The sum of weights that may be under way, unless it is a single input.
  let weightLimit: Int
  /// What an input weighs, in bytes.
  let weight: @Sendable (Input) -> Int
  /// The work.
  let work: @Sendable (Input) throws -> Output

  /// How many inputs may be under way for each thread, from being taken to being delivered: delivery in large pieces should
  /// not stop the work.
  static var underWayPerThread: Int { 24 }

  /// Runs to the end of the inputs or to the first error, in the inputs' order.
  ///
  /// - Parameters:
  ///   - next: The next input, or `nil` after the last; called by one thread at a time. Nobody else may call it until `run`
  ///     has returned, and not after an error either: a call may still be under way then.
  ///   - deliver: Takes the results.
  /// - Throws: What `next`, the work and `deliver` throw; results before a failing input are delivered first.
  func run(next: @escaping @Sendable () throws -> Input?, deliver: (Output) throws -> Void) throws {
    let window = PipelineWindow<Output>(capacity: Self.underWayPerThread * threads, weightLimit: weightLimit)
    defer { window.close() }
    var helper: Int? = 2
    while true {
      switch try window.turn() {
      case .deliver(let place, let result):
        try deliver(result.get())
        FreedMemory.giveBack(after: place.weight)
        window.leave(place)
      case .work:
        workOnNext(window, next, starting: &helper)
      case .nothing:
        return
      }
    }
  }

  /// Takes an input and works on it; `false` where there are no more.
  ///
  /// - Parameter helper: The number of the thread that is started when there is an input, since there may be another one
  ///   for it; it then starts the next.
  @discardableResult
  private func workOnNext(
    _ window: PipelineWindow<Output>, _ next: @escaping @Sendable () throws -> Input?, starting helper: inout Int?
  ) -> Bool {
    do {
      guard let input = try next() else {
        window.end(with: nil)
        return false
      }
      let place = window.enter(weight: weight(input))
      if let number = helper, number <= threads { startThread(number, window, next) }
      helper = nil
      window.fulfil(place, Result { try work(input) })
      return true
    } catch {
      window.end(with: error)
      return false
    }
  }

  private func startThread(
    _ number: Int, _ window: PipelineWindow<Output>, _ next: @escaping @Sendable () throws -> Input?
  ) {
    Thread.detachNewThread {
      var helper: Int? = number + 1
      while window.beginTaking(), workOnNext(window, next, starting: &helper) {}
    }
  }
}
