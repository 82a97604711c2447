// swift-tools-version: 6.2
import PackageDescription

let argumentParser = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")

let package = Package(
  name: "retrace",
  products: [
    .executable(name: "retrace", targets: ["retrace"]),
    .library(name: "Traces", targets: ["Traces"]),
    .library(name: "Estimation", targets: ["Estimation"]),
    .library(name: "Studies", targets: ["Studies"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2")
  ],
  targets: [
    .target(name: "Traces"),
    .target(name: "Estimation", dependencies: ["Traces"]),
    .target(name: "Studies", dependencies: ["Traces", "Estimation"]),
    .executableTarget(name: "retrace", dependencies: ["Traces", "Studies", argumentParser]),
    .testTarget(name: "TracesTests", dependencies: ["Traces"]),
    .testTarget(name: "EstimationTests", dependencies: ["Estimation", "Traces"]),
    .testTarget(name: "StudiesTests", dependencies: ["Studies"]),
  ],
  swiftLanguageModes: [.v6]
)
