/// Convolution, pooling, normalization, recurrence, attention, images and signals.
let neuralNetworkOperators: [any Operator.Type] = [
  Conv.self
]
