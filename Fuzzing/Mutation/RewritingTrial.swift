import Execution
import GraphIR
import ModelFile
import TensorCore
import Touchstone
import Transforms
import Verification

/// Rewrites a changed model in every way. What is made of a model that is right must be right too, and give the same
/// bits where that is promised.
struct RewritingTrial {
  private let model: Model
  private let inputs: NamedValues
  /// What the model gives by definitions; nil where it fails.
  private let wanted: NamedValues?
  private let isRight: Bool

  init(_ bytes: [UInt8], _ inputs: NamedValues) throws {
    model = try OnnxFile.parse(bytes: bytes)
    self.inputs = inputs
    isRight = Self.isRight(model)
    wanted = try? Trial.run(model, inputs, SessionOptions(graphOptimizationLevel: .none))
  }

  func run() throws -> Trial.Outcome {
    var sameBits = OptimizerOptions()
    sameBits.promise = .sameBits
    let names = model.graph.outputs.map(\.name)
    let ways: [(String, keepsBits: Bool, (Model) throws -> Model)] = [
      ("optimize --level 1", true, { try Optimizer(sameBits).optimize($0).model }),
      ("optimize", false, { try Optimizer().optimize($0).model }),
      ("convert --opset 28", true, { try convertVersion($0, to: 28) }),
      ("convert --opset 9", true, { try convertVersion($0, to: 9) }),
      ("inline", true, { try inlineFunctions($0) }),
      ("extract", true, { try extractModel($0, inputs: $0.graph.inputs.map(\.name), outputs: names) }),
    ]
    var result = Trial.Outcome.refused
    for (name, keepsBits, rewrite) in ways {
      let outcome = attempt(name, keepsBits, rewrite)
      if outcome.isFault { return outcome }
      if case .values = outcome { result = .values }
    }
    return result
  }

  private func attempt(_ name: String, _ keepsBits: Bool, _ rewrite: (Model) throws -> Model) -> Trial.Outcome
  {
    let made: Model
    do {
      made = try rewrite(model)
      _ = try OnnxFile.serialize(made)
    } catch {
      return Trial.outcome(of: error)
    }
    guard isRight else { return .values }
    guard Self.isRight(made) else { return .fault("\(name) makes a model that is not right") }
    guard let wanted else { return .values }
    do {
      let got = try Trial.run(made, inputs, SessionOptions(graphOptimizationLevel: .none))
      let same = model.graph.outputs.allSatisfy { output in
        got[output.name].map(ValueBits.init) == wanted[output.name].map(ValueBits.init)
      }
      return same || !keepsBits ? .values : .fault("\(name) changes bits")
    } catch is CancellationError {
      return .values
    } catch {
      return .fault("\(name) makes a model that fails: \(error)")
    }
  }

  /// Whether names, operators, types and shapes are right, as far as anything is known of them before a run: a node
  /// that fails for every input is no better while its shapes are still being computed.
  private static func isRight(_ model: Model) -> Bool {
    (try? inferShapes(model, ShapeInferenceOptions(strictMode: true, dataProp: true))) != nil
  }
}
