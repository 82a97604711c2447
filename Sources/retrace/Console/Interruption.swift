import Foundation
import Synchronization

/// Ctrl-C, noticed: work stops at the next safe point instead of in the middle of something.
enum Interruption {
  private static let requested = Atomic<Bool>(false)

  /// Whether the user has asked to stop.
  static var isRequested: Bool { requested.load(ordering: .relaxed) }

  /// Starts to notice SIGINT and SIGTERM, also where the shell started the program with them ignored. A second one ends the
  /// program at once.
  ///
  /// The handler runs on whatever thread the system interrupts and only touches an atomic: a queue would wait for a thread
  /// while all of them compute.
  static func listen() {
    signal(SIGPIPE, SIG_DFL)
    _ = isRequested  // Made here, since a handler must not be the first to touch it.
    for number in [SIGINT, SIGTERM] {
      signal(number) { _ in
        if Interruption.requested.exchange(true, ordering: .relaxed) { _exit(130) }
      }
    }
  }
}
