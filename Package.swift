// swift-tools-version: 6.2
import PackageDescription

extension Target.Dependency {
  static let argumentParser = product(name: "ArgumentParser", package: "swift-argument-parser")
  static let bigInt = product(name: "BigInt", package: "BigInt")
  static let crypto = product(name: "Crypto", package: "swift-crypto")
  static let grdb = product(name: "GRDB", package: "GRDB.swift")
  static let grdbSQLite = product(name: "GRDBSQLite", package: "GRDB.swift")
  static let subprocess = product(name: "Subprocess", package: "swift-subprocess")
  static let yams = product(name: "Yams", package: "Yams")
}

let package = Package(
  name: "retrace",
  products: [
    .executable(name: "retrace", targets: ["retrace"]),
    .library(name: "Traces", targets: ["Traces"]),
    .library(name: "AnswerGrading", targets: ["AnswerGrading"]),
    .library(name: "TraceFormats", targets: ["TraceFormats"]),
    .library(name: "TraceStore", targets: ["TraceStore"]),
    .library(name: "Estimation", targets: ["Estimation"]),
    .library(name: "Replay", targets: ["Replay"]),
    .library(name: "Reporting", targets: ["Reporting"]),
    .library(name: "Studies", targets: ["Studies"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
    .package(url: "https://github.com/attaswift/BigInt", from: "6.0.1"),
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
    .package(url: "https://github.com/swiftlang/swift-subprocess", from: "1.0.2"),
  ],
  targets: [
    .systemLibrary(name: "CISAL", providers: [.apt(["libisal-dev"])]),
    .systemLibrary(name: "CZstd", providers: [.apt(["libzstd-dev"])]),
    .target(name: "Traces"),
    .target(name: "AnswerGrading", dependencies: [.bigInt]),
    .target(name: "TraceFormats", dependencies: ["Traces", "CISAL", "CZstd", .crypto, .yams]),
    .target(name: "TraceStore", dependencies: ["Traces", .grdb, .grdbSQLite, .crypto]),
    .target(name: "Estimation", dependencies: ["Traces"]),
    .target(name: "Replay", dependencies: ["Traces"]),
    .target(name: "Reporting", dependencies: ["Estimation", "Traces", .subprocess]),
    .target(
      name: "Studies",
      dependencies: [
        "Traces", "AnswerGrading", "TraceFormats", "TraceStore", "Replay", "Estimation", "Reporting", .crypto,
      ]),
    .executableTarget(name: "retrace", dependencies: ["Traces", "Studies", .argumentParser]),
    .target(name: "TraceTestSupport", dependencies: ["Traces"], path: "Tests/TraceTestSupport"),
    .testTarget(name: "TraceTestSupportTests", dependencies: ["TraceTestSupport", "Traces"]),
    .testTarget(name: "TracesTests", dependencies: ["Traces"]),
    .testTarget(name: "TraceFormatsTests", dependencies: ["TraceFormats", "Traces"]),
    .testTarget(name: "TraceStoreTests", dependencies: ["TraceStore", "Traces", .grdb, .grdbSQLite]),
    .testTarget(name: "AnswerGradingTests", dependencies: ["AnswerGrading"]),
    .testTarget(name: "CommandLineTests", dependencies: ["retrace", "Studies", .argumentParser]),
    .testTarget(name: "EstimationTests", dependencies: ["Estimation", "Traces"]),
    .testTarget(name: "ReplayTests", dependencies: ["Replay", "Traces"]),
    .testTarget(name: "ReportingTests", dependencies: ["Reporting", "Estimation", "Traces"]),
    .testTarget(
      name: "StudiesTests",
      dependencies: [
        "Studies", "TraceStore", "TraceFormats", "Estimation", "Replay", "Reporting", "Traces", "TraceTestSupport",
      ]),
  ],
  swiftLanguageModes: [.v6]
)
