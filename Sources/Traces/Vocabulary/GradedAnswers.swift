/// What the answers of a record's rollouts come to; equal ones are kept once.
public struct GradedAnswers: Sendable {
  /// The different answers, in the order in which they come first.
  public private(set) var different: [GradedAnswer] = []
  /// For each rollout the place of its answer among the different ones; `nil` where it has none.
  public private(set) var places: [Int?] = []
  /// By their texts.
  private var known: [ExactText: Int] = [:]

  /// No answers yet, of so many rollouts.
  public init(expecting rollouts: Int) { places.reserveCapacity(rollouts) }

  /// The answers of rollouts; where equal texts were not graded alike, they stay apart.
  public init(_ answers: [GradedAnswer?]) {
    self.init(expecting: answers.count)
    for answer in answers {
      guard let answer else {
        addNone()
        continue
      }
      let text = ExactText(answer.text)
      if let place = known[text], different[place] == answer {
        places.append(place)
      } else {
        add(answer, text)
      }
    }
  }

  /// The answer of a rollout.
  public subscript(rollout: Int) -> GradedAnswer? { places[rollout].map { different[$0] } }

  /// Adds a rollout without an answer.
  public mutating func addNone() { places.append(nil) }

  /// Adds a rollout's answer, graded unless an earlier one has the same text.
  public mutating func add(_ text: String, graded: (String) -> GradedAnswer) {
    let key = ExactText(text)
    if let place = known[key] {
      places.append(place)
    } else {
      add(graded(text), key)
    }
  }

  private mutating func add(_ answer: GradedAnswer, _ text: ExactText) {
    known[text] = different.count
    places.append(different.count)
    different.append(answer)
  }
}
