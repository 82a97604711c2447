import Dispatch
import Synchronization

/// Works on a sequence of inputs on several threads and delivers the results in the inputs' order.
///
/// Inputs are taken on a thread of their own, so that reading and decompressing run beside the work, and beside the
/// delivery, which happens on the caller's thread. While it delivers, one thread less works: delivery is the work that
/// nobody else can do, and with it all cores are busy.
struct OrderedPipeline<Input: Sendable, Output: Sendable>: Sendable {
  /// How many threads work; with 1 everything happens on the caller's.
  let threads: Int
  /// The sum of weights that may be under way, unless it is a single input.
  let weightLimit: Int
  /// What an input weighs, in bytes.
  let weight: @Sendable (Input) -> Int
  /// The work.
  let work: @Sendable (Input) throws -> Output

  /// How many inputs may be under way for each thread, from being taken to being delivered: what delivery does in large
  /// pieces should not stop the work.
  static var underWayPerThread: Int { 12 }
  /// How many of them may wait for a thread.
  static var waitingPerThread: Int { 2 }

  /// Runs to the end of the inputs or to the first error, in the inputs' order.
  ///
  /// - Parameters:
  ///   - next: The next input, or `nil` after the last. Nobody else may call it until `run` has returned, and not after an
  ///     error either: a call may still be under way then.
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
      capacity: Self.underWayPerThread * threads, mostWaiting: Self.waitingPerThread * threads,
      weightLimit: weightLimit)
    let workers = WorkerQueue(threads: threads)
    defer { window.close() }
    DispatchQueue(label: "retrace.reading").async { feed(window, workers, next) }
    while let place = try window.oldest() {
      if let output = try place.result() { try workers.whileCallerIsBusy { try deliver(output) } }
      FreedMemory.giveBack(after: place.weight)
      window.leave(place)
    }
  }

  private func feed(_ window: PipelineWindow<Output>, _ workers: WorkerQueue, _ next: () throws -> Input?) {
    defer { workers.close() }
    do {
      while window.waitForRoom(), let input = try next() {
        let place = window.enter(weight: weight(input))
        workers.add {
          window.begin()
          place.fulfil(Result { try work(input) })
        }
      }
      window.end(with: nil)
    } catch {
      window.end(with: error)
    }
  }
}
