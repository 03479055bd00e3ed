/// Sums, products, reductions, conversions and quantization.
let mathOperators: [any Operator.Type] = [
  Softmax.self
]
