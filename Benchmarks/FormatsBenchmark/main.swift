import Foundation
import TraceFormats

/// Measures how fast search-and-learn-shaped JSON lines are read: plain and gzip, on one thread and on two.
///
/// Usage: FormatsBenchmark [PROBLEMS] [COMPLETIONS]; the file is made in the temporary folder and removed.
let arguments = CommandLine.arguments.dropFirst().compactMap { Int($0) }
let file = SyntheticFile(problems: arguments.first ?? 500, completions: arguments.dropFirst().first ?? 256)
let folder = FileManager.default.temporaryDirectory.appending(path: "retrace-benchmark-\(getpid())")
try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
defer { try? FileManager.default.removeItem(at: folder) }
let plain = folder.appending(path: "sal.jsonl").path
try file.write(to: plain)

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

for threads in [1, 2] { try measure("plain, \(threads) thread(s)", plain, threads: threads) }
let gzip = Process()
gzip.executableURL = URL(fileURLWithPath: "/usr/bin/env")
gzip.arguments = ["gzip", "-k", plain]
try gzip.run()
gzip.waitUntilExit()
for threads in [1, 2] { try measure("gzip, \(threads) thread(s)", plain + ".gz", threads: threads) }
let decompression = seconds {
  let reference = Process()
  reference.executableURL = URL(fileURLWithPath: "/bin/sh")
  reference.arguments = ["-c", "gzip -dc '\(plain).gz' > /dev/null"]
  try? reference.run()
  reference.waitUntilExit()
}
print("gzip -dc: \(String(format: "%.2f s", decompression))")
var usage = rusage()
getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
print("peak memory: \(usage.ru_maxrss / 1024) MB")
