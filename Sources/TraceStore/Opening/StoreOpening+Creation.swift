import Foundation
import GRDB

extension StoreOpening {
  /// Makes a store that is missing under another name and gives it its own when it is whole, so that no reader meets
  /// a file without tables.
  ///
  /// Where that fails nothing is left, and the store is made in its place: what keeps it from being made shows there.
  func makeIfMissing() {
    guard !FileManager.default.fileExists(atPath: path) else { return }
    let place = URL(fileURLWithPath: path)
    let draft = place.deletingLastPathComponent()
      .appendingPathComponent(".\(place.lastPathComponent).\(UUID().uuidString).new").path
    defer { for ending in ["", "-wal", "-shm"] { unlink(draft + ending) } }
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
}
