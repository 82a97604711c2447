import ArgumentParser
import Studies

/// The settings of a replay that every command which replays checks in the same way.
enum SettingList {
  /// Checks `--set` and `--replicates`.
  ///
  /// - Parameters:
  ///   - settings: The values of `--set`.
  ///   - replicates: The value of `--replicates`, for commands that have it.
  ///   - example: A setting that the message shows.
  /// - Throws: `ValidationError` naming the option and what it takes.
  static func check(_ settings: [String], replicates: Int = 1, example: String) throws {
    if replicates < 1 { throw ValidationError("--replicates \(replicates): expected 1 or more") }
    for text in settings where ReplayRequest.Option(parsing: text) == nil {
      throw ValidationError("--set \(text): expected key=value, e.g. --set \(example)")
    }
    var names: Set<Substring> = []
    for text in settings {
      let name = text.prefix { $0 != "=" }
      guard names.insert(name).inserted else { throw ValidationError("--set \(name) is given twice; set it once") }
    }
  }

  /// The settings that passed the check, in their order.
  static func options(_ settings: [String]) -> [ReplayRequest.Option] {
    settings.compactMap(ReplayRequest.Option.init(parsing:))
  }
}
