import Foundation

/// Memory that has been freed but is still kept for the process.
enum FreedMemory {
  /// From how many bytes on giving memory back is worth the while.
  private static let noticeable = 16 << 20

  /// glibc's `malloc_trim`, which no module map declares; `nil` with another C library.
  private static let trim: (@convention(c) (Int) -> Int32)? = dlsym(nil, "malloc_trim").map {
    unsafeBitCast($0, to: (@convention(c) (Int) -> Int32).self)
  }

  /// Gives freed memory back to the system after something large: the allocator keeps what each thread has freed, so
  /// that a file of long lines would hold a line's worth of it for every thread.
  static func giveBack(after bytes: Int) {
    if bytes >= noticeable { _ = trim?(0) }
  }
}
