import Execution
import GraphIR
import OperatorSet
import TensorCore

/// What is known of an operator's inputs, before a run or in it.
struct ElementwiseInputs {
  private let site: KernelSite

  init(_ site: KernelSite) { self.site = site }

  init(_ inputs: Inputs<Value>) {
    let values = (0..<inputs.count).map { inputs[$0] }
    site = KernelSite(inputs: [], constants: values, isGiven: values.map { $0 != nil }, outputCount: 1)
  }

  /// The inputs that the node lists; nil where that is not known.
  var count: Int? { site.isGiven?.count }

  /// Whether an input is there; nil where that is not known.
  func isGiven(_ position: Int) -> Bool? { site.isGiven.map { position < $0.count && $0[position] } }

  /// The one number of an input; nil where it holds more, or is not known.
  func scalar(_ position: Int) -> Double? {
    guard let tensor = site.constant(position), tensor.count == 1,
      tensor.elementType.isFloating || tensor.elementType.isInteger
    else { return nil }
    return tensor.doubles().first
  }
}

/// An operator that does the same to every element, or pair of elements, of float inputs.
struct ElementwiseOperator: Sendable {
  let name: String
  let definition: any Operator.Type
  /// What it does; nil for "not these inputs", or where it follows from inputs that are not known.
  let function: @Sendable (any Operator, ElementwiseInputs) -> BlockFunction?

  init<Definition: Operator>(
    _ name: String, for _: Definition.Type,
    _ function: @escaping @Sendable (Definition, ElementwiseInputs) -> BlockFunction?
  ) {
    self.name = name
    definition = Definition.self
    self.function = { definition, inputs in (definition as? Definition).flatMap { function($0, inputs) } }
  }

  var kernel: Kernel { Kernel(name, forAny: definition, preparing: prepare) }

  /// The kernel for one node.
  private func prepare(_ definition: any Operator, _ site: KernelSite) -> PreparedKernel? {
    guard site.mayBe(.float, 0) else { return nil }
    guard let function = function(definition, ElementwiseInputs(site)) else {
      return PreparedKernel(name) { inputs, context in
        guard let function = self.function(definition, ElementwiseInputs(inputs)) else { return nil }
        return try Self.evaluate(Self.program(function), inputs, context)
      }
    }
    return Self.prepared(name, Self.program(function))
  }

  private static func program(_ function: BlockFunction) -> BlockProgram {
    BlockProgram().appending(function, (0..<function.arity).map(ChainLink.Operand.input))
  }

  private static func prepared(_ name: String, _ program: BlockProgram) -> PreparedKernel {
    PreparedKernel(name) { links in
      program.appending(links).map { prepared(name, $0) }
    } evaluate: { inputs, context in
      try evaluate(program, inputs, context)
    }
  }

  /// Elements that one chunk works on.
  private static let chunkLength = 1 << 15

  private static func evaluate(_ program: BlockProgram, _ inputs: Inputs<Value>, _ context: KernelContext)
    throws
    -> [Value]?
  {
    guard let operands = program.operands(of: inputs) else { return nil }
    let shape = try broadcastShape(program.leading.map { operands[$0].shape })
    guard let program = try BoundProgram(program, operands, shape: shape) else { return nil }
    let count = try elementCount(shape)
    let output = try Tensor(floatShape: shape) { y in
      try context.forEachChunk((count + chunkLength - 1) / chunkLength, scratch: program.scratchCount) {
        chunk, scratch in
        let range = (chunk * chunkLength)..<min((chunk + 1) * chunkLength, count)
        program.run(range, into: y + range.lowerBound, scratch: scratch)
      }
    }
    return [.tensor(output)]
  }
}
