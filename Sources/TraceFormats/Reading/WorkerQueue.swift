import Foundation
import Synchronization

/// Runs jobs on a bounded number of threads, in the order in which they were added.
///
/// They are threads of its own: of Dispatch's, there are as many as cores, those that wait included.
final class WorkerQueue: Sendable {
  private struct State {
    var jobs: [@Sendable () -> Void] = []
    var working = 0
  }

  private let threads: Int
  private let state = Mutex(State())

  /// - Parameter threads: How many jobs may run at a time.
  init(threads: Int) { self.threads = max(threads, 1) }

  /// Adds a job; it runs as soon as a thread is free.
  func add(_ job: @escaping @Sendable () -> Void) {
    let needsThread = state.withLock { state in
      state.jobs.append(job)
      guard state.working < threads else { return false }
      state.working += 1
      return true
    }
    if needsThread { Thread.detachNewThread { self.work() } }
  }

  private func work() {
    while let job = next() { job() }
  }

  private func next() -> (@Sendable () -> Void)? {
    state.withLock { state in
      guard !state.jobs.isEmpty else {
        state.working -= 1
        return nil
      }
      return state.jobs.removeFirst()
    }
  }
}
