// swift-tools-version:6.2
import PackageDescription

let strict: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .treatAllWarnings(as: .error),
]

/// A library target of the house; ARCHITECTURE.md draws who may import whom.
func library(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
  .target(name: name, dependencies: dependencies, swiftSettings: strict)
}

/// The tests of a library target.
func tests(_ name: String, _ dependencies: [Target.Dependency] = [], exclude: [String] = []) -> Target {
  .testTarget(
    name: "\(name)Tests", dependencies: [.target(name: name), "TestSupport"] + dependencies, exclude: exclude,
    swiftSettings: strict)
}

/// What only `Avx2Kernels` is built with; its folder is that of `VectorKernels`. SwiftPM refuses such flags in a
/// dependency that is named by version.
#if arch(x86_64)
  let avx2: [SwiftSetting] = [.unsafeFlags(["-Xcc", "-mavx2", "-Xcc", "-mfma"]), .define("AVX2")]
#else
  let avx2: [SwiftSetting] = []
#endif

let package = Package(
  name: "touchstone",
  products: [
    .library(name: "Touchstone", targets: ["Touchstone"]),
    .library(name: "TouchstoneC", type: .dynamic, targets: ["TouchstoneC"]),
    .executable(name: "touchstone", targets: ["TouchstoneCommand"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2")
  ],
  targets: [
    .target(name: "CSystem"),
    library("TensorCore", ["CSystem"]),
    library("GraphIR", ["TensorCore"]),
    .target(
      name: "COnnxProto", exclude: ["onnx.proto"], linkerSettings: [.linkedLibrary("protobuf-c")]),
    library("ModelFile", ["COnnxProto", "GraphIR", "TensorCore"]),
    .testTarget(
      name: "ModelFileTests", dependencies: ["ModelFile", "TestSupport"], exclude: ["make_fixtures.py"],
      resources: [.copy("Fixtures")], swiftSettings: strict),
    .target(name: "CImageLibraries"),
    library("OperatorSet", ["CImageLibraries", "GraphIR", "TensorCore"]),
    library("Analysis", ["OperatorSet", "GraphIR", "TensorCore"]),
    library("Transforms", ["Analysis", "OperatorSet", "GraphIR", "TensorCore"]),
    library("Execution", ["Transforms", "Analysis", "OperatorSet", "GraphIR", "TensorCore"]),
    library("Workers", ["CSystem", "Execution", "TensorCore"]),
    .target(name: "CRuntimeHeaders"),
    library("RuntimeProviders", ["CRuntimeHeaders", "Execution", "Workers", "ModelFile", "TensorCore"]),
    .target(name: "COpenBLAS", linkerSettings: [.linkedLibrary("openblas")]),
    .target(name: "CProcessor"),
    .target(name: "CVectors"),
    .target(name: "VectorKernels", dependencies: ["CVectors"], swiftSettings: strict),
    .target(name: "Avx2Kernels", dependencies: ["CVectors"], swiftSettings: strict + avx2),
    library(
      "FastKernels",
      [
        "VectorKernels", "Avx2Kernels", "CProcessor", "COpenBLAS", "OperatorSet", "Execution", "GraphIR",
        "TensorCore",
      ]),
    library(
      "Touchstone",
      ["Transforms", "Execution", "FastKernels", "Analysis", "ModelFile", "GraphIR", "TensorCore"]),
    .target(name: "CTouchstone"),
    library("TouchstoneC", ["Touchstone", "CTouchstone"]),
    library("Oracle", ["Execution", "Analysis", "OperatorSet", "GraphIR", "TensorCore"]),
    library(
      "Verification",
      ["Oracle", "Execution", "Transforms", "Analysis", "OperatorSet", "GraphIR", "TensorCore"]),
    library("Reports", ["TensorCore"]),
    library(
      "Conformance",
      [
        "Oracle", "Reports", "Workers", "Execution", "ModelFile", "Analysis", "OperatorSet", "GraphIR",
        "TensorCore",
      ]),
    library(
      "ModelComparison",
      [
        "Conformance", "Oracle", "Reports", "Workers", "Execution", "FastKernels", "ModelFile", "Analysis",
        "OperatorSet", "GraphIR", "TensorCore",
      ]),
    .executableTarget(
      name: "TouchstoneCommand",
      dependencies: [
        "Transforms", "Verification", "FastKernels", "ModelComparison", "Conformance", "Reports",
        "RuntimeProviders",
        "Workers", "Execution", "ModelFile", "Analysis", "OperatorSet", "GraphIR", "TensorCore",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ], swiftSettings: strict),
    .target(name: "TestSupport", path: "Tests/TestSupport", swiftSettings: strict),
    .target(
      name: "Mutation",
      dependencies: [
        "ModelComparison", "Conformance", "Touchstone", "Verification", "Transforms", "FastKernels",
        "Execution", "ModelFile", "OperatorSet", "GraphIR", "TensorCore", "TestSupport",
      ], path: "Fuzzing/Mutation", swiftSettings: strict),
    tests("TensorCore"),
    tests("Reports"),
    tests(
      "Conformance",
      [
        "TouchstoneCommand", "ModelComparison", "Oracle", "Workers", "Execution", "ModelFile", "OperatorSet",
        "GraphIR", "TensorCore",
      ],
      exclude: ["Snapshots"]),
    tests("Workers", ["TouchstoneCommand", "Execution", "GraphIR", "ModelFile", "TensorCore"]),
    tests("RuntimeProviders", ["TouchstoneCommand", "Workers", "Execution", "TensorCore"]),
    tests("OperatorSet", ["GraphIR", "TensorCore"], exclude: ["Fixtures"]),
    tests("Analysis", ["GraphIR", "TensorCore"]),
    tests("Verification", ["Transforms", "Execution", "GraphIR", "TensorCore"]),
    tests("Transforms", ["Analysis", "Execution", "GraphIR", "TensorCore"]),
    tests(
      "Execution",
      [
        "TouchstoneCommand", "Mutation", "Conformance", "Workers", "ModelFile", "Analysis", "OperatorSet",
        "GraphIR", "TensorCore",
      ]),
    tests("FastKernels", ["Execution", "OperatorSet", "GraphIR", "TensorCore"]),
    tests("Touchstone"),
    tests("TouchstoneC", ["CTouchstone", "Touchstone"]),
    tests(
      "ModelComparison",
      ["Conformance", "FastKernels", "Execution", "ModelFile", "GraphIR", "TensorCore"],
      exclude: ["plant_fault.py", "test_planted_faults.py"]),
    .testTarget(name: "HouseTests", swiftSettings: strict),
  ]
)

// Programs that look for faults: Scripts/mutate and Scripts/fuzz build them, and nobody else sees them.
if Context.environment["TOUCHSTONE_FUZZING"] != nil {
  package.targets += [
    .executableTarget(
      name: "mutate",
      dependencies: [
        "Mutation", .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ], path: "Fuzzing/Mutate", swiftSettings: strict),
    .target(name: "CLibFuzzer", path: "Fuzzing/CLibFuzzer"),
    .executableTarget(
      name: "fuzz",
      dependencies: [
        "CLibFuzzer", "Mutation", "Conformance", "TouchstoneC", "CTouchstone", "Touchstone", "FastKernels",
        "Execution", "ModelFile", "GraphIR", "TensorCore", "TestSupport",
      ], path: "Fuzzing/Fuzz", swiftSettings: strict),
  ]
}
