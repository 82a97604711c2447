import Foundation
import TraceFormats

/// Measures how fast files are read, on one thread and on two: search-and-learn-shaped JSON lines made for the purpose,
/// plain and gzip, and rows of scores; or the files named.
///
/// Usage: FormatsBenchmark [THREADS FILE...]; what is made lies in the temporary folder and is removed.
/// Seconds that a function takes.
func seconds(_ body: () throws -> Void) rethrows -> Double {
  let start = DispatchTime.now().uptimeNanoseconds
  try body()
  return Double(DispatchTime.now().uptimeNanoseconds - start) * 1e-9
}

/// Reads a file and prints its speed.
func measure(_ label: String, _ path: String, threads: Int) throws {
  var rollouts = 0
  var bytes = 0
  let time = try seconds {
    let summary = try TraceReading(ReadingOptions(threads: threads)).read(InputFile(path)) { batch in
      for record in batch.records { rollouts += record.rollouts.count }
    }
    bytes = summary.bytes
  }
  let speed = Double(bytes) / 1e6 / time
  print(
    "\(label): \(rollouts) rollouts, \(bytes / 1_000_000) MB in \(String(format: "%.2f s, %.0f MB/s", time, speed))")
}

/// Makes and measures the synthetic files.
func measureSyntheticFiles() throws {
  let folder = FileManager.default.temporaryDirectory.appending(path: "retrace-benchmark-\(getpid())")
  try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  defer { try? FileManager.default.removeItem(at: folder) }
  let plain = folder.appending(path: "sal.jsonl").path
  try SyntheticFile(problems: 500, completions: 256).write(to: plain)
  for threads in [1, 2] { try measure("plain, \(threads) thread(s)", plain, threads: threads) }
  try shell("gzip -k '\(plain)'")
  for threads in [1, 2] { try measure("gzip, \(threads) thread(s)", plain + ".gz", threads: threads) }
  let decompression = try seconds { try shell("gzip -dc '\(plain).gz' > /dev/null") }
  print("gzip -dc: \(String(format: "%.2f s", decompression))")
  try measureScores(folder.appending(path: "scores.jsonl").path)
}

/// Measures two million scores in rows of 16.
func measureScores(_ path: String) throws {
  var text = ""
  for row in 0..<125_000 {
    let scores = (0..<16).map { "\(Double(Float((row * 16 + $0) % 9973) / 9973))" }.joined(separator: ", ")
    text +=
      #"{"problem": "test/algebra/\#(row / 250).json", "rollout": \#(row % 250), "scorer": "other", "scores": [\#(scores)]}"#
    text += "\n"
  }
  try Data(text.utf8).write(to: URL(fileURLWithPath: path))
  for threads in [1, 2] {
    var scores = 0
    let time = try seconds {
      try ScoreFile.read(InputFile(path), options: ReadingOptions(threads: threads)) { rows in
        for row in rows { scores += row.stepScores.count }
      }
    }
    print("scores, \(threads) thread(s): \(scores) in \(String(format: "%.2f s", time))")
  }
}

/// Runs a command line to its end.
func shell(_ command: String) throws {
  let process = Process()
  process.executableURL = URL(fileURLWithPath: "/bin/sh")
  process.arguments = ["-c", command]
  try process.run()
  process.waitUntilExit()
}

if CommandLine.arguments.count > 1 {
  let threads = Int(CommandLine.arguments[1]) ?? 2
  for path in CommandLine.arguments.dropFirst(2) {
    try measure("\(path), \(threads) thread(s)", path, threads: threads)
  }
} else {
  try measureSyntheticFiles()
}
var usage = rusage()
getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
print("peak memory: \(usage.ru_maxrss / 1024) MB")
