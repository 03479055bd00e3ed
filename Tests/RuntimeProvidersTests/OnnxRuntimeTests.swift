import Execution
import Foundation
import TensorCore
import TestSupport
import Testing
import Workers

@testable import RuntimeProviders

/// ONNX Runtime itself, where it is installed.
@Suite(.enabled(if: Installed.onnxRuntime != nil)) struct OnnxRuntimeTests {
  private static let reference = ProviderReference(.onnxruntime)

  @Test func itSaysWhatItIs() throws {
    let description = try remote(Self.reference).description
    #expect(description.name == "onnxruntime")
    #expect(description.version.hasPrefix("1."))
    #expect(description.library == Installed.onnxRuntime)
  }

  @Test(arguments: [ElementType.float, .double, .float16, .bfloat16, .int64, .uint8, .bool, .string])
  func valuesComeBackAsTheyWent(_ type: ElementType) throws {
    let session = try remote(Self.reference).load(
      ModelSource(.bytes(IdentityModel.bytes(type))), options: LoadOptions())
    let tensor =
      type == .string
      ? Tensor(strings: ["a text"], shape: [1])
      : Tensor(type, shape: [1]) { $0.initializeMemory(as: UInt8.self, repeating: 1) }
    guard case .tensor(let back)? = try session.run(["x": .tensor(tensor)], fetching: ["y"])["y"] else {
      Issue.record("no tensor came back")
      return
    }
    #expect(back.elementType == type)
    #expect(back.strings == tensor.strings)
    #expect(back.withUnsafeBytes { Array($0) } == tensor.withUnsafeBytes { Array($0) })
  }

  @Test func refusalsSayWhy() throws {
    let provider = try remote(Self.reference)
    let failure = #expect(throws: ProviderFailure.self) {
      _ = try provider.load(ModelSource(.bytes([1, 2, 3])), options: LoadOptions())
    }
    #expect(failure?.kind == .rejected)
    let session = try provider.load(
      ModelSource(.bytes(IdentityModel.bytes(.float))), options: LoadOptions())
    #expect(throws: ProviderFailure.self) {
      try session.run(["x": .tensor(Tensor(int64: [1]))], fetching: ["y"])
    }
  }

  /// The wheel for the CPU alone does not bring CUDA's provider, which is a library of its own.
  private static let isForTheCpuAlone =
    Installed.onnxRuntime.map { library in
      let folder = URL(fileURLWithPath: library).deletingLastPathComponent().path
      return !FileManager.default.fileExists(atPath: folder + "/libonnxruntime_providers_cuda.so")
    } ?? false

  @Test(.enabled(if: isForTheCpuAlone)) func cudaThatIsNotInTheBuildIsMissing() throws {
    let (text, code) = try output(of: touchstoneProgram(), ["providers", "onnxruntime:cuda"])
    #expect(code == 5)
    #expect(text.contains("onnxruntime:cuda: not ready"))
    #expect(text.contains("CUDAExecutionProvider is not in this build of ONNX Runtime 1."))
    #expect(text.contains("CPUExecutionProvider; install onnxruntime-gpu, the NVIDIA driver and the CUDA"))
  }

  @Test func aNameThatIsNoExecutionProviderIsMissing() throws {
    let failure = #expect(throws: ProviderFailure.self) {
      _ = try remote(ProviderReference(.onnxruntime, device: "abacus"))
    }
    #expect(
      failure?.description.hasPrefix("onnxruntime has no provider 'abacus'; there are cpu, cuda") ?? false)
  }
}
