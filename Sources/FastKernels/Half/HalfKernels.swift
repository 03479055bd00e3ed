import Execution
import GraphIR
import OperatorSet
import TensorCore

/// Operators on float16 and bfloat16.
enum HalfKernels {
  static let all =
    ([
      elements("relu.half", for: Relu.self), elements("leakyrelu.half", for: LeakyRelu.self),
      elements("sigmoid.half", for: Sigmoid.self), elements("tanh.half", for: Tanh.self),
      elements("exp.half", for: Exp.self), elements("erf.half", for: Erf.self),
      elements("neg.half", for: Neg.self), elements("abs.half", for: Abs.self),
      elements("sqrt.half", for: Sqrt.self), elements("reciprocal.half", for: Reciprocal.self),
      elements("hardsigmoid.half", for: HardSigmoid.self), elements("clip.half", for: Clip.self),
      elements("pow.half", for: Pow.self), elements("add.half", for: Add.self),
      elements("sub.half", for: Sub.self), elements("mul.half", for: Mul.self),
      elements("div.half", for: Div.self), elements("sum.half", for: Sum.self),
      HalfKernel("matmul.half", for: MatMul.self) { _, site in HalfProducts.matMul(site) },
      HalfKernel("gemm.half", for: Gemm.self, HalfProducts.gemm),
      HalfKernel("conv.half", for: Conv.self, body: FloatConvolution.evaluate),
      HalfKernel("softmax.half", for: Softmax.self, body: HalfRows.softmax),
      HalfKernel("layernormalization.half", for: LayerNormalization.self, body: HalfRows.layerNormalization),
      HalfKernel("batchnormalization.half", for: BatchNormalization.self, body: HalfRows.batchNormalization),
      HalfKernel("globalaveragepool.half", for: GlobalAveragePool.self, body: HalfRows.globalAverage),
      HalfKernel("maxpool.half", for: MaxPool.self, body: HalfPooling.largest),
      HalfKernel("averagepool.half", for: AveragePool.self, body: HalfPooling.mean),
    ] as [HalfKernel]).map(\.kernel)

  /// An operator that does the same to every element, or pair of elements.
  private static func elements<Definition: Operator>(_ name: String, for _: Definition.Type) -> HalfKernel {
    HalfKernel(name, for: Definition.self) { node, site in
      let known = ElementwiseKernels.function(of: ChainLink(node, [], site: site))
      return { inputs, context in
        guard let function = known ?? ElementwiseKernels.function(of: ChainLink(node, [], site: .of(inputs)))
        else { return nil }
        return try evaluate(function, inputs, context)
      }
    }
  }

  private static let chunkLength = 1 << 15

  private static func evaluate(_ function: BlockFunction, _ inputs: Inputs<Value>, _ context: KernelContext)
    throws -> [Value]?
  {
    let program = BlockProgram().appending(function, (0..<function.arity).map(ChainLink.Operand.input))
    guard let operands = program.operands(of: inputs) else { return nil }
    let shape = try broadcastShape(program.leading.map { operands[$0].shape })
    guard let bound = try BoundProgram(program, operands, shape: shape) else { return nil }
    let count = try elementCount(shape)
    let output = Tensor(floatShape: shape) { y in
      context.forEachChunk((count + chunkLength - 1) / chunkLength) { chunk in
        let range = (chunk * chunkLength)..<min((chunk + 1) * chunkLength, count)
        bound.run(range, into: y + range.lowerBound)
      }
    }
    return [.tensor(output)]
  }
}

extension KernelSite {
  /// What is known in a run.
  fileprivate static func of(_ inputs: Inputs<Value>) -> KernelSite {
    let values = (0..<inputs.count).map { inputs[$0] }
    return KernelSite(inputs: [], constants: values, isGiven: values.map { $0 != nil }, outputCount: 1)
  }
}
