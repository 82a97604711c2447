import Dispatch
import Foundation
import Synchronization

/// Ctrl-C, noticed: work stops at the next safe point instead of in the middle of something.
enum Interruption {
  private static let requested = Atomic<Bool>(false)

  /// Whether the user has asked to stop.
  static var isRequested: Bool { requested.load(ordering: .relaxed) }

  /// Starts to notice SIGINT and SIGTERM. A second one ends the program at once.
  static func listen() -> [any DispatchSourceSignal] {
    signal(SIGPIPE, SIG_DFL)
    return [SIGINT, SIGTERM].map { number in
      signal(number, SIG_IGN)
      let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
      source.setEventHandler {
        if requested.exchange(true, ordering: .relaxed) { _exit(130) }
      }
      source.resume()
      return source
    }
  }
}
