import GraphIR
import TensorCore
import Testing

/// Windows, transforms, grids. Expected values: numpy.fft, numpy.hanning and numpy.blackman in float64,
/// and exact arithmetic.
@Suite struct SignalTests {
  static func doubles(_ values: [Double], _ shape: [Int]) -> Tensor {
    Tensor(.double, shape: shape, rounding: values)
  }
  static let signal = doubles([1, 2, 4, 7, 11], [1, 5, 1])
  static let fft: [Double] = [
    25, 0, -3.881966011250105, 10.322864365343934, -6.118033988749895, 2.436897728133263, -6.118033988749895,
    -2.436897728133263, -3.881966011250105, -10.322864365343934,
  ]
  static let half = doubles([3, 1, 1, -2, 2, 5], [3, 2])
  static let dftRows: [OperatorCase] = [
    OperatorCase(opset: 17, [:], [signal], gives: [doubles(fft, [1, 5, 2])], relativeTolerance: 1e-8),
    OperatorCase(
      opset: 20, ["onesided": .int(1)], [signal, int64s([4], [])],
      gives: [doubles([14, 0, -3, 5, -4, 0], [1, 3, 2])], relativeTolerance: 1e-14, "cut off"),
    OperatorCase(
      opset: 20, ["onesided": .int(1), "inverse": .int(1)], [half, nil, int64s([0], [])],
      gives: [doubles([1.75, 1.25, 0.75, -0.75], [4, 1])], relativeTolerance: 1e-14, "real again"),
    OperatorCase(
      opset: 17, ["inverse": .int(1), "axis": .int(0)], [doubles([4, 0, 0, 0, 0, 0, 0, 0], [4, 2])],
      gives: [doubles([1, 0, 1, 0, 1, 0, 1, 0], [4, 2])], "inverse"),
  ]
  @Test(arguments: dftRows) func dft(_ row: OperatorCase) throws { try row.check("DFT") }

  @Test func stft() throws {
    let x = Self.doubles([1, 2, 4, 7, 11, 16], [1, 6, 1])
    let y: [Double] = [17, 0, -7, 6, 1, 0, 45.5, 0, -18, 12.5, 6.5, 0]
    let row = OperatorCase(
      opset: 17, [:], [x, int64s([2], []), Self.doubles([1, 0.5, 2, 1], [4])],
      gives: [Self.doubles(y, [1, 2, 3, 2])], relativeTolerance: 1e-14)
    try row.check("STFT")
    expectError(.invalidValue, mentioning: "cannot be cut") {
      _ = try evaluate("STFT", opset: 17, [:], [.tensor(x), .tensor(int64s([0], []))])
    }
  }

  @Test func windows() throws {
    let (size, symmetric) = (int64s([5], []), ["periodic": Attribute.int(0), "output_datatype": .int(11)])
    let hann = OperatorCase(
      opset: 17, symmetric, [size], gives: [Self.doubles([0, 0.5, 1, 0.5, 0], [5])],
      relativeTolerance: 1e-15)
    try hann.check("HannWindow")
    let hamming = OperatorCase(
      opset: 17, [:], [int64s([4], [])],
      gives: [Tensor(floats: [4.0 / 46, 25.0 / 46, 1, 25.0 / 46])], relativeTolerance: 1e-7)
    try hamming.check("HammingWindow")
    let one = OperatorCase(
      opset: 17, symmetric, [int64s([1], [])], gives: [Self.doubles([1], [1])], relativeTolerance: 1e-15)
    try one.check("BlackmanWindow")
    try OperatorCase(opset: 17, [:], [int64s([0], [])], gives: [Tensor(floats: [])], "empty").check(
      "BlackmanWindow")
  }

  @Test func grid() throws {
    let theta = Self.doubles([1, 0, 0.5, 0, 2, 0], [1, 2, 3])
    let size = int64s([1, 1, 1, 2])
    let edges = OperatorCase(
      opset: 20, [:], [theta, size], gives: [Self.doubles([0, 0, 1, 0], [1, 1, 2, 2])])
    try edges.check("AffineGrid")
    let centres = OperatorCase(
      opset: 20, ["align_corners": .int(1)], [theta, size],
      gives: [Self.doubles([-0.5, 0, 1.5, 0], [1, 1, 2, 2])], "a single row lies at 0")
    try centres.check("AffineGrid")
  }

  @Test func col2Im() throws {
    let columns = counting([1, 2, 3])
    let overlap = OperatorCase(
      opset: 18, [:], [columns, int64s([4]), int64s([2])], gives: [int64s([0, 4, 6, 5], [1, 1, 4])])
    try overlap.check("Col2Im")
    let attributes: [String: Attribute] = ["strides": .ints([2]), "pads": .ints([1, 1])]
    let padded = OperatorCase(
      opset: 18, attributes, [columns, int64s([4]), int64s([2])],
      gives: [int64s([3, 1, 4, 2], [1, 1, 4])])
    try padded.check("Col2Im")
  }

  @Test func blocksOfStrings() throws {
    let columns = Tensor(strings: ["a", "b", "c", "d"], shape: [1, 2, 2])
    let apart: [String: Attribute] = ["strides": .ints([3])]
    try OperatorCase(
      opset: 18, apart, [columns, int64s([5]), int64s([2])],
      gives: [Tensor(strings: ["a", "c", "", "b", "d"], shape: [1, 1, 5])]
    ).check("Col2Im")
    fails(
      "Col2Im", 18, [:], [columns, int64s([3]), int64s([2])], .invalidType,
      mentioning: "blocks of strings overlap")
  }

  /// An image without axes is refused, and so is a block with others than the image, before a run where that is known.
  @Test(arguments: [(Dim.param("M"), 0), (3, 2), (0, 0)] as [(Dim, Dim)])
  func imagesAndBlocksOfOtherRanks(_ image: Dim, _ block: Dim) {
    let facts: [Fact?] = [.tensor(.float, [1, 5, 2]), .tensor(.int64, [image]), .tensor(.int64, [block])]
    #expect(throws: OperatorError.self) { _ = try infer("Col2Im", opset: 18, [:], facts) }
  }

  @Test func melWeights() throws {
    let numbers = [int64s([2], []), int64s([8], []), int64s([8], [])]
    let edges = [Tensor(floats: [0], shape: []), Tensor(floats: [4], shape: [])]
    // (8 + 1) · mel⁻¹(i · mel(4) / 4) / 8 is 0, 1.12…, 2.24…, 3.37…
    let want = Tensor(floats: [0, 0, 1, 0, 0, 1, 0, 0, 0, 0], shape: [5, 2])
    try OperatorCase(opset: 17, [:], numbers + edges, gives: [want]).check("MelWeightMatrix")
  }
}
