import GraphIR
import TensorCore

/// Work that is the same in every number system. Conforming types are small closures with a name.
protocol WideBody {
  associatedtype Result
  func run<W: WideNumber>(_: W.Type) throws -> Result
}

extension ElementType {
  /// Runs `body` in the number system of this type: `Double`, `Int64` or `UInt64`; bool counts as unsigned.
  ///
  /// - Throws: `OperatorError` (invalidType) for complex numbers and strings, and what `body` throws.
  func inWideNumbers<Body: WideBody>(_ body: Body) throws -> Body.Result {
    switch arithmetic {
    case .floating: try body.run(Double.self)
    case .signed: try body.run(Int64.self)
    case .unsigned, .boolean: try body.run(UInt64.self)
    case .complex, .text: throw OperatorError(.invalidType, "there is no arithmetic on tensor(\(self))")
    }
  }
}
