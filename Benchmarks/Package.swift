// swift-tools-version: 6.2
import PackageDescription

let package = Package(
  name: "Benchmarks",
  dependencies: [.package(name: "retrace", path: "..")],
  targets: [
    .target(name: "AllocationCounter", path: "AllocationCounter"),
    .executableTarget(
      name: "ExtractionBenchmark", dependencies: [.product(name: "AnswerGrading", package: "retrace")],
      path: "ExtractionBenchmark"),
    .target(
      name: "SimulatedModels", dependencies: [.product(name: "Traces", package: "retrace")], path: "SimulatedModels"),
    .executableTarget(
      name: "FidelityBenchmark",
      dependencies: [
        "SimulatedModels", .product(name: "Replay", package: "retrace"), .product(name: "Traces", package: "retrace"),
        .product(name: "TraceStore", package: "retrace"),
      ],
      path: "FidelityBenchmark"),
    .executableTarget(
      name: "FormatsBenchmark", dependencies: [.product(name: "TraceFormats", package: "retrace")],
      path: "FormatsBenchmark"),
    .executableTarget(
      name: "GradingBenchmark", dependencies: [.product(name: "AnswerGrading", package: "retrace")],
      path: "GradingBenchmark"),
    .executableTarget(
      name: "ReplayBenchmark",
      dependencies: [
        "AllocationCounter", .product(name: "Replay", package: "retrace"), .product(name: "Traces", package: "retrace"),
      ],
      path: "ReplayBenchmark"),
    .executableTarget(
      name: "StoreBenchmark",
      dependencies: [.product(name: "TraceStore", package: "retrace"), .product(name: "Traces", package: "retrace")],
      path: "StoreBenchmark"),
  ],
  swiftLanguageModes: [.v6]
)
