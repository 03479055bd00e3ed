import Conformance
import Execution
import FastKernels
import Foundation
import GraphIR
import ModelFile
import TensorCore
import TestSupport

@testable import ModelComparison

extension Scratch {
  func write(_ model: Model, _ name: String = "model.onnx") throws -> ModelFileReference {
    try OnnxFile.write(model, to: "\(path)/\(name)")
    return ModelFileReference(path: "\(path)/\(name)", model: try OnnxFile.load(path: "\(path)/\(name)"))
  }
}

/// y = Relu(x·W) + b, and z = Sum of y.
func smallModel(weight: Float = 2) -> Model {
  let graph = Graph(
    name: "small",
    nodes: [
      Node("MatMul", name: "product", inputs: ["x", "W"], outputs: ["p"]),
      Node("Relu", name: "rectified", inputs: ["p"], outputs: ["r"]),
      Node("Add", name: "shifted", inputs: ["r", "b"], outputs: ["y"]),
    ],
    inputs: [ValueInfo(name: "x", type: .tensor(.float, [2, 3]))],
    outputs: [ValueInfo(name: "y", type: .tensor(.float, [2, 2]))],
    initializers: [
      Initializer(name: "W", tensor: Tensor(floats: [1, -1, 0.5, weight, 1, 3], shape: [3, 2])),
      Initializer(name: "b", tensor: Tensor(floats: [10, 20])),
    ])
  return Model(irVersion: 8, opsetImports: [OpsetImport(domain: "", version: 17)], graph: graph)
}

let smallInputs: NamedValues = ["x": .tensor(Tensor(floats: [1, 2, 3, -4, 5, 6], shape: [2, 3]))]

/// The definitions in this process, with one value of every run changed: a provider with a known fault.
struct FaultyProvider: Provider {
  var description = ProviderDescription(name: "faulty", version: "1", devices: ["CPU"])
  /// Changes what a value is, by its name.
  var change: @Sendable (String, Tensor) -> Tensor = { $1 }
  /// Thrown instead of running.
  var failure: ProviderFailure?
  /// Names that are refused as outputs.
  var refused: Set<String> = []
  /// Names that are left out of what is asked for.
  var hidden: Set<String> = []

  func load(_ model: ModelSource, options: LoadOptions) throws -> any ProviderSession {
    if let failure { throw failure }
    return FaultySession(
      provider: self, session: try TouchstoneProvider(kernels: nil).load(model, options: options))
  }
}

private struct FaultySession: ProviderSession {
  let provider: FaultyProvider
  let session: any ProviderSession

  func run(_ inputs: NamedValues, fetching names: [String]) throws -> NamedValues {
    if let name = names.first(where: provider.refused.contains) {
      throw ProviderFailure(.rejected, "'\(name)' cannot be an output")
    }
    let values = try session.run(inputs, fetching: names).filter { !provider.hidden.contains($0.name) }
    return NamedValues(
      values.map { name, value in
        guard case .tensor(let tensor) = value else { return (name, value) }
        return (name, .tensor(provider.change(name, tensor)))
      })
  }
}

extension Tensor {
  /// The same floats, one of them multiplied.
  func scaling(_ index: Int, by factor: Double) -> Tensor {
    var numbers = doubles()
    numbers[index] *= factor
    return Tensor(elementType, shape: shape, rounding: numbers)
  }
}
