import TensorCore

/// The IR version that came with each opset: what a model that imports it must have at least.
///
/// - Source: the table in ONNX's Versioning.md, `onnx.helper.VERSION_TABLE`.
func leastIRVersion(ofOpset opset: Int, domain: String) -> Int {
  let table = leastIRVersions[NameKey(domain)] ?? []
  return table.last { $0.opset <= opset }?.irVersion ?? 3
}

private let leastIRVersions: [NameKey: [(opset: Int, irVersion: Int)]] = [
  NameKey(""): [
    (1, 3), (9, 4), (10, 5), (11, 6), (12, 7), (15, 8), (19, 9), (21, 10), (23, 11), (24, 12), (25, 13),
    (28, 14),
  ],
  NameKey("ai.onnx.ml"): [(1, 3), (2, 6), (3, 8), (4, 9), (5, 10)],
]
