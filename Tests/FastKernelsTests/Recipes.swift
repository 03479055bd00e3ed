import GraphIR
import TensorCore
import TestSupport

/// Those of kernels for floats that serve the types of 16 bits too.
let floatRecipes = [normalizationRecipes, reductionRecipes, poolRecipes, resizeRecipes]
  .reduce(firstRecipes) { $0.merging($1) { $1 } }

private let firstRecipes: [String: @Sendable (inout SplitMix) -> Trial] = [
  "relu.float": { $0.unary("Relu", .exact) },
  "neg.float": { $0.unary("Neg", .exact) },
  "abs.float": { $0.unary("Abs", .exact) },
  "sqrt.float": { $0.unary("Sqrt", .exact) },
  "reciprocal.float": { $0.unary("Reciprocal", .exact) },
  "leakyrelu.float": { random in
    random.unary("LeakyRelu", .exact, ["alpha": .float(random.one(of: [0.01, 0.2, -1.5]))])
  },
  // As over all floats: see Scripts/sweep-functions.
  "sigmoid.float": { $0.unary("Sigmoid", .ulps(1)) },
  "tanh.float": { $0.unary("Tanh", .ulps(1)) },
  "exp.float": { $0.unary("Exp", .ulps(1)) },
  "erf.float": { $0.unary("Erf", .ulps(1)) },
  "hardsigmoid.float": { random in
    let (alpha, beta): (Float, Float) = (random.one(of: [0.2, 1.7, -3]), random.one(of: [0.5, 0, 2]))
    let x = random.tensor(random.shape(rank: 0...4, upTo: 12))
    let bounds = x.doubles().map {
      2 * unit * ($0 * Double(alpha)).magnitude + unit * Double(beta.magnitude) + unit
    }
    return Trial(
      opType: "HardSigmoid", attributes: ["alpha": .float(alpha), "beta": .float(beta)], inputs: [x],
      allowance: .absolute(bounds))
  },
  "clip.float": { random in
    let bounds: [Float] = [-.infinity, -1, 0, -0.0, 0.5, 1, .infinity, .leastNonzeroMagnitude, .nan]
    let limits = (0..<2).map { _ in
      random.happens(75) ? Tensor(floats: [random.one(of: bounds)], shape: []) : nil
    }
    return Trial(
      opType: "Clip", inputs: [random.tensor(random.shape(rank: 0...4, upTo: 12))] + limits, allowance: .exact
    )
  },
  "pow.float": { random in
    let exponent: Float = random.one(of: [2, 3])
    return Trial(
      opType: "Pow",
      inputs: [random.tensor(random.shape(rank: 0...4)), Tensor(floats: [exponent], shape: [])],
      // A cube is rounded twice.
      allowance: exponent == 2 ? .exact : .ulps(1))
  },
  "add.float": { $0.binary("Add") },
  "sub.float": { $0.binary("Sub") },
  "mul.float": { $0.binary("Mul") },
  "div.float": { $0.binary("Div") },
  "sum.float": { random in
    var trial = random.binary("Sum")
    if random.happens(20) { trial.inputs.append(random.tensor([])) }
    return trial
  },
  "matmul.float": { $0.matMul() },
  "gemm.float": { $0.gemm() },
  "conv.float": { $0.conv() },
  "softmax.float": { $0.softmax() },
  "lrn.float": { $0.lrn() },
  "batchnormalization.float": { $0.batchNormalization() },
  "layernormalization.float": { $0.layerNormalization() },
]

extension SplitMix {
  fileprivate mutating func unary(
    _ opType: String, _ allowance: Trial.Allowance, _ attributes: [String: Attribute] = [:]
  ) -> Trial {
    // Beyond 32,768 elements there is more than one chunk.
    let shape = happens(1) ? [40_003] : shape(rank: 0...4, upTo: 12)
    return Trial(opType: opType, attributes: attributes, inputs: [tensor(shape)], allowance: allowance)
  }

  /// Both operands are broadcast; IEEE 754 rounds each of the four operations once, and so does the
  /// definition.
  fileprivate mutating func binary(_ opType: String) -> Trial {
    let shape = happens(1) ? [3, 1, 20_011] : shape(rank: 0...5)
    return Trial(
      opType: opType, inputs: [tensor(broadcastable(shape)), tensor(broadcastable(shape))], allowance: .exact)
  }

  // MARK: - Products

  fileprivate mutating func matMul() -> Trial {
    let batch = shape(rank: 0...3, upTo: 3)
    let (m, k, n) = (extent(upTo: 40), extent(upTo: 70), extent(upTo: 40))
    return Trial(
      opType: "MatMul",
      inputs: [tensor(broadcastable(batch) + [m, k]), tensor(broadcastable(batch) + [k, n])],
      allowance: .sum(terms: k))
  }

  fileprivate mutating func gemm() -> Trial {
    let (m, k, n) = (extent(upTo: 40), extent(upTo: 70), extent(upTo: 40))
    let (transA, transB) = (below(2), below(2))
    // Now and then a C that does not fit, which both must refuse.
    let C = happens(70) ? tensor(happens(5) ? [m + 1, n] : broadcastable([m, n])) : nil
    return Trial(
      opType: "Gemm",
      attributes: [
        "transA": .int(transA), "transB": .int(transB), "alpha": .float(one(of: [1, 0.5, -1.3, 0])),
        "beta": .float(one(of: [1, 0, 2.7])),
      ],
      inputs: [tensor(transA == 1 ? [k, m] : [m, k]), tensor(transB == 1 ? [n, k] : [k, n]), C],
      // The factors and the addition of C round too.
      allowance: .sum(terms: k + 3))
  }

  /// Strides, dilations and pads of `rank` axes.
  mutating func window(_ kernel: [Int]) -> [String: Attribute] {
    var attributes: [String: Attribute] = [:]
    if happens(70) { attributes["strides"] = .ints(kernel.map { _ in 1 + below(3) }) }
    if happens(50) { attributes["dilations"] = .ints(kernel.map { _ in 1 + below(3) }) }
    switch below(5) {
    case 0: attributes["auto_pad"] = .string(one(of: ["SAME_UPPER", "SAME_LOWER", "VALID"]))
    case 1, 2: attributes["pads"] = .ints((kernel + kernel).map { _ in below(4) })
    case 3: attributes["pads"] = .ints((kernel + kernel).map { _ in below(5) - 2 })
    default: break
    }
    return attributes
  }

  fileprivate mutating func conv() -> Trial {
    let rank = one(of: [1, 2, 2, 2, 3])
    let kernel = (0..<rank).map { _ in 1 + below(4) }
    let group = happens(60) ? 1 : 1 + below(3)
    // Now and then several blocks of weights and of filters.
    let most = happens(8) ? 90 : 5
    let (channels, filters) = (happens(30) ? 1 : 1 + below(most), happens(30) ? 1 : 1 + below(most))
    let spatial = (0..<rank).map { _ in happens(2) ? 0 : 1 + below(rank < 3 && most == 5 ? 20 : 9) }
    let X = tensor([extent(upTo: 3), group * channels] + spatial)
    let W = tensor([group * filters, channels] + kernel, isTame: true)
    return Trial(
      opType: "Conv", attributes: window(kernel).merging(["group": .int(group)]) { $1 },
      inputs: [X, W, happens(50) ? tensor([group * filters], isTame: true) : nil],
      allowance: .sum(terms: channels * kernel.reduce(1, *) + 1))
  }

  // MARK: - Normalization

  fileprivate mutating func softmax() -> Trial {
    let x = tensor(shape(rank: 1...4, upTo: 12))
    // The difference to the largest element is rounded, and e^ of it multiplies that error: at most 2·88
    // units where the result is a normal number.
    return Trial(
      opType: "Softmax", attributes: ["axis": .int(happens(70) ? -1 : below(x.rank))], inputs: [x],
      allowance: .ulps(188, floor: 0x1p-126))
  }

  fileprivate mutating func lrn() -> Trial {
    let size = 1 + below(6)
    let beta: Float = one(of: [0.75, 0.5, 1, 2.3])
    return Trial(
      opType: "LRN",
      attributes: [
        "size": .int(size), "alpha": .float(one(of: [1e-4, 0.3])), "beta": .float(beta),
        "bias": .float(one(of: [1, 0.1])),
      ], inputs: [tensor(shape(rank: 2...4))], allowance: .ulps(1))
  }

  fileprivate mutating func batchNormalization() -> Trial {
    let x = tensor(shape(rank: 2...4))
    let c = [x.shape[1]]
    let (scale, B, mean) = (tensor(c, isTame: true), tensor(c, isTame: true), tensor(c, isTame: true))
    let variance = Tensor(.float, shape: c, rounding: tensor(c, isTame: true).doubles().map(\.magnitude))
    let inner = x.shape.dropFirst(2).reduce(1, *)
    let (s, b, m, v) = (scale.doubles(), B.doubles(), mean.doubles(), variance.doubles())
    let bounds = x.doubles().enumerated().map { index, x in
      let channel = index / inner % c[0]
      let product = (x - m[channel]) * s[channel] / (v[channel] + 1e-5).squareRoot()
      return wideBound(product, plus: b[channel])
    }
    return Trial(
      opType: "BatchNormalization", inputs: [x, scale, B, mean, variance], allowance: .absolute(bounds))
  }

  fileprivate mutating func layerNormalization() -> Trial {
    let x = tensor(shape(rank: 1...4, upTo: 9))
    let axis = below(x.rank)
    let tail = Array(x.shape[axis...])
    let (scale, B) = (tensor(tail, isTame: true), happens(60) ? tensor(tail, isTame: true) : nil)
    let (numbers, s, b) = (x.doubles(), scale.doubles(), B?.doubles())
    let length = tail.reduce(1, *)
    var bounds: [Double] = []
    for row in 0..<(length == 0 ? 0 : numbers.count / length) {
      let line = numbers[(row * length)..<((row + 1) * length)]
      let mean = line.reduce(0, +) / Double(length)
      let variance = line.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(length)
      let factor = 1 / (variance + 1e-5).squareRoot()
      let magnitudes = line.reduce(0) { $0 + $1.magnitude }
      for (k, value) in line.enumerated() {
        let scaled = s[k] * factor
        // Sums of 16 lanes are rounded 18 times, the variance's terms thrice before, and half of that reaches its
        // root; a product is rounded four times.
        let offMean = 18 * unit * magnitudes / Double(length) * scaled.magnitude
        let product = (value - mean) * scaled
        bounds.append(offMean + 16 * unit * product.magnitude + wideBound(product, plus: b?[k] ?? 0))
      }
    }
    return Trial(
      opType: "LayerNormalization", attributes: ["axis": .int(axis)], inputs: [x, scale, B],
      allowance: .absolute(bounds))
  }

  /// How far a product plus an addend may lie from another evaluation in double, both rounded to float.
  private func wideBound(_ product: Double, plus addend: Double) -> Double {
    Double(Float(product + addend).ulp) + 0x1p-49 * (product.magnitude + addend.magnitude)
  }
}
