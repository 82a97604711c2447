import Dispatch
import Foundation
import Synchronization
import Testing

@testable import TraceFormats

@Suite("Threads that share their work with the caller's")
struct WorkerQueueTests {
  /// Jobs that wait until they are let go.
  private final class Jobs: Sendable {
    let begun = Atomic<Int>(0)
    private let beginnings = DispatchSemaphore(value: 0)
    private let release = DispatchSemaphore(value: 0)

    func add(_ count: Int, to queue: WorkerQueue) {
      for _ in 0..<count {
        queue.add {
          self.begun.add(1, ordering: .sequentiallyConsistent)
          self.beginnings.signal()
          self.release.wait()
        }
      }
    }

    /// Whether so many more begin within ten seconds.
    func begin(_ count: Int) -> Bool {
      (0..<count).allSatisfy { _ in beginnings.wait(timeout: .now() + 10) == .success }
    }

    func letGo(_ count: Int) { for _ in 0..<count { release.signal() } }
  }

  @Test("while the caller is busy one thread less works, and one at least", arguments: [(3, 2), (2, 1), (1, 1)])
  func caller(threads: Int, others: Int) {
    let queue = WorkerQueue(threads: threads)
    let jobs = Jobs()
    queue.whileCallerIsBusy {
      jobs.add(6, to: queue)
      #expect(jobs.begin(others))
      usleep(20_000)
      #expect(jobs.begun.load(ordering: .sequentiallyConsistent) == others)
    }
    #expect(jobs.begin(threads - others))
    jobs.letGo(6)
    #expect(jobs.begin(6 - threads))
    queue.close()
  }

  @Test("jobs that were added before the queue was closed are run")
  func closing() {
    let queue = WorkerQueue(threads: 2)
    let jobs = Jobs()
    jobs.add(5, to: queue)
    queue.close()
    jobs.letGo(5)
    #expect(jobs.begin(5))
  }
}
