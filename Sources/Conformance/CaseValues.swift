import GraphIR
import ModelFile
import TensorCore

/// The values of a case's data sets, by the names that its model gives them.
public struct CaseValues {
  private let folder: String
  private let outputs: [ValueInfo]
  private let allInputs: [ValueInfo]
  private let requiredInputs: [ValueInfo]

  public init(model: Model, folder: String) {
    self.folder = folder
    outputs = model.graph.outputs
    allInputs = model.graph.inputs
    let initialized = Set(
      model.graph.initializers.map(\.name) + model.graph.sparseInitializers.map(\.name))
    requiredInputs = allInputs.filter { !initialized.contains($0.name) }
  }

  /// The inputs. Files are numbered by the graph's inputs; where there are only as many files as inputs that
  /// have no initializer, they are those.
  public func inputs(of dataSet: ConformanceCase.DataSet) throws -> NamedValues {
    let infos = dataSet.inputs.count == requiredInputs.count ? requiredInputs : allInputs
    guard dataSet.inputs.count <= infos.count else {
      throw CorpusError(
        description: "\(dataSet.name) holds \(dataSet.inputs.count) inputs, but the model has \(infos.count)")
    }
    return NamedValues(try zip(infos, dataSet.inputs).map { ($0.name, try read($1, as: $0.type)) })
  }

  /// The outputs wanted, in the order of the model's outputs.
  public func outputs(of dataSet: ConformanceCase.DataSet) throws -> [(name: String, value: Value)] {
    guard dataSet.outputs.count <= outputs.count else {
      throw CorpusError(
        description:
          "\(dataSet.name) holds \(dataSet.outputs.count) outputs, but the model has \(outputs.count)")
    }
    return try zip(outputs, dataSet.outputs).map { ($0.name, try read($1, as: $0.type)) }
  }

  /// A tensor's file says its own type, and a wrong one is for the comparison to find; other files do not.
  ///
  /// Until ONNX 1.18 the files of bfloat16 values are of uint16, whose elements are their bits (TSN-0043).
  private func read(_ file: String, as type: ValueType?) throws -> Value {
    let path = "\(folder)/\(file)"
    switch type {
    case nil, .tensor:
      let tensor = try OnnxFile.readTensor(path: path).tensor
      if case .tensor(.bfloat16, _)? = type, tensor.elementType == .uint16 {
        return .tensor(tensor.reinterpreted(as: .bfloat16))
      }
      return .tensor(tensor)
    case let type?: return try OnnxFile.readValue(path: path, as: type)
    }
  }
}
