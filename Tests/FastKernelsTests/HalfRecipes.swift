import GraphIR
import TensorCore
import TestSupport

@testable import FastKernels

/// Those of kernels for float16 and bfloat16: the uses of the kernel for float that each is made like, with
/// inputs that the type holds, and a result that is rounded to it.
let halfRecipes = Dictionary(
  uniqueKeysWithValues: floatRecipes.compactMap {
    name, recipe -> (String, @Sendable (inout SplitMix) -> Trial)? in
    let half = String(name.dropLast("float".count)) + "half"
    guard KernelLists.float.contains(where: { $0.name == name }) else { return nil }
    return (half, { $0.narrowed(recipe) })
  })

extension SplitMix {
  fileprivate mutating func narrowed(_ recipe: (inout SplitMix) -> Trial) -> Trial {
    let type: ElementType = one(of: [.float16, .float16, .bfloat16])
    let trial = Precision.$type.withValue(type) { recipe(&self) }
    // Float has more than twice the places, so that rounding twice is rounding once for the four operations
    // and the root. The product with an attribute is none of those: that has the places of float.
    let isScaled = trial.opType == "LeakyRelu"
    return Trial(
      opType: trial.opType, opset: trial.opset, attributes: trial.attributes,
      inputs: trial.inputs.map { tensor in
        tensor.map { $0.elementType == .float ? Tensor(type, shape: $0.shape, rounding: $0.doubles()) : $0 }
      }, allowance: isScaled ? .ulps(1) : trial.allowance, roundedTo: type)
  }
}
