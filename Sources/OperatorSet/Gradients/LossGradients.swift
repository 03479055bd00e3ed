import GraphIR
import TensorCore

extension ClassLoss {
  /// The gradients of log-probabilities and class weights, given that of the loss. With L = Σ −w[c] · logP[c]
  /// over all samples, of which `mean` divides by D = Σ w[c]: dlogP[c] = −w[c] · dL / D and
  /// dw[c] = Σ (−logP[c] − L) · dL / D; without the mean D is 1 and the −L is left out.
  func gradients(_ logP: [Double], shape: [Int], target: Tensor, weight: Tensor?, _ dLoss: [Double]) throws
    -> (
      logP: [Double], weight: [Double]
    )
  {
    let view = AxisView(shape, axis: 1)
    let weights = weight?.doubles() ?? [Double](repeating: 1, count: view.length)
    let classes = target.integers()
    let counted = classes.indices.filter { classes[$0] != ignoredClass }
    func position(_ sample: Int) -> Int {
      view.position(sample / view.inner, Int(classes[sample]), sample % view.inner)
    }
    let D = reduction == .mean ? try total(counted.map { weights[Int(classes[$0])] }) : 1
    let L = try total(counted.map { -logP[position($0)] * weights[Int(classes[$0])] }) / D
    var dLogP = [Double](repeating: 0, count: logP.count)
    var dWeight = [Double](repeating: 0, count: view.length)
    var work = Work()
    for sample in counted {
      try work.spend(1)
      let dL = dLoss[reduction == .none ? sample : 0] / D
      let c = Int(classes[sample])
      dLogP[position(sample)] = -weights[c] * dL
      dWeight[c] += (-logP[position(sample)] - (reduction == .mean ? L : 0)) * dL
    }
    return (dLogP, dWeight)
  }
}

extension NegativeLogLikelihoodLoss: Differentiable {
  package func inputGradients(_ node: Evaluation) throws -> [Tensor?] {
    let (input, weight) = (try node.inputs.tensor(0), try node.inputs.optionalTensor(2))
    let (dX, dW) = try loss.gradients(
      input.doubles(), shape: input.shape, target: node.inputs.tensor(1), weight: weight, node.dY())
    return [.gradient(dX, input.shape), nil, weight.map { .gradient(dW, $0.shape) }]
  }
}

extension SoftmaxCrossEntropyLoss: Differentiable {
  /// With G the gradient of the log-probabilities, from the loss and from the output that shows them:
  /// dscores = G − softmax(scores) · Σ G over the classes.
  package func inputGradients(_ node: Evaluation) throws -> [Tensor?] {
    let (scores, weight) = (try node.inputs.tensor(0), try node.inputs.optionalTensor(2))
    let view = AxisView(scores.shape, axis: 1)
    let x = scores.doubles()
    var logP = x
    try view.forEachLine { line in
      let logSum = try line.map { x[$0] }[...].logSumExp()
      for i in line { logP[i] = x[i] - logSum }
    }
    var G = node.gradient(1)?.doubles() ?? [Double](repeating: 0, count: x.count)
    var dWeight = weight.map { [Double](repeating: 0, count: $0.count) }
    if let dLoss = node.gradient(0)?.doubles() {
      let (dLogP, dW) = try loss.gradients(
        logP, shape: scores.shape, target: node.inputs.tensor(1), weight: weight, dLoss)
      for i in G.indices { G[i] += dLogP[i] }
      dWeight = dWeight.map { _ in dW }
    }
    var dX = G
    try view.forEachLine { line in
      let sum = try total(line.map { G[$0] })
      for i in line { dX[i] = G[i] - exp(logP[i]) * sum }
    }
    return [.gradient(dX, scores.shape), nil, dWeight.map { .gradient($0, [view.length]) }]
  }
}

extension Dropout: Differentiable {
  /// dX = dY times what the element was multiplied with: 0 where it was dropped, 1 / (1 − ratio) where it was
  /// kept.
  package func inputGradients(_ node: Evaluation) throws -> [Tensor?] {
    let shape = try node.inputs.tensor(0).shape
    guard let dY = node.gradient() else { return [] }
    guard let ratio = try trainingRatio(node.inputs), ratio != 0 else { return [dY] }
    let kept = try keptElements(dY.count, ratio: ratio, node.context)
    return [.gradient(try zip(dY.doubles(), kept).map(spending: 1) { $0 * $1 / (1 - ratio) }, shape)]
  }
}
