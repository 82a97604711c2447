import AnswerGrading

// Measures how many completions a second the extraction handles, one thread. Build with `-c release`; pass a number
// of rounds to measure for longer.

/// A kind of completion, all of about 1 kB.
struct Workload {
  let name: String
  let texts: [[UInt8]]

  init(_ name: String, ending: (Int) -> String) {
    self.name = name
    texts = (0..<1_000).map { index in
      let end = ending(index)
      var text = ""
      var step = 1
      while text.utf8.count + end.utf8.count < 950 {
        text += "\(step). We multiply \\( \(step + index) \\) by \\( \\frac{\(index)}{\(step + 2)} \\) and simplify:\n"
        text += "   \\[\n   \(step + index) \\times \(index) = \(index * (step + index))\n   \\]\n\n"
        step += 1
      }
      return Array((text + end).utf8)
    }
  }
}

let workloads = [
  Workload("box at the end") { "Therefore, the number of ways is \\(\\boxed{\\frac{\($0)}{7}}\\)." },
  Workload("several boxes") { "Hence \\[ \\boxed{-\($0)} \\quad \\text{and} \\quad \\boxed{\($0 + 1)}. \\]" },
  Workload("box, then a phrase") {
    "So \\(x = \\boxed{\($0)}\\). Final Answer: The final answer is $\($0)$. I hope it is correct."
  },
  Workload("phrase") { "The answer is \($0), since half of the outcomes win." },
  Workload("conclusion") { "So there are \($0) ways to seat the guests." },
  Workload("nothing") { _ in "This is as far as we can go with what is given, and then" },
]

func measure(_ workload: Workload, preset: ExtractionPreset, rounds: Int) {
  let extractor = AnswerExtractor(preset: preset)
  let clock = ContinuousClock()
  var found = 0
  let time = clock.measure {
    for _ in 0..<rounds {
      for text in workload.texts {
        found += text.withUnsafeBufferPointer { extractor.extract(from: $0) } == nil ? 0 : 1
      }
    }
  }
  let calls = rounds * workload.texts.count
  let seconds = Double(time.components.seconds) + Double(time.components.attoseconds) * 1e-18
  let bytes = workload.texts.reduce(0) { $0 + $1.count } / workload.texts.count
  let rate = Int(Double(calls) / seconds)
  let nanoseconds = Int(seconds * 1e9 / Double(calls))
  print(
    "\(preset.rawValue)  \(workload.name): \(bytes) bytes, \(nanoseconds) ns, \(rate) a second, \(found / rounds) found"
  )
}

let rounds = CommandLine.arguments.dropFirst().first.flatMap { Int($0) } ?? 200
for workload in workloads { measure(workload, preset: .retrace, rounds: rounds) }
for workload in workloads { measure(workload, preset: .qwen, rounds: max(1, rounds / 20)) }
