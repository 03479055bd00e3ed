import Execution
import Foundation
import TestSupport
import Testing

@testable import RuntimeProviders

/// Files that are not the library they are taken for.
@Suite struct LibraryTests {
  private func failure(_ family: ProviderReference.Family, _ path: String) -> ProviderFailure? {
    #expect(throws: ProviderFailure.self) {
      _ = try RuntimeCatalog.provider(ProviderReference(family, library: path))
    }
  }

  @Test(arguments: [ProviderReference.Family.onnxruntime, .openvino])
  func aFileOfTextIsNone(_ family: ProviderReference.Family) throws {
    let scratch = try Scratch()
    let path = scratch.path + "/library.so"
    try "no library\n".write(toFile: path, atomically: true, encoding: .utf8)
    let failure = failure(family, path)
    #expect(failure?.kind == .missing)
    #expect(failure?.description.hasPrefix("\(path) cannot be opened: ") ?? false)
  }

  @Test func anotherLibraryIsNone() {
    #expect(
      failure(.onnxruntime, "libz.so.1")?.description
        == "libz.so.1 is not ONNX Runtime: it has no OrtGetApiBase")
    #expect(
      failure(.openvino, "libz.so.1")?.description
        == "libz.so.1 is not OpenVINO: it has no ov_get_openvino_version")
  }

  @Test func aPathThatIsNotThereIsNamed() {
    let failure = #expect(throws: ProviderFailure.self) {
      try RuntimeCatalog.located(ProviderReference(.openvino, library: "/no/such/folder"))
    }
    #expect(failure?.description == "openvino: /no/such/folder is no library and holds none")
  }

  @Test(
    .enabled(if: Compiler.path != nil),
    arguments: [("0.4.0", "1.16"), ("1.4.0", "1.16"), ("2.0.0", "1.16"), ("nonsense", "1.16")])
  func onnxRuntimeOfAnUnknownVersion(_ version: String, _ wanted: String) throws {
    let scratch = try Scratch()
    let path = try Compiler.library(
      """
      #include <stddef.h>
      static const char *version(void) { return "\(version)"; }
      static const void *api(unsigned v) { return NULL; }
      static const struct { const void *(*get)(unsigned); const char *(*version)(void); } base = {api, version};
      const void *OrtGetApiBase(void) { return &base; }
      """, in: scratch.path)
    let failure = failure(.onnxruntime, path)
    #expect(failure?.kind == .missing)
    #expect(
      failure?.description == "\(path) is ONNX Runtime \(version); \(wanted) or a later 1.x is required")
  }

  @Test(.enabled(if: Compiler.path != nil)) func openVinoThatLacksAFunction() throws {
    let scratch = try Scratch()
    let path = try Compiler.library(
      """
      struct version { const char *build, *description; };
      int ov_get_openvino_version(struct version *v) { v->build = "2031.2.0-1-abc"; return 0; }
      void ov_version_free(struct version *v) {}
      const char *ov_get_last_err_msg(void) { return ""; }
      const char *ov_get_error_info(int status) { return ""; }
      void ov_free(const char *text) {}
      """, in: scratch.path)
    #expect(failure(.openvino, path)?.description == "\(path), OpenVINO 2031.2.0, has no ov_core_create")
  }

  @Test func openVinosVersions() throws {
    let build = "2026.4.1-21234-0fe1c4b8d9c-releases/2026/4"
    #expect(try OpenVinoLibrary.version(ofBuild: build, "l.so") == "2026.4.1")
    for build in ["2024.6.0-1-x", "", "custom", "2026-1", "2026.x-1"] {
      let failure = #expect(throws: ProviderFailure.self) {
        try OpenVinoLibrary.version(ofBuild: build, "l.so")
      }
      #expect(
        failure?.description == "l.so is OpenVINO '\(build)'; 2025.0 or a later release is required")
    }
  }

  @Test func aProviderThatHasNoName() {
    let failure = #expect(throws: ProviderFailure.self) { try ProviderReference("tensorrt") }
    #expect(failure?.description.hasPrefix("'tensorrt' names no provider; there are touchstone") ?? false)
  }
}
