import GraphIR
import TensorCore

extension TypeSet {
  /// `optional(tensor(T))` and `optional(seq(tensor(T)))` for every type of an IR version.
  static func everyOptional(ir: Int) -> TypeSet {
    let sequences = allTensors(ir: ir).elementTypes.map { "optional(seq(tensor(\($0))))" }
    return allOptionals(ir: ir) | .named(sequences)
  }

  /// Tensors, sequences and optionals of both for every type of an IR version.
  static func everyControlFlow(ir: Int) -> TypeSet {
    allTensors(ir: ir) | allSequences(ir: ir) | everyOptional(ir: ir)
  }
}
