import Foundation

/// Runs jobs on a bounded number of threads, in the order in which they were added, until it is closed.
///
/// They are threads of its own: of Dispatch's, there are as many as cores, those that wait included.
final class WorkerQueue: @unchecked Sendable {
  // Sendable, since everything that changes is only touched under the condition's lock.
  private let condition = NSCondition()
  private let threads: Int
  private var jobs: [@Sendable () -> Void] = []
  private var started = 0
  private var working = 0
  private var isCallerBusy = false
  private var isClosed = false

  /// - Parameter threads: How many threads may be busy at a time, that of the caller included while it says so.
  init(threads: Int) { self.threads = max(threads, 1) }

  /// Adds a job; it runs as soon as a thread is free.
  func add(_ job: @escaping @Sendable () -> Void) {
    condition.withLock {
      jobs.append(job)
      condition.signal()
      guard started < threads else { return }
      started += 1
      Thread.detachNewThread { self.work() }
    }
  }

  /// Runs something on the caller's thread, which takes the place of one of the threads meanwhile.
  func whileCallerIsBusy(_ body: () throws -> Void) rethrows {
    condition.withLock { isCallerBusy = true }
    defer {
      condition.withLock {
        isCallerBusy = false
        condition.signal()
      }
    }
    try body()
  }

  /// Ends the threads when they have run all jobs.
  func close() {
    condition.withLock {
      isClosed = true
      condition.broadcast()
    }
  }

  private func work() {
    while let job = next() {
      job()
      condition.withLock {
        working -= 1
        condition.signal()
      }
    }
  }

  /// The next job, or `nil` when there will be none; waits for it.
  private func next() -> (@Sendable () -> Void)? {
    condition.withLock {
      while true {
        if jobs.isEmpty, isClosed { return nil }
        if !jobs.isEmpty, working < (isCallerBusy ? max(threads - 1, 1) : threads) { break }
        condition.wait()
      }
      working += 1
      return jobs.removeFirst()
    }
  }
}
