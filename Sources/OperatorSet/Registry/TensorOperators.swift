/// Data movement, shapes, sequences, optionals, control flow, strings and random numbers.
let tensorOperators: [any Operator.Type] = [
  If.self,
  Reshape.self,
  SequenceInsert.self,
]
