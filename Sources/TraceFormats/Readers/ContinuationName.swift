/// The name of a request for a missing continuation: what stands in `custom_id` of the batch that `retrace wants`
/// writes, so that the generated text finds its place in the stored tree.
///
/// Written `retrace|RECORDING|ROLLOUT|STEP|COPY|PROBLEM|CHECK`, with `%`, `|` and control characters of the names as `%XX`.
public struct ContinuationName: Hashable, Sendable {
  /// The problem's key.
  public var problem: String
  /// The recording whose rollouts are counted.
  public var recording: String
  /// The stored rollout that is continued, counted from 0 among those of its problem and recording; `nil` for the
  /// prompt itself.
  public var rollout: Int?
  /// How many steps of that rollout's whole path precede the continuation; 0 for the prompt.
  public var step: Int
  /// Which of several requests for the same place, from 0.
  public var copy: Int
  /// `StableHash.check` of the steps that precede the continuation, by which a store sees that it still is the one the
  /// batch was made for; `nil` where the name does not say.
  public var check: UInt64?

  /// Names a continuation.
  public init(
    problem: String, recording: String, rollout: Int?, step: Int, copy: Int = 0, check: UInt64? = nil
  ) {
    self.problem = problem
    self.recording = recording
    self.rollout = rollout
    self.step = step
    self.copy = copy
    self.check = check
  }

  /// The recording that continuations of a recording go to: they are no independent rollouts, so never its own.
  public static func recording(continuing name: String) -> String {
    let ending = " continuations"
    return name.hasSuffix(ending) ? name : name + ending
  }

  /// Reads a name; `nil` for any other text.
  public init?(_ text: String) {
    let parts = text.split(separator: "|", omittingEmptySubsequences: false)
    guard parts.count == 6 || parts.count == 7, parts[0] == "retrace", let recording = Self.decoded(parts[1]),
      let problem = Self.decoded(parts[5]), let step = Int(parts[3]), step >= 0, let copy = Int(parts[4]), copy >= 0
    else { return nil }
    let rollout = Int(parts[2])
    guard parts[2] == "-" ? step == 0 : (rollout ?? -1) >= 0 else { return nil }
    let check = parts.count == 7 ? UInt64(parts[6], radix: 16) : nil
    guard parts.count == 6 || check != nil else { return nil }
    self.init(problem: problem, recording: recording, rollout: rollout, step: step, copy: copy, check: check)
  }

  /// The name as text.
  public var text: String {
    let place = rollout.map { "\($0)" } ?? "-"
    let ending = check.map { "|" + String($0, radix: 16) } ?? ""
    return "retrace|\(Self.encoded(recording))|\(place)|\(step)|\(copy)|\(Self.encoded(problem))" + ending
  }

  static func encoded(_ name: String) -> String {
    var bytes: [UInt8] = []
    for byte in name.utf8 {
      if byte == UInt8(ascii: "%") || byte == UInt8(ascii: "|") || byte < 0x20 {
        let digits = String(byte, radix: 16, uppercase: true)
        bytes += Array("%".utf8) + Array((digits.count == 1 ? "0" + digits : digits).utf8)
      } else {
        bytes.append(byte)
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  static func decoded(_ name: Substring) -> String? {
    var bytes: [UInt8] = []
    var rest = name.utf8[...]
    while let byte = rest.popFirst() {
      guard byte == UInt8(ascii: "%") else {
        bytes.append(byte)
        continue
      }
      guard rest.count >= 2, let code = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16) else {
        return nil
      }
      bytes.append(code)
      rest = rest.dropFirst(2)
    }
    return String(validating: bytes, as: UTF8.self)
  }
}
