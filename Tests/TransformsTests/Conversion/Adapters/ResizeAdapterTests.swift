import GraphIR
import TensorCore
import Testing

@testable import Transforms

/// Upsample and Resize. Expected operators: by hand; values: those of the model before.
@Suite struct ResizeAdapterTests {
  private static let image = [float("x", 1, 1, 2, 3)]
  private static let larger = ["s": floats(1, 1, 2, 1.5)]
  private static let smaller = ["s": floats(1, 1, 0.5, 0.7)]
  private static let asymmetric: [String: Attribute] = [
    "coordinate_transformation_mode": .string("asymmetric"), "nearest_mode": .string("floor"),
  ]

  @Test(arguments: [
    ConversionCase(
      "scales of H and W",
      [node("Upsample", ["x"], ["y"], ["height_scale": .float(2), "width_scale": .float(1.5)])],
      inputs: image, from: 1,
      to: 9, leaves: ["Upsample"]),
    ConversionCase(
      "linear Upsample",
      [
        node(
          "Upsample", ["x"], ["y"],
          ["height_scale": .float(2), "width_scale": .float(3), "mode": .string("bilinear")])
      ], inputs: image, from: 1, to: 19, leaves: ["Resize"]),
    ConversionCase(
      "linear Upsample",
      [node("Upsample", ["x", "s"], ["y"], ["mode": .string("linear")])], inputs: image, constants: larger,
      from: 9,
      to: 11, leaves: ["Resize"]),
    ConversionCase(
      "nearest Upsample", [node("Upsample", ["x"], ["y"], ["scales": .floats([1, 1, 2, 1.5])])],
      inputs: image, from: 7,
      to: 19, leaves: ["Resize"]),
    ConversionCase(
      "linear Resize", [node("Resize", ["x", "s"], ["y"], ["mode": .string("linear")])], inputs: image,
      constants: smaller, from: 10, to: 19, leaves: ["Resize"]),
    ConversionCase(
      "nearest Resize that shrinks", [node("Resize", ["x", "s"], ["y"])], inputs: image, constants: smaller,
      from: 10,
      to: 19, leaves: ["Resize"]),
    ConversionCase(
      "nearest Resize that does both", [node("Resize", ["x", "s"], ["y"])], inputs: image,
      constants: ["s": floats(1, 1, 0.5, 2)], from: 10, to: 19, leaves: ["Max", "Resize", "Min", "Resize"]),
    ConversionCase(
      "linear Resize, scales of callers",
      [node("Resize", ["x", "s"], ["y"], ["mode": .string("linear")])],
      inputs: image + [float("s", 4)], feeds: ["s": floats(1, 1, 2, 1)], from: 10, to: 19,
      leaves: ["Resize"]),
    ConversionCase(
      "nearest Resize, scales of callers", [node("Resize", ["x", "s"], ["y"])],
      inputs: image + [float("s", 4)],
      feeds: ["s": floats(1, 2, 0.7, 1.5)], from: 10, to: 19, leaves: ["Max", "Resize", "Min", "Resize"]),
    ConversionCase(
      "Resize that does both",
      [node("Resize", ["x", "", "s"], ["y"], asymmetric)], inputs: image,
      constants: ["s": floats(1, 1, 0.5, 2)],
      from: 13, to: 10, refused: "rounds down where it enlarges"),
    ConversionCase(
      "asymmetric Resize", [node("Resize", ["x", "", "s"], ["y"], asymmetric)], inputs: image,
      constants: larger,
      from: 19, to: 1, leaves: ["Upsample"]),
    ConversionCase(
      "linear Resize",
      [
        node("Resize", ["x", "", "s"], ["y"], asymmetric.merging(["mode": .string("linear")]) { a, _ in a })
      ], inputs: image, constants: smaller, from: 13, to: 10, leaves: ["Resize"]),
    ConversionCase(
      "Resize that shrinks",
      [node("Resize", ["x", "s"], ["y"])], inputs: image, constants: smaller, from: 10, to: 9,
      refused: "cannot shrink"),
    ConversionCase(
      "half_pixel", [node("Resize", ["x", "", "s"], ["y"])], inputs: image, constants: larger, from: 19,
      to: 11,
      leaves: ["Resize"]),
    ConversionCase(
      "half_pixel", [node("Resize", ["x", "", "s"], ["y"])], inputs: image, constants: larger, from: 13,
      to: 10,
      refused: "version 10 knows only asymmetric"),
    ConversionCase(
      "half_pixel_symmetric",
      [
        node(
          "Resize", ["x", "", "s"], ["y"], ["coordinate_transformation_mode": .string("half_pixel_symmetric")]
        )
      ], inputs: image, constants: larger, from: 19, to: 18, refused: "half_pixel_symmetric"),
    ConversionCase(
      "tf_half_pixel_for_nn",
      [
        node(
          "Resize", ["x", "", "s"], ["y"], ["coordinate_transformation_mode": .string("tf_half_pixel_for_nn")]
        )
      ], inputs: image, constants: larger, from: 13, to: 18, refused: "tf_half_pixel_for_nn"),
    ConversionCase(
      "scales of some axes",
      [node("Resize", ["x", "", "s"], ["y"], ["axes": .ints([3, 2]), "mode": .string("cubic")])],
      inputs: image,
      constants: ["s": floats(2, 1.5)], from: 18, to: 13, leaves: ["ScatterElements", "Resize"]),
    ConversionCase(
      "sizes of some axes",
      [node("Resize", ["x", "", "", "z"], ["y"], ["axes": .ints([-1]), "mode": .string("linear")])],
      inputs: [float("x", .param("N"), 3)], constants: ["z": Tensor(int64: [5])], from: 18, to: 11,
      leaves: ["Shape", "ScatterElements", "Resize"]),
    ConversionCase(
      "a crop of some axes",
      [
        node(
          "Resize", ["x", "r", "s"], ["y"],
          ["axes": .ints([3]), "coordinate_transformation_mode": .string("tf_crop_and_resize")])
      ], inputs: image, constants: ["s": floats(2), "r": floats(0.25, 1)], from: 18, to: 13,
      leaves: ["ScatterElements", "ScatterElements", "Resize"]),
    ConversionCase(
      "antialias",
      [node("Resize", ["x", "", "s"], ["y"], ["antialias": .int(1), "mode": .string("linear")])],
      inputs: image, constants: smaller, from: 18, to: 17, refused: "attribute 'antialias' is 1"),
    ConversionCase(
      "Upsample of all axes", [node("Upsample", ["x"], ["y"], ["scales": .floats([2, 1, 1, 1])])],
      inputs: image,
      from: 7, to: 6, refused: "version 1 scales H and W"),
  ])
  func conversions(_ test: ConversionCase) throws { try test.check() }
}
