import Foundation

/// Memory that has been freed but is still kept for the process.
public enum FreedMemory {
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

  /// glibc's `mallopt`; `nil` with another C library.
  private static let setOption: (@convention(c) (Int32, Int32) -> Int32)? = dlsym(nil, "mallopt").map {
    unsafeBitCast($0, to: (@convention(c) (Int32, Int32) -> Int32).self)
  }

  /// Keeps blocks of some megabytes for the next of their kind instead of giving them back at once, for a process that
  /// reads in bulk: else many batches of lines would be paged in anew.
  ///
  /// Larger blocks go back to the system at once, and `giveBack` gives back the rest.
  public static func keepForReuse() {
    let (trimThreshold, topPad, mapThreshold): (Int32, Int32, Int32) = (-1, -2, -3)
    _ = setOption?(mapThreshold, 16 << 20)
    _ = setOption?(trimThreshold, 256 << 20)
    _ = setOption?(topPad, 4 << 20)
  }
}
