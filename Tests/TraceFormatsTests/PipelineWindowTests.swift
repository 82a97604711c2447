import Dispatch
import Foundation
import Testing

@testable import TraceFormats

@Suite("Inputs under way and the threads that work on them")
struct PipelineWindowTests {
  private struct Failure: Error {}

  private func window(capacity: Int = 100, weightLimit: Int = 1000) -> PipelineWindow<Int> {
    PipelineWindow(capacity: capacity, weightLimit: weightLimit)
  }

  private func take(
    _ window: PipelineWindow<Int>, _ count: Int, weight: Int = 1
  ) -> [PipelineWindow<Int>.Place] {
    (0..<count).compactMap { _ in window.beginTaking() ? window.enter(weight: weight) : nil }
  }

  /// Expects that something is done only after a change: not within a moment before it.
  private func expectWait(_ action: @escaping @Sendable () -> Void, until change: () -> Void) {
    let done = DispatchSemaphore(value: 0)
    Thread.detachNewThread {
      action()
      done.signal()
    }
    #expect(done.wait(timeout: .now() + 0.02) == .timedOut)
    change()
    #expect(done.wait(timeout: .now() + 10) == .success)
  }

  private func delivered(_ window: PipelineWindow<Int>) throws -> (place: PipelineWindow<Int>.Place, value: Int)? {
    guard case .deliver(let place, let result) = try window.turn() else { return nil }
    return (place, try result.get())
  }

  @Test("one thread takes at a time")
  func taking() {
    let window = window()
    #expect(window.beginTaking())
    expectWait({ _ = window.beginTaking() }, until: { _ = window.enter(weight: 1) })
  }

  @Test("the caller delivers what is ready, in order, and works where nothing is")
  func turns() throws {
    let window = window()
    let places = take(window, 2)
    window.fulfil(places[1], .success(8))
    guard case .work = try window.turn() else {
      Issue.record("the oldest is not ready: there is work to do")
      return
    }
    window.fulfil(window.enter(weight: 1), .success(9))
    window.fulfil(places[0], .success(7))
    for value in 7...9 { #expect(try delivered(window)?.value == value) }
  }

  @Test("the caller waits where another takes, and where there is no room, until the oldest is ready")
  func waiting() throws {
    let full = window(capacity: 2)
    let places = take(full, 2)
    expectWait({ _ = try? full.turn() }, until: { full.fulfil(places[0], .success(7)) })
    let taking = window()
    #expect(taking.beginTaking())
    expectWait({ _ = try? taking.turn() }, until: { taking.end(with: nil) })
  }

  @Test("a place is free when its result was delivered", arguments: [(2, 1000), (100, 2)])
  func room(capacity: Int, weightLimit: Int) throws {
    let window = window(capacity: capacity, weightLimit: weightLimit)
    let places = take(window, 2)
    window.fulfil(places[0], .success(7))
    let first = try #require(try delivered(window))
    #expect(first.value == 7)
    expectWait({ _ = window.beginTaking() }, until: { window.leave(first.place) })
  }

  @Test("after the end nothing is taken, and what was taken is delivered")
  func end() throws {
    let window = window()
    let places = take(window, 2)
    #expect(window.beginTaking())
    window.end(with: Failure())
    #expect(!window.beginTaking())
    window.fulfil(places[1], .success(8))
    window.fulfil(places[0], .success(7))
    #expect(try delivered(window)?.value == 7)
    #expect(try delivered(window)?.value == 8)
    #expect(throws: Failure.self) { try window.turn() }
  }

  @Test("after an end without failure there is nothing to do")
  func nothing() throws {
    let window = window()
    #expect(window.beginTaking())
    window.end(with: nil)
    guard case .nothing = try window.turn() else {
      Issue.record("there is nothing to deliver")
      return
    }
  }

  @Test("nobody waits after it was closed")
  func closing() {
    let window = window(capacity: 1)
    _ = take(window, 1)
    expectWait({ _ = window.beginTaking() }, until: { window.close() })
  }
}
