import Foundation
import TensorCore
import Testing

/// Every bit pattern of the small types, and their rounding, against `ConformanceData/element-types.json`: values
/// from PyPI's ml_dtypes and the tables of ONNX's Cast.
@Suite struct SmallTypeTests {
  private struct Truth: Decodable {
    struct Cast: Decodable {
      let operator_: String?
      let saturate: Bool?
      let roundMode: String?
      let codes: [UInt16?]
      enum CodingKeys: String, CodingKey {
        case operator_ = "operator"
        case saturate, roundMode, codes
      }
    }
    struct ElementTypeTruth: Decodable {
      let name: String
      let values: [String]?
      let inputs: [UInt32]
      let casts: [Cast]
    }
    let types: [ElementTypeTruth]
  }

  private static func truth() throws -> [Truth.ElementTypeTruth] {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let data = try Data(contentsOf: root.appendingPathComponent("ConformanceData/element-types.json"))
    return try JSONDecoder().decode(Truth.self, from: data).types
  }

  @Test func everyCodeHasItsValue() throws {
    for truth in try Self.truth() {
      guard let values = truth.values else { continue }
      let type = try #require(ElementType(named: truth.name))
      let isSigned = type.arithmetic == .signed
      let width = type.bitWidth
      let codes = values.indices.map {
        isSigned ? UInt8(truncatingIfNeeded: (Int64($0) << (64 - width)) >> (64 - width)) : UInt8($0)
      }
      let decoded = Tensor(type, shape: [codes.count], elements: codes).doubles()
      for (code, (got, text)) in zip(decoded, values).enumerated() {
        let want = try #require(Double(text))
        #expect(
          got == want && got.sign == want.sign || got.isNaN && want.isNaN,
          "\(truth.name) \(code): \(got), want \(text)")
      }
    }
  }

  @Test func everyInputIsRoundedAsCastSays() throws {
    for truth in try Self.truth() {
      let type = try #require(ElementType(named: truth.name))
      guard type.isFloating else { continue }
      for cast in truth.casts {
        for case (let bits, let want?) in zip(truth.inputs, cast.codes) {
          let input = Double(Float(bitPattern: bits))
          let got = try code(of: input, type, cast)
          #expect(
            got == want || input.isNaN && isNaN(got, type) && isNaN(want, type),
            "\(truth.name) \(input) \(cast.saturate ?? true) \(cast.roundMode ?? ""): \(got), want \(want)")
        }
      }
    }
  }

  private func code(of input: Double, _ type: ElementType, _ cast: Truth.Cast) throws -> UInt16 {
    if type == .float8e8m0 {
      let rounding = Float8E8M0.Rounding(rawValue: cast.roundMode ?? "up") ?? .up
      return UInt16(Float8E8M0.encode(input, rounding: rounding, saturate: cast.saturate ?? true))
    }
    if type == .float16 { return Float16(input).bitPattern }
    return try #require(FloatFormat(type)).encode(input, saturate: cast.saturate ?? false)
  }

  private func isNaN(_ code: UInt16, _ type: ElementType) -> Bool {
    FloatFormat(type).map { $0.decode(code).isNaN } ?? false
  }
}
