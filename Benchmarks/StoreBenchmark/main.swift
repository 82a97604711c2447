import Foundation
import TraceStore
import Traces

/// Measures a store of 500 problems x 256 rollouts x 8 steps: 128,000 rollouts of a kilobyte, 2 million scores.
///
/// Usage: `StoreBenchmark [DIRECTORY]`; the store is made in the directory, by default the temporary one, and removed at
/// the end. `StoreBenchmark --make STORE` only makes one, `StoreBenchmark --load STORE` only loads one, several times.
let arguments = Array(CommandLine.arguments.dropFirst())
let directory = arguments.first ?? FileManager.default.temporaryDirectory.path
let synthetic = SyntheticRecords(problems: 500, rolloutsPerProblem: 256, stepsPerRollout: 8, bytesPerStep: 123)
if arguments.count == 2 {
  let measurement = StoreMeasurement(synthetic: synthetic, path: arguments[1])
  if arguments[0] == "--make" { try measurement.make() } else { try measurement.load(repetitions: 8) }
} else {
  try StoreMeasurement(synthetic: synthetic, path: directory + "/benchmark-\(UUID().uuidString).retrace").run()
}
