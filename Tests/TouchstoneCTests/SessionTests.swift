import CTouchstone
import Foundation
import GraphIR
import ModelFile
import Synchronization
import Testing

@Suite struct SessionTests {
  private func session() throws -> OpaquePointer? {
    let bytes = try additionBytes()
    return make { touchstone_session_create_from_bytes(bytes, bytes.count, nil, nil, $0, $1) }
  }

  private func run(
    _ session: OpaquePointer?, _ inputs: [(String, OpaquePointer?)], outputs: [String]?, count: Int,
    _ results: inout [OpaquePointer?]
  ) -> Outcome {
    let inputNames = inputs.map { strdup($0.0) }
    let outputNames = outputs?.map { strdup($0) }
    defer { for name in inputNames + (outputNames ?? []) { free(name) } }
    let names = inputNames.map { UnsafePointer($0) }
    let values = inputs.map(\.1)
    results = Array(repeating: nil, count: count)
    return call { error in
      guard let outputNames else {
        return touchstone_session_run(session, nil, names, values, inputs.count, nil, count, &results, error)
      }
      return touchstone_session_run(
        session, nil, names, values, inputs.count, outputNames.map { UnsafePointer($0) }, count, &results,
        error)
    }
  }

  @Test func describesItself() throws {
    let session = try session()
    defer { touchstone_session_free(session) }
    var info = touchstone_port_info()
    #expect(call { touchstone_session_port_info(session, Int32(TOUCHSTONE_INPUT), 0, &info, $0) }.code == 0)
    #expect(String(cString: info.name) == "x")
    #expect(String(cString: info.type) == "tensor(float)")
    #expect(info.element_type == 1)
    #expect(Array(UnsafeBufferPointer(start: info.dims, count: Int(info.rank))) == [-1, 2])
    #expect(info.dim_params[0].map { String(cString: $0) } == "N")
    #expect(info.dim_params[1] == nil)
    var counts = [Int](repeating: -1, count: 3)
    for port in 0..<3 { call { touchstone_session_port_count(session, Int32(port), &counts[port], $0) } }
    #expect(counts == [1, 1, 1])
    #expect(call { touchstone_session_port_count(session, 3, &counts[0], $0) }.code == 2)
    #expect(call { touchstone_session_port_info(session, 0, 1, &info, $0) }.code == 2)
    #expect(call { touchstone_session_port_info(session, 0, -1, &info, $0) }.code == 2)
    var metadata = touchstone_metadata()
    #expect(call { touchstone_session_metadata(session, &metadata, $0) }.code == 0)
    #expect(String(cString: metadata.graph_name) == "addition")
    #expect(metadata.custom_count == 1)
    #expect(metadata.custom_values[0].map { String(cString: $0) } == "a test")
  }

  @Test func runs() throws {
    let session = try session()
    let x = floats([1, 2, 3, 4], [2, 2])
    var results: [OpaquePointer?] = []
    #expect(run(session, [("x", x)], outputs: nil, count: 1, &results).code == 0)
    touchstone_session_free(session)
    touchstone_value_free(x)
    // A value outlives the session that computed it.
    #expect(floats(of: results[0]) == [11, 22, 13, 24])
    #expect(dims(of: results[0]) == [2, 2])
    touchstone_value_free(results[0])
  }

  @Test func refusesWrongRuns() throws {
    let session = try session()
    let x = floats([1, 2], [1, 2])
    let wrong = integers([1, 2], [1, 2])
    defer {
      touchstone_session_free(session)
      for value in [x, wrong] { touchstone_value_free(value) }
    }
    var results: [OpaquePointer?] = []
    #expect(
      run(session, [("x", wrong)], outputs: nil, count: 1, &results).message.contains("input 'x' is int64"))
    #expect(run(session, [("x", x)], outputs: nil, count: 0, &results).code == 2)
    #expect(run(session, [("x", x)], outputs: ["nothing"], count: 1, &results).code == 2)
    #expect(run(session, [("x", x), ("x", x)], outputs: ["y"], count: 1, &results).message.contains("twice"))
    #expect(run(session, [("x", nil)], outputs: ["y"], count: 1, &results).code == 2)
    #expect(run(session, [("x", session)], outputs: ["y"], count: 1, &results).code == 2)
    #expect(run(x, [("x", x)], outputs: ["y"], count: 1, &results).message.contains("session is no handle"))
    #expect(run(nil, [], outputs: ["y"], count: 1, &results).message.contains("session is NULL"))
    #expect(results == [nil])
    #expect(touchstone_session_run(session, nil, nil, nil, 1, nil, 1, &results, nil) == 2)
    #expect(touchstone_session_run(session, nil, nil, nil, -1, nil, 1, &results, nil) == 2)
    #expect(touchstone_session_run(session, nil, nil, nil, 0, nil, 1, nil, nil) == 2)
  }

  @Test func aRaisedFlagEndsTheRun() throws {
    let session = try session()
    let x = floats([1, 2], [1, 2])
    defer {
      touchstone_session_free(session)
      touchstone_value_free(x)
    }
    var options = touchstone_run_options()
    touchstone_run_options_init(&options)
    var result: OpaquePointer?
    let outcome = withUnsafePointer(to: Int32(1)) { flag in
      options.terminate = flag
      return "x".withCString { name in
        call { touchstone_session_run(session, &options, [name], [x], 1, nil, 1, &result, $0) }
      }
    }
    #expect(outcome.code == Int32(TOUCHSTONE_CANCELLED))
    #expect(result == nil)
  }

  /// The flag is seen within an operator: this one would take an hour.
  @Test func aFlagEndsTheRunWithinAnOperator() throws {
    let bytes = try OnnxFile.serialize(
      Model(
        irVersion: 10, opsetImports: [OpsetImport(domain: "", version: 21)],
        graph: Graph(
          name: "g", nodes: [Node("MatMul", inputs: ["x", "x"], outputs: ["y"])],
          inputs: [ValueInfo(name: "x", type: .tensor(.int64, nil))],
          outputs: [ValueInfo(name: "y", type: .tensor(.int64, nil))])))
    let session = make { touchstone_session_create_from_bytes(bytes, bytes.count, nil, nil, $0, $1) }
    let x = integers([Int64](repeating: 1, count: 1 << 20), [1 << 10, 1 << 10])
    let flag = UnsafeMutablePointer<Atomic<Int32>>.allocate(capacity: 1)
    flag.initialize(to: Atomic(0))
    defer {
      touchstone_session_free(session)
      touchstone_value_free(x)
      flag.deallocate()
    }
    var options = touchstone_run_options()
    touchstone_run_options_init(&options)
    options.terminate = UnsafeRawPointer(flag).assumingMemoryBound(to: Int32.self)
    nonisolated(unsafe) let raised = flag
    Thread.detachNewThread {
      usleep(50_000)
      raised.pointee.store(1, ordering: .relaxed)
    }
    var result: OpaquePointer?
    let outcome = "x".withCString { name in
      call { touchstone_session_run(session, &options, [name], [x], 1, nil, 1, &result, $0) }
    }
    #expect(outcome.code == Int32(TOUCHSTONE_CANCELLED))
  }

  @Test func refusesWrongModels() throws {
    expectFailure(TOUCHSTONE_INVALID_MODEL, mentioning: "byte 0") {
      touchstone_session_create_from_bytes([UInt8(1), 2, 3], 3, nil, nil, $0, $1)
    }
    expectFailure(TOUCHSTONE_NO_SUCH_FILE, mentioning: "/nowhere/model.onnx") {
      touchstone_session_create_from_file("/nowhere/model.onnx", nil, $0, $1)
    }
    expectFailure(TOUCHSTONE_INVALID_ARGUMENT, mentioning: "path is NULL") {
      touchstone_session_create_from_file(nil, nil, $0, $1)
    }
    expectFailure(TOUCHSTONE_INVALID_ARGUMENT, mentioning: "bytes is NULL") {
      touchstone_session_create_from_bytes(nil, 3, nil, nil, $0, $1)
    }
    let bytes = try additionBytes()
    #expect(touchstone_session_create_from_bytes(bytes, bytes.count, nil, nil, nil, nil) == 2)
  }

  @Test func refusesWrongOptions() throws {
    let bytes = try additionBytes()
    func attempt(_ fragment: String, _ change: (inout touchstone_session_options) -> Void) {
      var options = touchstone_session_options()
      touchstone_session_options_init(&options)
      change(&options)
      expectFailure(TOUCHSTONE_INVALID_ARGUMENT, mentioning: fragment) {
        touchstone_session_create_from_bytes(bytes, bytes.count, nil, &options, $0, $1)
      }
    }
    attempt("graph_optimization_level is 7") { $0.graph_optimization_level = 7 }
    attempt("intra_op_num_threads is -1") { $0.intra_op_num_threads = -1 }
    attempt("options.size is 4") { $0.size = 4 }
  }

  @Test func infersShapes() throws {
    let bytes = try additionBytes()
    let model = make { touchstone_infer_shapes(bytes, bytes.count, 1, 1, 1, $0, $1) }
    #expect(type(of: model) == "tensor(uint8)")
    touchstone_value_free(model)
    expectFailure(TOUCHSTONE_INVALID_MODEL, mentioning: "cut off") {
      touchstone_infer_shapes("abc", 3, 0, 0, 0, $0, $1)
    }
  }

  @Test func wrongHandlesAreErrors() {
    #expect(touchstone_error_code(nil) == 2)
    #expect(touchstone_error_message(nil).map { String(cString: $0) }?.isEmpty == false)
    let garbage = OpaquePointer(bitPattern: 0xDEAD_BEEF)
    touchstone_session_free(garbage)
    touchstone_value_free(garbage)
    touchstone_error_free(garbage)
    var kind: Int32 = 0
    #expect(touchstone_value_kind(garbage, &kind, nil) == 2)
    #expect(String(cString: touchstone_version()).split(separator: ".").count == 3)
    #expect(touchstone_abi_version() == TOUCHSTONE_ABI_VERSION)
  }
}
