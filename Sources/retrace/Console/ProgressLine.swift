import Foundation
import Studies
import Synchronization

/// One line on the terminal that says how far long work is: done, rate, time left. Silent in a pipe and with `--quiet`.
final class ProgressLine: Sendable {
  private struct State {
    var lastDrawn = -Double.infinity
    var isDrawn = false
  }

  private let title: String
  private let unit: String
  private let isShown: Bool
  private let start = ContinuousClock.now
  private let state = Mutex(State())

  /// Creates a line, e.g. title `replay`, unit `problems`.
  init(title: String, unit: String, quiet: Bool) {
    self.title = title
    self.unit = unit
    isShown = !quiet && Console.isTerminal
  }

  /// Shows how far a study is, and stops it at Ctrl-C.
  var observer: StudyObserver {
    StudyObserver(completed: { self.update(done: $0, of: $1) }, isStopped: { Interruption.isRequested })
  }

  /// Redraws the line, ten times a second at most.
  ///
  /// - Parameters:
  ///   - done: The amount of work done.
  ///   - total: The whole amount; `nil` where it is not known.
  func update(done: Int, of total: Int?) {
    guard isShown else { return }
    let elapsed = (ContinuousClock.now - start) / .seconds(1)
    state.withLock { state in
      guard elapsed - state.lastDrawn >= 0.1 || done == total else { return }
      state.lastDrawn = elapsed
      state.isDrawn = true
      Console.progress("\r\u{1B}[K" + text(done: done, of: total, elapsed: elapsed))
    }
  }

  /// Removes the line.
  func finish() {
    state.withLock { state in
      if state.isDrawn { Console.progress("\r\u{1B}[K") }
      state.isDrawn = false
    }
  }

  private func text(done: Int, of total: Int?, elapsed: Double) -> String {
    let rate = elapsed > 0 ? Double(done) / elapsed : 0
    let speed = String(format: "%.*f/s", rate < 10 ? 1 : 0, rate)
    guard let total, total > 0 else { return "\(title): \(done) \(unit), \(speed)" }
    let left = rate > 0 ? Double(max(total - done, 0)) / rate : 0
    return "\(title): \(done)/\(total) \(unit), \(speed), \(Int(left.rounded(.up))) s left"
  }
}
