import Foundation

/// Runs work on a thread with the ordinary stack of 512 kB.
enum SmallStack {
  static func run(_ work: @escaping @Sendable () -> Void) {
    let finished = DispatchSemaphore(value: 0)
    let thread = Thread {
      work()
      finished.signal()
    }
    thread.stackSize = 512 * 1024
    thread.start()
    finished.wait()
  }
}
