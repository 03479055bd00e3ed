import CRuntimeHeaders
import Execution
import Glibc

/// OpenVINO's library, opened at run time, with its core. There is one to a process, for all its life.
final class OpenVinoLibrary {
  let functions: OpenVinoFunctions
  /// As `2026.4.1`.
  let version: String
  let core: OpaquePointer

  /// - Throws: `ProviderFailure` for a file that is no OpenVINO, or that of another release than is understood.
  init(path: String) throws {
    guard let library = dlopen(path, RTLD_NOW | RTLD_LOCAL) else {
      throw ProviderFailure(.missing, "\(path) cannot be opened: \(String(cString: dlerror()))")
    }
    version = try Self.version(of: library, path)
    functions = try OpenVinoFunctions(library, of: "\(path), OpenVINO \(version),")
    var core: OpaquePointer?
    let status = functions.createCore(&core)
    guard status == 0, let core else {
      let failure = OpenVinoError(status: status, message: functions.message(of: status)).failure
      throw ProviderFailure(.missing, "OpenVINO \(version) does not start: \(failure)")
    }
    self.core = core
  }

  /// Asked for first, so that the message on a function that lacks can say of which release it lacks.
  private static func version(of library: UnsafeMutableRawPointer, _ path: String) throws -> String {
    let symbols = Symbols(library: library, owner: "\(path) is not OpenVINO: it")
    let get = try symbols.find("ov_get_openvino_version", as: OvGetVersion.self)
    let free = try symbols.find("ov_version_free", as: OvFreeVersion.self)
    var found = OvVersion()
    guard get(&found) == 0, let build = found.build else {
      throw ProviderFailure(.missing, "\(path) does not say which OpenVINO it is")
    }
    defer { free(&found) }
    return try version(ofBuild: String(cString: build), path)
  }

  /// - Parameter build: as `2026.4.1-21234-0fe1-releases/2026/4`.
  static func version(ofBuild build: String, _ path: String) throws -> String {
    let version = build.prefix { $0 != "-" }
    let parts = version.split(separator: ".", omittingEmptySubsequences: false).map { Int($0) }
    guard parts.count >= 2, !parts.contains(nil), let year = parts[0], year >= oldestYear else {
      throw ProviderFailure(
        .missing, "\(path) is OpenVINO '\(build)'; \(oldestYear).0 or a later release is required")
    }
    return String(version)
  }

  /// The first year whose releases number C's element types as they do now and compile with properties in a list.
  private static let oldestYear = 2025

  /// The devices that there are here, by OpenVINO's names. To ask costs 0.1 s, as every device's driver is opened.
  func devices() throws -> [String] {
    var list = OvDevices()
    try check(functions.getDevices(core, &list))
    defer { functions.freeDevices(&list) }
    guard let names = list.names else { return [] }
    return (0..<list.count).compactMap { names[$0].map { String(cString: $0) } }
  }

  /// - Throws: `ProviderFailure` in the runtime's words, for a status that is an error.
  func check(_ status: Int32) throws {
    guard status != 0 else { return }
    throw OpenVinoError(status: status, message: functions.message(of: status)).failure
  }

  /// The object that a function makes.
  func made(_ what: String, _ function: (inout OpaquePointer?) -> Int32) throws -> OpaquePointer {
    var object: OpaquePointer?
    try check(function(&object))
    guard let object else { throw ProviderFailure(.rejected, "OpenVINO makes no \(what)") }
    return object
  }

  /// Reads a model, which the caller frees.
  func read(_ bytes: [UInt8]) throws -> OpaquePointer {
    try made("model") { model in
      bytes.withUnsafeBytes { bytes in
        let start = bytes.baseAddress ?? UnsafeRawPointer(core)
        return functions.readBytes(
          core, start.assumingMemoryBound(to: CChar.self), bytes.count, nil, &model)
      }
    }
  }
}

/// The functions of a library, by their names.
struct Symbols {
  let library: UnsafeMutableRawPointer
  /// The beginning of the sentence that says what lacks.
  let owner: String

  func find<Function>(_ name: String, as type: Function.Type = Function.self) throws -> Function {
    guard let symbol = dlsym(library, name) else {
      throw ProviderFailure(.missing, "\(owner) has no \(name)")
    }
    return unsafeBitCast(symbol, to: type)
  }
}

/// What is called of OpenVINO's C API.
struct OpenVinoFunctions {
  let lastError: OvLastError
  let errorInfo: OvErrorInfo
  let freeText: OvFreeText
  let createCore: OvCreateCore
  let getDevices: OvGetDevices
  let freeDevices: OvFreeDevices
  let readFile: OvReadFile
  let readBytes: OvReadBytes
  let inputCount: OvInputCount
  let inputAt: OvInputAt
  let inputNamed: OvInputNamed
  let portName: OvPortName
  let portType: OvPortType
  let compile: OvCompile
  let createRequest: OvCreateRequest
  let setInput: OvSetInput
  let infer: OvInfer
  let getTensor: OvGetTensor
  let createTensor: OvCreateTensor
  let createStrings: OvCreateStrings
  let tensorShape: OvTensorShape
  let tensorType: OvTensorType
  let tensorSize: OvTensorSize
  let tensorByteSize: OvTensorSize
  let tensorData: OvTensorData
  let freeShape: OvFreeShape
  let freeModel: OvFreeModel
  let freeCompiled: OvFreeCompiled
  let freeRequest: OvFreeRequest
  let freeTensor: OvFreeTensor
  let freePort: OvFreePort

  /// - Throws: `ProviderFailure` that names the first function that lacks.
  init(_ library: UnsafeMutableRawPointer, of owner: String) throws {
    let symbols = Symbols(library: library, owner: owner)
    lastError = try symbols.find("ov_get_last_err_msg")
    errorInfo = try symbols.find("ov_get_error_info")
    freeText = try symbols.find("ov_free")
    createCore = try symbols.find("ov_core_create")
    getDevices = try symbols.find("ov_core_get_available_devices")
    freeDevices = try symbols.find("ov_available_devices_free")
    readFile = try symbols.find("ov_core_read_model")
    readBytes = try symbols.find("ov_core_read_model_from_memory_buffer")
    inputCount = try symbols.find("ov_model_inputs_size")
    inputAt = try symbols.find("ov_model_const_input_by_index")
    inputNamed = try symbols.find("ov_model_const_input_by_name")
    portName = try symbols.find("ov_port_get_any_name")
    portType = try symbols.find("ov_port_get_element_type")
    compile = try symbols.find("ov_core_compile_model_props")
    createRequest = try symbols.find("ov_compiled_model_create_infer_request")
    setInput = try symbols.find("ov_infer_request_set_input_tensor_by_index")
    infer = try symbols.find("ov_infer_request_infer")
    getTensor = try symbols.find("ov_infer_request_get_tensor")
    createTensor = try symbols.find("ov_tensor_create_from_host_ptr")
    createStrings = try symbols.find("ov_tensor_create_from_string_array")
    tensorShape = try symbols.find("ov_tensor_get_shape")
    tensorType = try symbols.find("ov_tensor_get_element_type")
    tensorSize = try symbols.find("ov_tensor_get_size")
    tensorByteSize = try symbols.find("ov_tensor_get_byte_size")
    tensorData = try symbols.find("ov_tensor_data")
    freeShape = try symbols.find("ov_shape_free")
    freeModel = try symbols.find("ov_model_free")
    freeCompiled = try symbols.find("ov_compiled_model_free")
    freeRequest = try symbols.find("ov_infer_request_free")
    freeTensor = try symbols.find("ov_tensor_free")
    freePort = try symbols.find("ov_output_const_port_free")
  }

  /// What OpenVINO says of a call that failed. Errors of the C API itself have no words of their own, and the last
  /// message is then that of a call before.
  func message(of status: Int32) -> String {
    let text = OpenVinoError.ofTheCApi.contains(status) ? errorInfo(status) : lastError()
    return text.map { String(cString: $0) } ?? ""
  }
}
