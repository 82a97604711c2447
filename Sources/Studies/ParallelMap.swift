import Synchronization

/// Runs a body for every index on a number of threads and returns the results in order of the indices.
///
/// Each task takes the next index that nobody has taken, so uneven work spreads; each keeps a scratch of its own. The
/// results do not depend on which task took what.
///
/// - Parameters:
///   - count: The number of indices.
///   - threads: The number of tasks that work at once; 1 or more.
///   - makeScratch: Makes one task's scratch.
///   - completed: Told the number of indices done so far, from any task.
///   - body: The work of one index.
/// - Throws: The first error that a body throws; `CancellationError` where the surrounding task is cancelled.
func parallelMap<Scratch, Result: Sendable>(
  count: Int,
  threads: Int,
  makeScratch: @escaping @Sendable () -> Scratch,
  completed: @escaping @Sendable (Int) -> Void = { _ in },
  body: @escaping @Sendable (Int, inout Scratch) throws -> Result
) async throws -> [Result] {
  let next = Counter()
  let done = Counter()
  return try await withThrowingTaskGroup(of: [(Int, Result)].self) { group in
    for _ in 0..<max(1, min(threads, count)) {
      group.addTask {
        var scratch = makeScratch()
        var results: [(Int, Result)] = []
        while case let index = next.increment(), index < count {
          try Task.checkCancellation()
          results.append((index, try body(index, &scratch)))
          completed(done.increment() + 1)
        }
        return results
      }
    }
    var ordered = [Result?](repeating: nil, count: count)
    for try await part in group {
      for (index, result) in part { ordered[index] = result }
    }
    return ordered.compactMap { $0 }
  }
}

/// A counter that several tasks share.
private final class Counter: Sendable {
  private let value = Atomic<Int>(0)

  /// Adds one and returns the value before.
  func increment() -> Int { value.wrappingAdd(1, ordering: .relaxed).oldValue }
}
