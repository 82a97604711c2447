// swift-tools-version: 6.2
import PackageDescription

let package = Package(
  name: "retrace",
  products: [
    .library(name: "Traces", targets: ["Traces"])
  ],
  targets: [
    .target(name: "Traces"),
    .testTarget(name: "TracesTests", dependencies: ["Traces"]),
  ],
  swiftLanguageModes: [.v6]
)
