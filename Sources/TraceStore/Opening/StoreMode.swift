/// What may be done with a store.
public enum StoreMode: Hashable, Sendable {
  /// Read and write; the file is made where it is missing.
  case create
  /// Read and write; the file must exist.
  case readWrite
  /// Read only; the file must exist.
  case readOnly
}
