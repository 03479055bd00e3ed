import TensorCore

extension OperatorVersion {
  /// Checks the number and types of a node's inputs; nil stands for an omitted input or an unknown type.
  ///
  /// - Throws: `OperatorError` that names the parameter, the type found and the types allowed.
  public func check(inputTypes: [ValueType?]) throws {
    try checkCount(inputTypes.count, of: inputs, "inputs")
    var bound: [String: ValueType] = [:]
    for (index, type) in inputTypes.enumerated() {
      guard let type, let parameter = parameter(index, of: inputs) else { continue }
      try check(type, of: parameter, &bound)
    }
  }

  /// Checks the number of a node's inputs, and that it omits none that is required.
  ///
  /// - Throws: `OperatorError` that names the parameter.
  public func check(namedInputs: [Bool]) throws {
    try checkCount(namedInputs.count, of: inputs, "inputs")
    for (index, (isNamed, parameter)) in zip(namedInputs, inputs).enumerated()
    where !isNamed && parameter.arity == .single {
      throw OperatorError(.invalidValue, "required input \(index) '\(parameter.name)' is missing")
    }
  }

  /// Checks the number of a node's outputs.
  public func check(outputCount: Int) throws { try checkCount(outputCount, of: outputs, "outputs") }

  private func parameter(_ index: Int, of parameters: [Parameter]) -> Parameter? {
    index < parameters.count ? parameters[index] : parameters.last
  }

  private func checkCount(_ count: Int, of parameters: [Parameter], _ what: String) throws {
    let least = (parameters.lastIndex { $0.arity == .single }).map { $0 + 1 } ?? 0
    guard case .variadic(let minimum, _)? = parameters.last?.arity else {
      guard count >= least, count <= parameters.count else {
        throw OperatorError(
          .invalidValue, "\(count) \(what) are given, but this version takes \(least) to \(parameters.count)")
      }
      return
    }
    guard count >= max(least, parameters.count - 1 + minimum) else {
      throw OperatorError(
        .invalidValue,
        "\(count) \(what) are given, but this version takes at least "
          + "\(max(least, parameters.count - 1 + minimum))")
    }
  }

  private func check(_ type: ValueType, of parameter: Parameter, _ bound: inout [String: ValueType]) throws {
    guard let allowed = types[parameter.type] else {
      guard parameter.type == type.schemaString else {
        throw OperatorError(
          .invalidType, "\(parameter.name) is \(type.typeString), but must be \(parameter.type)")
      }
      return
    }
    guard allowed.contains(type) else {
      throw OperatorError(
        .invalidType, "\(parameter.name) is \(type.typeString); \(parameter.type) allows \(allowed)")
    }
    if case .variadic(_, homogeneous: false) = parameter.arity { return }
    let plain = type.withoutShape
    if let other = bound.updateValue(plain, forKey: parameter.type), other != plain {
      throw OperatorError(
        .invalidType,
        "\(parameter.name) is \(type.typeString), but another input of type \(parameter.type) "
          + "is \(other.typeString)")
    }
  }
}
