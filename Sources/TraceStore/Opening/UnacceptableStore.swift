import Traces

/// The refusals of files that are no store of this version.
enum UnacceptableStore {
  static func missing(path: String) -> UnacceptableData {
    UnacceptableData(
      file: path, found: "no such file", expected: "a store",
      remedy: "make one with: retrace ingest INPUT --into \(path)")
  }

  static func directory(path: String) -> UnacceptableData {
    UnacceptableData(
      file: path, found: "a directory", expected: "the file of a store", remedy: "name the file, not its directory")
  }

  static func device(path: String) -> UnacceptableData {
    UnacceptableData(
      file: path, found: "a pipe, a device or a socket", expected: "the file of a store", remedy: "name a file")
  }

  static func name(_ path: String) -> UnacceptableData {
    UnacceptableData(
      file: path.isEmpty ? "\"\"" : path, found: "no name of a file", expected: "the file of a store",
      remedy: "name a file, such as math500.retrace")
  }

  static func notADatabase(path: String) -> UnacceptableData {
    UnacceptableData(
      file: path, found: "a file that is no SQLite database", expected: "a store that retrace made",
      remedy: "files of rollouts are read by: retrace ingest \(path) --into STORE")
  }

  static func empty(path: String) -> UnacceptableData {
    UnacceptableData(
      file: path, found: "an empty database", expected: "a store",
      remedy: "fill it with: retrace ingest INPUT --into \(path)")
  }

  static func foreign(path: String, identifier: Int32) -> UnacceptableData {
    UnacceptableData(
      file: path, found: "a SQLite database of another application (application_id \(identifier))",
      expected: "a store that retrace made (application_id \(StoreSchema.applicationIdentifier))",
      remedy: "give the store a name of its own")
  }

  static func later(path: String) -> UnacceptableData {
    UnacceptableData(
      file: path, found: "a store with the schema of a later version of retrace",
      expected: "schema \(StoreSchema.migrationNames.last ?? "")",
      remedy: "use the version of retrace that made the store, or a newer one")
  }

  static func earlier(path: String) -> UnacceptableData {
    UnacceptableData(
      file: path, found: "a store of an earlier version that cannot be brought up to date while it is only read",
      expected: "schema \(StoreSchema.migrationNames.last ?? "")",
      remedy: "ingest one of its files again, which changes nothing else: retrace ingest FILE --into \(path)")
  }
}
