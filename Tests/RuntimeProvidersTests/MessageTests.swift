import Execution
import Testing

@testable import RuntimeProviders

/// What runtimes say, recorded from them, and what is understood of it.
@Suite struct MessageTests {
  @Test func theLogSaysWhichLibraryOfCudaLacks() {
    // onnxruntime-gpu on a machine without CUDA: the status does not say which library it is.
    let status = OrtError(code: 1, message: RecordedMessages.cudaStatus).failure
    let refusal = OrtExecutionProvider.cuda.refusal(status.description, log: RecordedMessages.cudaLog)
    #expect(refusal.kind == .missing)
    #expect(
      refusal.description.hasPrefix("error 1: OrtSessionOptionsAppendExecutionProvider_Cuda: Failed to"))
    #expect(
      refusal.description.hasSuffix(
        "libcublasLt.so.13: cannot open shared object file: No such file or directory; install onnxruntime-gpu, "
          + "the NVIDIA driver and the CUDA and cuDNN libraries of its release"))
    #expect(OrtExecutionProvider.cuda.refusal("why", log: []).description.hasPrefix("why; install "))
    #expect(OrtExecutionProvider.plugin(path: "/p.so").refusal("why", log: []).description == "why")
  }

  private static let errors: [(code: Int32, message: String, kind: ProviderFailure.Kind, missing: [String])] =
    [
      (9, "Could not find an implementation for Add(14) node with name ''", .unsupported, ["Add"]),
      (1, "Fatal error: ai.onnx.preview:FlexAttention(-1) is not a registered function/op", .unsupported, []),
      (1, "layout_ == 0 was false. Batchwise recurrent operations are not supported.", .rejected, []),
      (
        1,
        "This session contains graph nodes that are assigned to the default CPU EP, but fallback to CPU EP has "
          + "been explicitly disabled by the user.", .fallback, []
      ),
      (2, "Got invalid dimensions for input: X for the following indices", .rejected, []),
    ]

  @Test(arguments: errors)
  func onnxRuntimesErrors(
    _ error: (code: Int32, message: String, kind: ProviderFailure.Kind, missing: [String])
  ) {
    let failure = OrtError(code: error.code, message: error.message + "\nStacktrace:\n…").failure
    #expect(failure.kind == error.kind)
    #expect(failure.missingOperators == error.missing)
    #expect(failure.description == "error \(error.code): \(error.message)")
  }

  @Test(arguments: RecordedMessages.openVino)
  func openVinosErrors(_ message: RecordedMessages.OpenVino) {
    let failure = OpenVinoError(status: message.status, message: message.text).failure
    #expect(failure.kind == message.kind)
    #expect(failure.missingOperators == message.missing)
    #expect(failure.description == "error \(message.status): \(message.sentence)")
  }
}
