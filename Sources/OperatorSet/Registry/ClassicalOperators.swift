/// The domains ai.onnx.ml, ai.onnx.preview and ai.onnx.preview.training.
let classicalOperators: [any Operator.Type] = [
  Adagrad.self,
  Adam.self,
  Momentum.self,
]
