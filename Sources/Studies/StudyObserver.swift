/// Who looks on while a study computes: told how far it is, and asked whether the user wants to stop.
public struct StudyObserver: Sendable {
  /// Told the amount of work done and the whole amount, from any thread.
  public let completed: @Sendable (Int, Int) -> Void
  /// Asked before each piece of work; once true, no further piece is begun.
  public let isStopped: @Sendable () -> Bool

  /// Creates an observer; one without arguments shows nothing and never stops.
  public init(
    completed: @escaping @Sendable (Int, Int) -> Void = { _, _ in },
    isStopped: @escaping @Sendable () -> Bool = { false }
  ) {
    self.completed = completed
    self.isStopped = isStopped
  }

  /// An observer that is told something else, and asked the same.
  func told(_ completed: @escaping @Sendable (Int, Int) -> Void) -> StudyObserver {
    StudyObserver(completed: completed, isStopped: isStopped)
  }
}
