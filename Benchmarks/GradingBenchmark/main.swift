import AnswerGrading
import Foundation

// Measures the grader, one thread. Build with `-c release`.
//   GradingBenchmark              pairs of its own, and completions of 1 kB
//   GradingBenchmark PAIRS.jsonl  also the pairs of a file (gold, pred, mode, gold_mode)

/// A gold answer and an answer to grade.
struct Pair: Decodable {
  let gold: String
  let pred: String
  let mode: String?
  let goldMode: String?
}

/// The seconds that a piece of work takes.
func seconds(_ work: () -> Void) -> Double {
  let time = ContinuousClock().measure(work)
  return Double(time.components.seconds) + Double(time.components.attoseconds) * 1e-18
}

/// Pairs of every kind, each compared in both directions.
let builtIn: [(String, String)] = [
  ("42", "42"), ("-7", "7"), ("\\frac{3}{4}", "0.75"), ("1{,}000", "1000"), ("2\\sqrt{3}", "\\sqrt{12}"),
  ("x^2+2x+1", "(x+1)^2"), ("(1,2)", "(2,1)"), ("\\{1,2,3\\}", "3,2,1"), ("[0,1)", "0\\le x<1"),
  ("\\frac{\\sqrt{3}}{2}", "\\sin 60^\\circ"), ("y=2x+3", "y-2x=3"), ("25\\%", "0.25"),
  ("\\begin{pmatrix}1&2\\\\3&4\\end{pmatrix}", "\\begin{bmatrix}1&2\\\\3&4\\end{bmatrix}"), ("\\text{(C)}", "C"),
  ("\\log_2 3", "\\frac{\\ln 3}{\\ln 2}"), ("10\\text{ cm}", "10"), ("3+4i", "4i+3"),
  ("1\\pm\\sqrt{5}", "1-\\sqrt5,1+\\sqrt5"),
]

func report(_ name: String, _ count: Int, _ time: Double) {
  print("\(name): \(count), \(Int(Double(count) / time)) a second, \(Int(time * 1e9 / Double(count))) ns each")
}

func measureBuiltIn(rounds: Int) {
  let grader = Grader()
  var equal = 0
  let time = seconds {
    for _ in 0..<rounds {
      for (gold, answer) in builtIn where grader.areEqual(gold: gold, answer: answer) { equal += 1 }
    }
  }
  report("pairs of its own (\(equal / rounds) of \(builtIn.count) equal)", rounds * builtIn.count, time)
}

func measureFile(_ path: String, rounds: Int) throws {
  let decoder = JSONDecoder()
  decoder.keyDecodingStrategy = .convertFromSnakeCase
  let text = try String(contentsOfFile: path, encoding: .utf8)
  let pairs = text.split(separator: "\n").compactMap { try? decoder.decode(Pair.self, from: Data($0.utf8)) }
  let grader = Grader()
  let extractor = AnswerExtractor()
  var equal = 0
  let time = seconds {
    for _ in 0..<rounds {
      for pair in pairs {
        let gold = (pair.goldMode ?? pair.mode) == "text" ? extractor.extract(from: pair.gold) : pair.gold
        let answer = pair.mode == "text" ? extractor.extract(from: pair.pred) : pair.pred
        guard let gold, let answer else { continue }
        if grader.areEqual(gold: gold, answer: answer) { equal += 1 }
      }
    }
  }
  report("pairs of the file (\(equal / rounds) of \(pairs.count) equal)", rounds * pairs.count, time)
}

func measureCompletions(rounds: Int) {
  let texts = (0..<1_000).map { index -> String in
    let end = "Therefore, the final answer is: $\\boxed{\(index % 5 == 0 ? "\\frac{\(index)}{7}" : "\(index)")}$."
    var text = ""
    while text.utf8.count + end.utf8.count < 950 { text += "We multiply \\(\(index)\\) by \\(\\frac{1}{2}\\) next:\n" }
    return text + end
  }
  let extractor = AnswerExtractor()
  let classes = AnswerClasses()
  var count = 0
  let time = seconds {
    for _ in 0..<rounds { count += classes.classes(of: texts.map { extractor.extract(from: $0) }).count }
  }
  report("completions of 1 kB, extracted, parsed and classified", count, time)
}

measureBuiltIn(rounds: 2_000)
measureCompletions(rounds: 100)
if let path = CommandLine.arguments.dropFirst().first { try measureFile(path, rounds: 20) }
