extension OperatorRegistry {
  /// Every operator that Touchstone defines.
  public static let standard = OperatorRegistry(
    elementwiseOperators + mathOperators + tensorOperators + neuralNetworkOperators + classicalOperators,
    experimental: experimentalOperators)
}
