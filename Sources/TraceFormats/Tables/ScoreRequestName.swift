import Traces

/// The name of a request for scores: what stands in `custom_id` of the batch that `retrace scores requests` writes, so
/// that the scores find the stored rollout.
///
/// Written `retrace-score|RECORDING|ROLLOUT|CHANNEL|BEFORE|OWN|CHECK|SCORER|PROBLEM`, with `%`, `|` and control
/// characters of the names as `%XX`, and `-` for no check. A request of the step channel asks for all own steps of a rollout, one of the prefix channel for
/// the prefix that ends with one of them.
public struct ScoreRequestName: Hashable, Sendable {
  /// The problem's key.
  public var problem: String
  /// The recording whose rollouts are counted.
  public var recording: String
  /// The rollout, counted from 0 among those of its problem and recording.
  public var rollout: Int
  /// The reward model's name.
  public var scorer: String
  /// What is to be judged.
  public var channel: ScoreChannel
  /// How many steps of the rollout's path precede its own.
  public var before: Int
  /// Step channel: how many own steps the rollout has. Prefix channel: which own step the prefix ends with, from 0.
  public var own: Int
  /// The check of the rollout, by which scores for another one are noticed.
  public var check: String?

  /// Names a request.
  public init(
    problem: String, recording: String, rollout: Int, scorer: String, channel: ScoreChannel, before: Int, own: Int,
    check: String?
  ) {
    self.problem = problem
    self.recording = recording
    self.rollout = rollout
    self.scorer = scorer
    self.channel = channel
    self.before = before
    self.own = own
    self.check = check
  }

  /// Reads a name; `nil` for any other text.
  public init?(_ text: String) {
    let parts = text.split(separator: "|", omittingEmptySubsequences: false)
    guard parts.count == 9, parts[0] == "retrace-score", let recording = ContinuationName.decoded(parts[1]),
      let rollout = Int(parts[2]), rollout >= 0, let channel = ScoreChannel(rawValue: String(parts[3])),
      let before = Int(parts[4]), before >= 0, let own = Int(parts[5]), own >= 0,
      let scorer = ContinuationName.decoded(parts[7]), let problem = ContinuationName.decoded(parts[8])
    else { return nil }
    self.init(
      problem: problem, recording: recording, rollout: rollout, scorer: scorer, channel: channel, before: before,
      own: own, check: parts[6] == "-" ? nil : String(parts[6]))
  }

  /// The name as text.
  public var text: String {
    let names = [recording, scorer, problem].map(ContinuationName.encoded)
    let place = "\(names[0])|\(rollout)|\(channel.rawValue)|\(before)|\(own)|\(check ?? "-")"
    return "retrace-score|\(place)|\(names[1])|\(names[2])"
  }
}
