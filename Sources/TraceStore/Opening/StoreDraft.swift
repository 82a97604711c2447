import Foundation
import GRDB
import Synchronization

/// A store that nobody else can open yet, since it has not got its name.
///
/// So nobody has to be kept from seeing half a batch, and what is written need not go through a log first: every byte goes
/// to the disk once. Transactions can be undone all the same. A process that is killed leaves no store, and a file that the
/// next one takes away; the limit bounds what is lost by that.
final class StoreDraft: Sendable {
  /// The connection for everything but rows in bulk.
  let queue: DatabaseQueue
  private let place: String
  private let limit: DraftLimit
  private let made = ContinuousClock.now
  private let file: DraftFile
  private let flushing: DraftFlushing
  /// Says what the first source is, which may have been begun before that was known.
  private let identification = Mutex<(@Sendable () throws -> Void)?>(nil)

  /// Makes a store with tables and nothing in them; `nil` where that is not possible: what stands in the way shows where
  /// the store is made in its place.
  ///
  /// - Parameters:
  ///   - place: The path that the store is to have.
  ///   - limit: Until when it may be without a name.
  ///   - configuration: How writing connections are opened.
  init?(of place: String, upTo limit: DraftLimit, _ configuration: Configuration) {
    guard let file = DraftFile(beside: place) else { return nil }
    do {
      queue = try DatabaseQueue(path: file.path, configuration: configuration.ofDraft)
      try queue.writeWithoutTransaction { try StoreSchema.create($0) }
    } catch {
      return nil
    }
    self.file = file
    self.place = place
    self.limit = limit
    flushing = DraftFlushing(file)
  }

  /// The file goes with its last owner: what is brought to the disk meanwhile is one.
  deinit { flushing.finish() }

  /// Whether a kill would cost so much that the store should get its name.
  var isDue: Bool { file.size > limit.bytes || ContinuousClock.now - made > limit.duration }

  /// Keeps what says what the first source is, until the store gets its name or somebody wants to know; `nil` where the
  /// source is taken out again.
  func identifyLater(_ identify: (@Sendable () throws -> Void)?) { identification.withLock { $0 = identify } }

  /// Says what the first source is, unless that has been said.
  func identify() throws {
    guard let identify = identification.withLock({ $0 }) else { return }
    try identify()
    identification.withLock { $0 = nil }
  }

  /// Opens a connection for rows in bulk.
  ///
  /// - Parameter configuration: How such a connection to a store with a name is opened.
  func openBulk(_ configuration: Configuration) throws -> BulkConnection {
    BulkConnection(try DatabaseQueue(path: file.path, configuration: configuration.ofDraft), beside: flushing)
  }

  /// Gives the store its name, after the connection for rows in bulk is closed; the store is no draft any more and has to
  /// be opened.
  ///
  /// - Throws: `DraftRefusal` where another store has got the name first.
  func publish() throws {
    try identify()
    _ = try queue.writeWithoutTransaction { try String.fetchOne($0, sql: "PRAGMA journal_mode = WAL") }
    try queue.close()
    flushing.finish()
    guard file.flush() else { throw DatabaseError(resultCode: .SQLITE_IOERR, message: "the disk cannot be written") }
    guard file.take(place) else { throw DraftRefusal() }
  }
}

/// How much of a store may be made before it has its name: what a kill may cost.
public struct DraftLimit: Sendable {
  /// The size in bytes.
  public var bytes: Int
  /// The time since it was begun.
  public var duration: Duration

  /// Sets a limit; the first to be reached counts.
  public init(bytes: Int, duration: Duration) {
    self.bytes = bytes
    self.duration = duration
  }
}

/// A draft could not become the store that it was made for: another process has made one meanwhile, or the file system
/// does not allow it. What it holds is lost; the same work has to be done on the store that is there.
public struct DraftRefusal: Error {}

extension Configuration {
  /// The same for a file that is lost where its process ends.
  fileprivate var ofDraft: Configuration {
    var copy = self
    copy.prepareDatabase { db in
      // A small cache is used again and again; a large one is new pages of memory first.
      try db.execute(sql: "PRAGMA journal_mode = MEMORY; PRAGMA synchronous = OFF; PRAGMA cache_size = -8192")
    }
    return copy
  }
}
