/// An operator that ONNX tried out in its first releases and then removed or replaced: files of that time use it,
/// and no operator set has it.
public protocol ExperimentalOperator: Operator {
  /// The last minor release of ONNX that had it, as `1.4`.
  static var lastRelease: String { get }
}

/// What files of ONNX 1.2 to 1.4 may use beyond the operator sets.
///
/// ATen, GRUUnit and LoopIndexTensor are not among them: their texts do not say what they compute.
let experimentalOperators: [any ExperimentalOperator.Type] = [
  Affine.self,
  ConstantFill.self,
  Crop.self,
  DynamicSlice.self,
  ExperimentalMeanVarianceNormalization.self,
  ExperimentalThresholdedRelu.self,
  GivenTensorFill.self,
  ImageScaler.self,
  ParametricSoftplus.self,
  Scale.self,
  ScaledTanh.self,
]
