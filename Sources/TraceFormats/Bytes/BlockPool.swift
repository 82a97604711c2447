import Foundation
import Synchronization

/// Blocks of memory of one size that are used again and again: a new one costs the system a page fault every 4 kB.
final class BlockPool: Sendable {
  /// The size of a block in bytes.
  let blockBytes: Int
  private let idle = Mutex<[Block]>([])

  /// A block that nobody uses.
  private struct Block: @unchecked Sendable {
    // Sendable, since whoever takes it is its only owner.
    let memory: UnsafeMutableRawPointer
  }

  init(blockBytes: Int) { self.blockBytes = blockBytes }

  deinit {
    idle.withLock { blocks in
      for block in blocks { free(block.memory) }
    }
  }

  /// A block from `malloc`; `nil` where there is not enough memory.
  func take() -> UnsafeMutableRawPointer? {
    idle.withLock { $0.popLast() }?.memory ?? malloc(blockBytes)
  }

  /// Takes back a block for the next that needs one.
  func give(_ memory: UnsafeMutableRawPointer) {
    let block = Block(memory: memory)
    idle.withLock { $0.append(block) }
  }
}
