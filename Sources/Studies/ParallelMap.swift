import Synchronization

/// Runs a body for every index on a number of threads and returns the results in order of the indices.
///
/// Each task takes the next index that nobody has taken, so uneven work spreads; each keeps a scratch of its own. The
/// results do not depend on which task took what.
///
/// - Parameters:
///   - count: The number of indices.
///   - threads: The number of tasks that work at once; 1 or more.
///   - isStopped: Asked before each index; once true, no further index is begun.
///   - completed: Told the number of indices done so far, from any task.
///   - body: The work of one index.
/// - Returns: One result an index; `nil` for those that were not begun.
/// - Throws: The first error that a body throws.
func parallelMap<Result: Sendable>(
  count: Int,
  threads: Int,
  isStopped: @escaping @Sendable () -> Bool = { false },
  completed: @escaping @Sendable (Int) -> Void = { _ in },
  body: @escaping @Sendable (Int) throws -> Result
) async throws -> [Result?] {
  let next = Counter()
  let done = Counter()
  return try await withThrowingTaskGroup(of: [(Int, Result)].self) { group in
    for _ in 0..<max(1, min(threads, count)) {
      group.addTask {
        var results: [(Int, Result)] = []
        while !isStopped(), !Task.isCancelled, case let index = next.increment(), index < count {
          results.append((index, try body(index)))
          completed(done.increment() + 1)
        }
        return results
      }
    }
    var ordered = [Result?](repeating: nil, count: count)
    for try await part in group {
      for (index, result) in part { ordered[index] = result }
    }
    return ordered
  }
}

/// A counter that several tasks share.
final class Counter: Sendable {
  private let value = Atomic<Int>(0)

  /// Adds one and returns the value before.
  func increment() -> Int { value.wrappingAdd(1, ordering: .relaxed).oldValue }
}
