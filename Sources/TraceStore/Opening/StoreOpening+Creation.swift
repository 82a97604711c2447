import Foundation
import GRDB

extension StoreOpening {
  /// Makes a store that is missing under another name and gives it its own when it is whole, so that no reader meets
  /// a file without tables.
  ///
  /// Where that fails nothing is left, and the store is made in its place: what keeps it from being made shows there.
  func makeIfMissing() {
    removeAbandonedDrafts()
    guard !FileManager.default.fileExists(atPath: path) else { return }
    let draft = place.deletingLastPathComponent()
      .appendingPathComponent("\(draftStart)\(getpid()).\(UUID().uuidString)\(Self.draftEnd)").path
    defer { Self.remove(draft) }
    do {
      let pool = try DatabasePool(path: draft, configuration: configuration())
      try StoreSchema.migrator.migrate(pool)
      pool.invalidateReadOnlyConnections()
      try pool.close()
    } catch {
      return
    }
    // A log that could not be moved would be lost with its name.
    let log = (try? FileManager.default.attributesOfItem(atPath: draft + "-wal")[.size] as? Int) ?? nil
    guard (log ?? 0) == 0 else { return }
    // Of two processes that make one store the first counts.
    link(draft, path)
  }

  /// Removes what processes have left that were killed while they made this store: drafts of it, or the second name of a
  /// store that already had its own. A draft of a process that this one cannot see may go, too: that process then makes
  /// the store in its place.
  private func removeAbandonedDrafts() {
    var status = stat()
    guard stat(path, &status) != 0 || status.st_nlink > 1 else { return }
    let folder = place.deletingLastPathComponent()
    for name in (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? [] {
      guard name.hasPrefix(draftStart), name.hasSuffix(Self.draftEnd) else { continue }
      let maker = name.dropFirst(draftStart.count).prefix { $0 != "." }
      guard let maker = pid_t(maker), maker > 0, kill(maker, 0) != 0, errno == ESRCH else { continue }
      Self.remove(folder.appendingPathComponent(name).path)
    }
  }

  private var place: URL { URL(fileURLWithPath: path) }

  /// How the name of a draft of this store begins; the number of the process that makes it follows.
  private var draftStart: String { ".\(place.lastPathComponent)." }

  private static let draftEnd = ".new"

  private static func remove(_ draft: String) { for ending in ["", "-wal", "-shm"] { unlink(draft + ending) } }
}
