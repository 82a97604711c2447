import Foundation
import Traces

/// A comparison that cannot be made as asked.
public enum ComparisonError: Error, Hashable, Sendable {
  /// A side that cannot be read.
  case badChoice(String, part: String)
  /// A side that sets a key twice.
  case repeatedKey(String, key: String)
  /// A setting that the side's method cannot use.
  case unusedSetting(String, setting: String, reason: String)
  /// A setting of both sides that neither takes.
  case unusedShared(String, reason: String)
  /// Curves without a budget and a problem in common.
  case nothingInCommon(left: String, right: String)
}

extension ComparisonError: LocalizedError {
  /// What was given, what was expected, and what to do.
  public var errorDescription: String? {
    switch self {
    case .badChoice(let text, let part):
      "\"\(text)\": \"\(part)\" cannot be read; expected METHOD[:AGGREGATE][@SCORER][,key=value...], "
        + "e.g. pf:last@prm,resampling=multinomial"
    case .repeatedKey(let text, let key):
      "\"\(text)\": \(key) is set twice; set it once"
    case .unusedSetting(let text, let setting, let reason):
      "\"\(text)\": \(setting) would do nothing: \(reason); leave it out"
    case .unusedShared(let setting, let reason):
      "\(setting) would do nothing: \(reason); leave it out"
    case .nothingInCommon(let left, let right):
      "\(left) and \(right) have no budget and recording in common: choose other budgets, or name a recording of each "
        + "with recording=NAME"
    }
  }
}

extension ComparisonError: DataRefusal {}
