import Dispatch
import Foundation
import Testing

@testable import TraceFormats

@Suite("Inputs under way and the threads that work on them")
struct PipelineWindowTests {
  private func window(threads: Int, capacity: Int = 100) -> PipelineWindow<Int> {
    PipelineWindow(threads: threads, capacity: capacity, weightLimit: 1000)
  }

  private func take(_ window: PipelineWindow<Int>, _ count: Int) -> [PipelineWindow<Int>.Place] {
    (0..<count).compactMap { _ in window.beginTaking() ? window.enter(weight: 1) : nil }
  }

  /// Whether a thread that asks for an input gets one: not within a moment, and after a change.
  private func waits(_ window: PipelineWindow<Int>, until change: () throws -> Void) rethrows -> Bool {
    let taken = DispatchSemaphore(value: 0)
    Thread.detachNewThread {
      guard window.beginTaking() else { return }
      _ = window.enter(weight: 1)
      taken.signal()
    }
    guard taken.wait(timeout: .now() + 0.02) == .timedOut else { return false }
    try change()
    return taken.wait(timeout: .now() + 10) == .success
  }

  @Test("no more threads work than may", arguments: [1, 2, 3])
  func threads(count: Int) {
    let window = window(threads: count)
    let places = take(window, count)
    #expect(waits(window) { window.fulfil(places[0], .success(0)) })
  }

  @Test("the thread that delivers counts as one of them")
  func delivery() throws {
    let window = window(threads: 2)
    let places = take(window, 2)
    window.fulfil(places[0], .success(7))
    #expect(try window.next()?.result.get() == 7)
    // One works and one delivers.
    #expect(
      waits(window) {
        window.leave(places[0])
        window.fulfil(places[1], .success(8))
      })
  }

  @Test("there is always one that works")
  func one() throws {
    let window = window(threads: 1)
    let places = take(window, 1)
    window.fulfil(places[0], .success(7))
    #expect(try window.next()?.result.get() == 7)
    #expect(take(window, 1).count == 1)
  }

  @Test("a place is free when its result was delivered")
  func room() throws {
    let window = window(threads: 9, capacity: 2)
    let places = take(window, 2)
    window.fulfil(places[0], .success(7))
    #expect(try window.next()?.result.get() == 7)
    #expect(waits(window) { window.leave(places[0]) })
  }

  @Test("after the end nothing is taken, and what was taken is delivered")
  func end() throws {
    struct Failure: Error {}
    let window = window(threads: 3)
    let places = take(window, 2)
    #expect(window.beginTaking())
    window.end(with: Failure())
    #expect(!window.beginTaking())
    window.fulfil(places[1], .success(8))
    window.fulfil(places[0], .success(7))
    #expect(try window.next()?.result.get() == 7)
    #expect(try window.next()?.result.get() == 8)
    #expect(throws: Failure.self) { try window.next() }
  }

  @Test("nobody waits after it was closed")
  func closing() {
    let window = window(threads: 1)
    _ = take(window, 1)
    let done = DispatchSemaphore(value: 0)
    Thread.detachNewThread {
      #expect(!window.beginTaking())
      done.signal()
    }
    window.close()
    #expect(done.wait(timeout: .now() + 10) == .success)
  }
}
