import Foundation
import GRDB
import GRDBSQLite

/// A store that cannot be used for a reason outside the user's data: the disk, permissions, other processes.
public enum StoreFailure: Error, Hashable, Sendable {
  /// Another process held the store for longer than the waiting time.
  case busy(path: String)
  /// No room is left on the device.
  case diskFull(path: String)
  /// The file, or the directory that must hold its `-wal` and `-shm` files, cannot be written.
  case readOnly(path: String)
  /// The file cannot be opened or made.
  case cannotOpen(path: String, reason: String)
  /// The file is damaged.
  case damaged(path: String, detail: String)
  /// Another process goes on with the same source.
  case sourceInUse(path: String, source: String)
  /// SQLite reported something else.
  case database(path: String, message: String)

  init(_ error: DatabaseError, path: String) {
    let message = error.message ?? "error \(error.resultCode.rawValue)"
    switch error.resultCode {
    case .SQLITE_BUSY, .SQLITE_LOCKED: self = .busy(path: path)
    case .SQLITE_FULL: self = .diskFull(path: path)
    case .SQLITE_READONLY, .SQLITE_PERM: self = .readOnly(path: path)
    case .SQLITE_CANTOPEN: self = .cannotOpen(path: path, reason: message)
    case .SQLITE_CORRUPT: self = .damaged(path: path, detail: message)
    case .SQLITE_IOERR where Self.isOutOfSpace(error): self = .diskFull(path: path)
    default: self = .database(path: path, message: message)
    }
  }

  /// The shared-memory file of a WAL database is not written but mapped: a full disk shows as an input/output error.
  private static func isOutOfSpace(_ error: DatabaseError) -> Bool {
    error.extendedResultCode == .SQLITE_IOERR_SHMSIZE
  }
}

extension StoreFailure: LocalizedError {
  /// What happened to which file, and what to do.
  public var errorDescription: String? {
    switch self {
    case .busy(let path):
      "\(path): another process is writing to the store; wait until it is done and run the same command again"
    case .diskFull(let path):
      "\(path): no space left on the device; the store is as it was after the last complete batch. Make room and run "
        + "the same command again"
    case .readOnly(let path):
      "\(path): the store cannot be written; check the permissions of the file and of its directory, which also holds "
        + "the files ending in -wal and -shm"
    case .cannotOpen(let path, let reason):
      "\(path): the store cannot be opened (\(reason)); check that its directory exists and may be written"
    case .damaged(let path, let detail):
      "\(path): the store is damaged (\(detail)); restore a copy or ingest the sources again"
    case .sourceInUse(let path, let source):
      "\(path): another process is ingesting \(source) into this store; wait until it is done and run the same command "
        + "again"
    case .database(let path, let message):
      "\(path): SQLite reports: \(message)"
    }
  }
}

/// Runs a body and turns SQLite's errors into failures of the store.
func translatingFailures<Value>(path: String, _ body: () throws -> Value) throws -> Value {
  do {
    return try body()
  } catch let error as DatabaseError where error.resultCode == .SQLITE_NOTADB {
    throw UnacceptableStore.notADatabase(path: path)
  } catch let error as DatabaseError {
    throw StoreFailure(error, path: path)
  }
}
