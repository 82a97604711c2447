import Foundation

#if canImport(Glibc)
  import Glibc
#endif

/// Wall time and processor time of a body; the second is the one to compare on a machine that others use too.
struct Stopwatch {
  private(set) var wall = Duration.zero
  private(set) var processor = Duration.zero

  mutating func measure(_ body: () throws -> Void) rethrows {
    let before = Self.processorTime()
    wall += try ContinuousClock().measure(body)
    processor += Self.processorTime() - before
  }

  func report(_ name: String) {
    print("\(name): \(Self.milliseconds(wall)) ms, processor \(Self.milliseconds(processor)) ms")
  }

  private static func milliseconds(_ duration: Duration) -> Double {
    ((duration / .milliseconds(1)) * 10).rounded() / 10
  }

  private static func processorTime() -> Duration {
    var time = timespec()
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
    return .seconds(time.tv_sec) + .nanoseconds(time.tv_nsec)
  }
}
