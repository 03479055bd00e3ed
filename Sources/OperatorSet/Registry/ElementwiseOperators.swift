/// Functions of single elements, and of pairs of them after broadcasting.
let elementwiseOperators: [any Operator.Type] = [
  Add.self
]
