import Foundation
import Synchronization
import Testing
import Traces

@testable import TraceFormats

@Suite("Working on several threads, in order")
struct OrderedPipelineTests {
  private struct Failure: Error {}

  /// Hands out 0, 1, ... and fails at a place, where it is given one.
  private final class Numbers: Sendable {
    let taken = Atomic<Int>(0)
    private let count: Int
    private let failing: Int?

    init(_ count: Int, failing: Int? = nil) {
      self.count = count
      self.failing = failing
    }

    func next() throws -> Int? {
      let number = taken.add(1, ordering: .relaxed).oldValue
      if number == failing { throw Failure() }
      return number < count ? number : nil
    }
  }

  /// How many threads work at once.
  private final class AtOnce: Sendable {
    private let counts = Mutex((now: 0, most: 0))

    /// The most so far.
    var most: Int { counts.withLock { $0.most } }

    /// Works for some microseconds.
    func work(_ duration: UInt32) {
      counts.withLock {
        $0.now += 1
        $0.most = max($0.most, $0.now)
      }
      usleep(duration)
      counts.withLock { $0.now -= 1 }
    }
  }

  private func pipeline(
    threads: Int, weightLimit: Int = 1000, _ work: @escaping @Sendable (Int) throws -> Int = { $0 }
  ) -> OrderedPipeline<Int, Int> {
    OrderedPipeline(threads: threads, weightLimit: weightLimit, weight: { $0 }, work: work)
  }

  @Test("results come in the order of the inputs, however long each takes", arguments: [1, 2, 5])
  func order(threads: Int) throws {
    let numbers = Numbers(300)
    var delivered: [Int] = []
    try pipeline(threads: threads) { number in
      usleep(UInt32(number % 7) * 50)
      return number * 2
    }.run(next: numbers.next) { delivered.append($0) }
    #expect(delivered == (0..<300).map { $0 * 2 })
  }

  @Test("what comes before a failure of an input or of the work is delivered first", arguments: [1, 2, 5])
  func failures(threads: Int) throws {
    for place in [0, 1, 7, 40] {
      var delivered: [Int] = []
      #expect(throws: Failure.self) {
        try pipeline(threads: threads).run(next: Numbers(60, failing: place).next) { delivered.append($0) }
      }
      #expect(delivered == Array(0..<place))
      delivered = []
      #expect(throws: Failure.self) {
        try pipeline(threads: threads) { if $0 == place { throw Failure() } else { $0 } }
          .run(next: Numbers(60).next) { delivered.append($0) }
      }
      #expect(delivered == Array(0..<place))
    }
  }

  @Test("where delivery fails or is slow, no more inputs are taken than may be under way")
  func bounds() throws {
    let numbers = Numbers(1000)
    #expect(throws: Failure.self) {
      try pipeline(threads: 2, weightLimit: 1 << 30).run(next: numbers.next) { _ in
        usleep(50_000)
        throw Failure()
      }
    }
    // The failed one has not left.
    #expect(numbers.taken.load(ordering: .relaxed) <= 2 * OrderedPipeline<Int, Int>.underWayPerThread)
  }

  @Test("an input is taken only by a thread that works on it")
  func waiting() throws {
    let numbers = Numbers(40)
    let begun = Atomic<Int>(0)
    let most = Mutex(0)
    try pipeline(threads: 2, weightLimit: 1 << 30) { number in
      begun.add(1, ordering: .sequentiallyConsistent)
      usleep(1000)
      let waiting =
        numbers.taken.load(ordering: .sequentiallyConsistent) - begun.load(ordering: .sequentiallyConsistent)
      most.withLock { $0 = max($0, waiting) }
      return number
    }.run(next: numbers.next) { _ in }
    #expect(most.withLock { $0 } <= 1)
  }

  @Test("no more threads are busy than were asked for, that of the caller included", arguments: [1, 2, 4])
  func busy(threads: Int) throws {
    let busy = AtOnce()
    let caller = Thread.current.hash
    let workers = Mutex<Set<Int>>([])
    try pipeline(threads: threads, weightLimit: 1 << 30) { number in
      workers.withLock { _ = $0.insert(Thread.current.hash) }
      busy.work(500)
      return number
    }.run(next: Numbers(80).next) { _ in busy.work(500) }
    #expect(busy.most <= threads)
    #expect(workers.withLock { $0.contains(caller) })
    #expect(workers.withLock { $0.count } <= threads)
  }

  @Test("inputs above the limit of weight are under way alone")
  func heavy() throws {
    let busy = AtOnce()
    let numbers = Numbers(40)
    var delivered = 0
    try OrderedPipeline<Int, Int>(threads: 3, weightLimit: 10, weight: { _ in 100 }) { number in
      busy.work(200)
      return number
    }.run(next: numbers.next) { _ in delivered += 1 }
    #expect(delivered == 40)
    #expect(busy.most == 1)
  }

  @Test("notes are made of every record, in order, beside the records", arguments: [1, 2, 3])
  func notes(threads: Int) throws {
    let lines = (0..<500).map { index in
      "{\"problem\": {\"id\": \"p\(index)\", \"answer\": \"1\"}, "
        + "\"rollouts\": [{\"steps\": [{\"text\": \"\(String(repeating: "x", count: index))\"}], \"finish\": \"stop\"}]}\n"
    }
    let source = MemorySource(Array(lines.joined().utf8))
    var keys: [String] = []
    var lengths: [Int] = []
    _ = try TraceReading(ReadingOptions(threads: threads)).read(
      source, named: "x", note: { $0.rollouts[0].text.utf8.count },
      batch: { batch in
        keys += batch.records.map(\.problem.key)
        lengths += batch.notes
      })
    #expect(keys == (0..<500).map { "p\($0)" })
    #expect(lengths == Array(0..<500))
  }
}
