import Execution

/// Messages of runtimes as they were said, with ceremony and all.
enum RecordedMessages {
  /// onnxruntime-gpu 1.31.1 without CUDA's libraries: what AppendExecutionProvider_CUDA_V2 returns, and what the
  /// logger hears.
  static let cudaStatus = "OrtSessionOptionsAppendExecutionProvider_Cuda: Failed to load shared library"
  static let cudaLog = [
    """
    /onnxruntime_src/onnxruntime/core/session/provider_bridge_ort.cc:2043 onnxruntime::Provider& \
    onnxruntime::ProviderLibrary::Get() [ONNXRuntimeError] : 1 : FAIL : Failed to load library \
    onnxruntime/capi/libonnxruntime_providers_cuda.so with error: libcublasLt.so.13: cannot open shared object \
    file: No such file or directory

    """
  ]

  struct OpenVino: Sendable {
    let status: Int32
    let text: String
    let kind: ProviderFailure.Kind
    let missing: [String]
    let sentence: String
  }

  private static let conversion = """
    Exception from src/inference/src/cpp/core.cpp:84:
    Check 'false' failed at src/frontends/common_translators/src/unconverted_ops_report.cpp:151:
    FrontEnd API failed with OpConversionFailure:

    """

  /// OpenVINO 2026.4.1 on ONNX's test_loop13_seq, test_training_dropout, test_nllloss_NCd1_ii, test_cast_FLOAT16_to_FLOAT8E4M3FNUZ, and
  /// a name that no input has.
  static let openVino = [
    OpenVino(
      status: -1,
      text: conversion + """
        Model wasn't fully converted.
        Summary:
        -- No conversion rule found for operations: util::SequenceInsert, ai.onnx.ml.LabelEncoder, StringSplit-20

        """, kind: .unsupported, missing: ["util::SequenceInsert", "ai.onnx.ml.LabelEncoder", "StringSplit"],
      sentence:
        "-- No conversion rule found for operations: util::SequenceInsert, ai.onnx.ml.LabelEncoder, "
        + "StringSplit-20"),
    OpenVino(
      status: -1,
      text: conversion + """
        Model wasn't fully converted. Failed operations detailed log:
        -- Dropout-22 with a message:
        Check '(ov::op::util::is_constant(ng_inputs.at(2).get_node_shared_ptr()))' failed at src/op/dropout.cpp:43:
        While validating ONNX node '<Node(Dropout): y>':
        Non-constant training_mode input is not supported.

        Summary:
        -- Conversion is failed for: Dropout-22

        """, kind: .unsupported, missing: ["Dropout"],
      sentence:
        "-- Dropout-22 with a message:; "
        + "Check '(ov::op::util::is_constant(ng_inputs.at(2).get_node_shared_ptr()))' failed; "
        + "While validating ONNX node '<Node(Dropout): y>':; "
        + "Non-constant training_mode input is not supported.; -- Conversion is failed for: Dropout-22"),
    OpenVino(
      status: -1,
      text: conversion + """
        Model wasn't fully converted. Failed operations detailed log:
        -- NegativeLogLikelihoodLoss-22 with a message:
        While validating ONNX node '<Node(NegativeLogLikelihoodLoss): loss>': Check 'false' failed at src/node.cpp:566:
        FrontEnd API failed with NotImplementedFailure:
        get_attribute is not implemented for this FrontEnd class

        Summary:
        -- Conversion is failed for: NegativeLogLikelihoodLoss-22

        """, kind: .unsupported, missing: ["NegativeLogLikelihoodLoss"],
      sentence:
        "-- NegativeLogLikelihoodLoss-22 with a message:; "
        + "While validating ONNX node '<Node(NegativeLogLikelihoodLoss): loss>': Check 'false' failed; "
        + "get_attribute is not implemented for this FrontEnd class; "
        + "-- Conversion is failed for: NegativeLogLikelihoodLoss-22"),
    OpenVino(
      status: -1,
      text: """
        Exception from src/inference/src/cpp/core.cpp:84:
        Check 'false' failed at src/frontends/common/src/frontend.cpp:47:
        Loading input model
        Unsupported type

        """, kind: .unsupported, missing: [], sentence: "Unsupported type"),
    OpenVino(
      status: -1,
      text: """
        Exception from src/inference/src/cpp/infer_request.cpp:79:
        Check '::getPort(port, name, {m_impl->get_inputs(), m_impl->get_outputs()})' failed at src/a.cpp:79:
        Port for tensor name nope was not found.

        """, kind: .rejected, missing: [],
      sentence:
        "Check '::getPort(port, name, {m_impl->get_inputs(), m_impl->get_outputs()})' failed; "
        + "Port for tensor name nope was not found."),
  ]
}
