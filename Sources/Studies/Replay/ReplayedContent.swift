import Synchronization
import TraceStore

/// The hash of the store's content that results tell, found once: from a load of all of it where a study makes one, else
/// by reading the store.
final class ReplayedContent: Sendable {
  private let hash = Mutex<String?>(nil)

  /// Takes the hash that the trees of all content were loaded with.
  func note(_ found: String?) {
    if let found { hash.withLock { $0 = found } }
  }

  /// The hash; reads the whole store where none was noted.
  func hash(of store: TraceStore, threads: Int) throws -> String {
    if let noted = hash.withLock({ $0 }) { return noted }
    return try store.contentHash(threads: threads)
  }
}
