import Execution
import GraphIR
import OperatorSet
import TensorCore

/// A kernel for float16 and bfloat16 made of one for float: inputs are converted, which is exact, and what it
/// computes is rounded once more. Operators whose definitions compute wide and round once may be run so; what
/// the kernel's bound is, it grows by that one rounding. Nothing is chained, since values between two
/// operators are rounded too.
struct HalfKernel: Sendable {
  private let name: String
  private let kernel: Kernel

  /// - Parameter kernel: one for float.
  private init(_ kernel: Kernel) {
    self.kernel = kernel
    name =
      kernel.name.hasSuffix(".float") ? kernel.name.dropLast("float".count) + "half" : kernel.name + ".half"
  }

  /// Kernels for the types of 16 bits, made of those for float.
  static func kernels(of kernels: [Kernel]) -> [Kernel] {
    kernels.map { kernel in
      let half = HalfKernel(kernel)
      return Kernel(half.name, forAny: kernel.definition, preparing: half.prepare)
    }
  }

  private func prepare(_ definition: any Operator, _ site: KernelSite) -> PreparedKernel? {
    guard site.mayBe(.float16, 0) || site.mayBe(.bfloat16, 0) else { return nil }
    // Constants are converted once.
    let constants = site.constants.map { $0.map { widened($0, KernelContext(threadCount: 1)) } }
    let floatSite = KernelSite(
      inputs: site.inputs.map { $0.elementType?.isHalf == true ? .tensor(.float, $0.dims) : $0 },
      constants: constants, isGiven: site.isGiven, outputCount: site.outputCount)
    guard let wide = kernel.prepare(definition, floatSite) else { return nil }
    let parameters = type(of: definition).schema.versions.last?.inputs ?? []
    return PreparedKernel(name) { inputs, context in
      guard case .tensor(let first)? = inputs[0], first.elementType.isHalf else { return nil }
      let converted = (0..<inputs.count).map { position in
        inputs[position].map { value in
          (position < constants.count ? constants[position] : nil) ?? widened(value, context)
        }
      }
      return try wide.evaluate(Inputs(converted, parameters: parameters), context).map { outputs in
        try outputs.map { try rounded($0, to: first.elementType, context) }
      }
    }
  }

  private func widened(_ value: Value, _ context: KernelContext) -> Value {
    guard case .tensor(let tensor) = value, tensor.elementType.isHalf,
      let wide = tensor.converted(to: .float, context)
    else { return value }
    return .tensor(wide)
  }

  private func rounded(_ value: Value, to type: ElementType, _ context: KernelContext) throws -> Value {
    guard case .tensor(let tensor) = value, tensor.elementType == .float,
      let narrow = tensor.converted(to: type, context)
    else { return value }
    return .tensor(narrow)
  }
}

extension ElementType {
  /// Whether it is one of the two floating types of 16 bits.
  var isHalf: Bool { self == .float16 || self == .bfloat16 }
}
