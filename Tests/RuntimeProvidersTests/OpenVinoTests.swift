import Execution
import TensorCore
import TestSupport
import Testing
import Workers

@testable import RuntimeProviders

/// OpenVINO itself, where it is installed.
@Suite(.enabled(if: Installed.openVino != nil)) struct OpenVinoTests {
  private static let reference = ProviderReference(.openvino)

  private func identity(_ type: ElementType, _ provider: any Provider) throws -> any ProviderSession {
    try provider.load(ModelSource(.bytes(IdentityModel.bytes(type))), options: LoadOptions())
  }

  @Test func itSaysWhatItIs() throws {
    let description = try remote(Self.reference).description
    #expect(description.name == "openvino")
    #expect(description.devices == ["CPU"])
    #expect(description.library == Installed.openVino)
    #expect(description.version.split(separator: ".").count >= 2)
  }

  /// Each type that it has comes back as what went; the rest are refused by name. The value is 1, since OpenVINO
  /// computes int64 in int32 and double in float.
  @Test func everyElementTypeIsTakenOrRefused() throws {
    let provider = try remote(Self.reference)
    var taken: Set<ElementType> = []
    for type in ElementType.allCases where type != .string {
      let tensor =
        type.arithmetic == .complex
        ? Tensor(type, shape: [1]) { $0.initializeMemory(as: UInt8.self, repeating: 0) }
        : Tensor(type, shape: [1], rounding: [1])
      do {
        let value = try identity(type, provider).run(["x": .tensor(tensor)], fetching: ["y"])["y"]
        guard case .tensor(let back)? = value else {
          Issue.record("\(type): no tensor came back")
          continue
        }
        #expect(back.elementType == type)
        #expect(back.withUnsafeBytes { Array($0) } == tensor.withUnsafeBytes { Array($0) }, "\(type)")
        taken.insert(type)
      } catch let failure as ProviderFailure {
        #expect(failure.kind == .unsupported, "\(type): \(failure)")
      }
    }
    let certain: Set<ElementType> = [
      .float, .double, .float16, .bfloat16, .int8, .int16, .int32, .int64, .uint8, .uint16, .uint32, .uint64,
      .bool, .int4, .uint4,
    ]
    #expect(taken.isSuperset(of: certain), "it takes \(taken)")
    #expect(!taken.contains(.complex64))
  }

  @Test func whatIsNoTensorIsUnsupported() throws {
    let session = try identity(.float, try remote(Self.reference))
    let sequence = Value.sequence([.tensor(Tensor(floats: [1]))], of: .tensor(.float, nil))
    let failure = #expect(throws: ProviderFailure.self) { try session.run(["x": sequence], fetching: ["y"]) }
    #expect(failure?.kind == .unsupported)
    #expect(failure?.description.contains("seq(tensor(float))") ?? false)
  }

  @Test func anInputThatIsNotThereIsRefused() throws {
    let session = try identity(.float, try remote(Self.reference))
    let value = Value.tensor(Tensor(floats: [1]))
    let failure = #expect(throws: ProviderFailure.self) {
      try session.run(["x": value, "nope": value], fetching: ["y"])
    }
    #expect(failure?.kind == .rejected)
    #expect(failure?.description.contains("nope") ?? false)
    #expect(throws: ProviderFailure.self) { try session.run(["x": value], fetching: ["nope"]) }
    let missing = #expect(throws: ProviderFailure.self) { try session.run([:], fetching: ["y"]) }
    #expect(missing?.description == "input 'x' is missing")
  }

  @Test func bytesThatAreNoModelAreRefused() throws {
    let provider = try remote(Self.reference)
    #expect(throws: ProviderFailure.self) {
      _ = try provider.load(ModelSource(.bytes([1, 2, 3])), options: LoadOptions())
    }
    #expect(throws: ProviderFailure.self) {
      _ = try provider.load(ModelSource(.file("/no/such/model.onnx")), options: LoadOptions())
    }
    // It is none the worse for it.
    let value = Value.tensor(Tensor(floats: [7]))
    #expect(try identity(.float, provider).run(["x": value], fetching: ["y"]).count == 1)
  }

  /// OpenVINO 2026.4.1 gives the right text and then ends the process.
  @Test func aStringIdentityEndsItsWorkerAndNothingElse() throws {
    let provider = try remote(Self.reference)
    let text = Value.tensor(
      Tensor(strings: ["a text too long to lie within a C++ string"], shape: [1]))
    do {
      _ = try identity(.string, provider).run(["x": text], fetching: ["y"])
      _ = try identity(.float, provider)
    } catch let failure as WorkerFailure {
      #expect(failure.kind == .crash)
      #expect(failure.description.contains("ended by signal"), "\(failure)")
    }
    let value = Value.tensor(Tensor(floats: [7]))
    #expect(try identity(.float, provider).run(["x": value], fetching: ["y"]).count == 1)
  }

  @Test func aDeviceThatIsNotThereIsMissing() throws {
    let failure = #expect(throws: ProviderFailure.self) {
      _ = try remote(ProviderReference(.openvino, device: "GPU.7"))
    }
    #expect(failure?.kind == .missing)
    #expect(failure?.description.hasPrefix("OpenVINO has no device 'GPU.7' here, but CPU") ?? false)
    let (text, code) = try output(of: touchstoneProgram(), ["providers", "openvino:GPU.7"])
    #expect(code == 5)
    #expect(text.contains("openvino:GPU.7: not ready"))
    #expect(text.contains("no device 'GPU.7' here"))
  }
}

/// What needs no OpenVINO.
@Suite struct OpenVinoDeviceTests {
  @Test func inputsThatOpenVinoRenamesAreKnownByTheirPlace() throws {
    // As OpenVINO has ONNX's test_sequence_model1: X, the output's name for Y, and Z.
    let names = ["X", "Y", "Z", "pos", "pos_at"]
    let places = try OpenVinoInputNames.places(of: names, found: [0, nil, 2, nil, nil], portCount: 3)
    #expect(places == ["X": 0, "Y": 1, "Z": 2, "pos": nil, "pos_at": nil])
    #expect(
      try OpenVinoInputNames.places(of: ["data", "axes"], found: [0, nil], portCount: 1)
        == ["data": 0, "axes": nil])
    #expect(try OpenVinoInputNames.places(of: ["x"], found: [nil], portCount: 1) == ["x": 0])
    let failure = #expect(throws: ProviderFailure.self) {
      try OpenVinoInputNames.places(of: ["a", "b"], found: [nil, nil], portCount: 1)
    }
    #expect(failure?.kind == .unsupported)
    #expect(throws: ProviderFailure.self) {
      try OpenVinoInputNames.places(of: ["a"], found: [0], portCount: 2)
    }
  }

  @Test func aDeviceIsOneOfThoseThereAre() throws {
    try OpenVinoProvider.check("GPU", among: ["CPU", "GPU"])
    try OpenVinoProvider.check("GPU", among: ["CPU", "GPU.0", "GPU.1"])
    try OpenVinoProvider.check("GPU.1", among: ["CPU", "GPU.0", "GPU.1"])
    for (device, devices) in [("NPU", ["CPU", "GPU.0"]), ("GP", ["GPU"]), ("GPU.2", ["GPU.0", "GPU.1"])] {
      let failure = #expect(throws: ProviderFailure.self) {
        try OpenVinoProvider.check(device, among: devices)
      }
      #expect(failure?.kind == .missing)
      let names = devices.joined(separator: ", ")
      #expect(
        failure?.description.hasPrefix("OpenVINO has no device '\(device)' here, but \(names);") ?? false)
    }
  }
}
