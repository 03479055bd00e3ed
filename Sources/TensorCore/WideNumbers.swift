/// A number system in which definitions compute: `Double` for the floating types, wrapping `Int64` and
/// `UInt64` for the integers. Results are rounded or wrapped once, when a tensor is made of them.
///
/// `&+`, `&-` and `&*` wrap integers, as ONNX's arithmetic does, and are the plain operations of `Double`.
public protocol WideNumber: Comparable, Sendable, BitwiseCopyable {
  static var zero: Self { get }
  static var one: Self { get }
  /// The elements of `tensor`, widened; exact.
  static func elements(of tensor: Tensor) -> [Self]
  /// A tensor of `values`, rounded or wrapped; `Tensor.init(_:shape:wide:saturate:)` by another name.
  static func tensor(_ type: ElementType, shape: [Int], _ values: [Self], saturate: Bool) -> Tensor
  init(_ value: Int)
  /// `value` in this number system: itself as a `Double`; for integers truncated toward zero and clamped to
  /// 64 bits (a negative number wraps where this is unsigned), NaN as 0.
  init(truncating value: Double)
  static func &+ (a: Self, b: Self) -> Self
  static func &- (a: Self, b: Self) -> Self
  static func &* (a: Self, b: Self) -> Self
  /// Whether this is not a number; never for integers.
  var isNaN: Bool { get }
  /// The number as a `Double`, rounded for large integers.
  var double: Double { get }
}

extension Double: WideNumber {
  public static var one: Double { 1 }
  public static func elements(of tensor: Tensor) -> [Double] { tensor.doubles() }
  public static func tensor(_ type: ElementType, shape: [Int], _ values: [Double], saturate: Bool) -> Tensor {
    Tensor(type, shape: shape, rounding: values, saturate: saturate)
  }
  @inlinable public static func &+ (a: Double, b: Double) -> Double { a + b }
  @inlinable public static func &- (a: Double, b: Double) -> Double { a - b }
  @inlinable public static func &* (a: Double, b: Double) -> Double { a * b }
  @inlinable public var double: Double { self }
}

extension Int64: WideNumber {
  public static var one: Int64 { 1 }
  @inlinable public static func &+ (a: Int64, b: Int64) -> Int64 { a.addingReportingOverflow(b).partialValue }
  @inlinable public static func &- (a: Int64, b: Int64) -> Int64 {
    a.subtractingReportingOverflow(b).partialValue
  }
  @inlinable public static func &* (a: Int64, b: Int64) -> Int64 {
    a.multipliedReportingOverflow(by: b).partialValue
  }
  public static func elements(of tensor: Tensor) -> [Int64] { tensor.integers() }
  public static func tensor(_ type: ElementType, shape: [Int], _ values: [Int64], saturate: Bool) -> Tensor {
    Tensor(type, shape: shape, wrapping: values)
  }
  @inlinable public var isNaN: Bool { false }
  @inlinable public var double: Double { Double(self) }
}

extension UInt64: WideNumber {
  public static var one: UInt64 { 1 }
  @inlinable public static func &+ (a: UInt64, b: UInt64) -> UInt64 {
    a.addingReportingOverflow(b).partialValue
  }
  @inlinable public static func &- (a: UInt64, b: UInt64) -> UInt64 {
    a.subtractingReportingOverflow(b).partialValue
  }
  @inlinable public static func &* (a: UInt64, b: UInt64) -> UInt64 {
    a.multipliedReportingOverflow(by: b).partialValue
  }
  public static func elements(of tensor: Tensor) -> [UInt64] {
    tensor.integers().mapInBlocks { UInt64(bitPattern: $0) }
  }
  public static func tensor(_ type: ElementType, shape: [Int], _ values: [UInt64], saturate: Bool) -> Tensor {
    Tensor(type, shape: shape, wrapping: values.mapInBlocks { Int64(bitPattern: $0) })
  }
  @inlinable public var isNaN: Bool { false }
  @inlinable public var double: Double { Double(self) }
}

// MARK: - Reading

extension Tensor {
  /// The elements as `Double`: exact for every floating type and for integers below 2^53; true is 1.
  /// Complex and string tensors have none.
  public func doubles() -> [Double] {
    switch elementType {
    case .float: return withElements(Float.self) { $0.mapInBlocks { Double($0) } }
    case .double: return withElements(Double.self) { $0.mapInBlocks { $0 } }
    case .float16: return withElements(Float16.self) { $0.mapInBlocks { Double($0) } }
    case .bfloat16:
      return withElements(UInt16.self) { $0.mapInBlocks { Double(Float(bitPattern: UInt32($0) << 16)) } }
    case .uint64: return withElements(UInt64.self) { $0.mapInBlocks { Double($0) } }
    case .complex64, .complex128, .string: return []
    default:
      if let table = DecodingTable.of(elementType) {
        return withElements(UInt8.self) { $0.mapInBlocks { table[Int($0)] } }
      }
      return integers().mapInBlocks { Double($0) }
    }
  }

  /// The elements of an integer or bool tensor; uint64 keeps its bit pattern. Floating tensors are truncated
  /// and clamped to the range of `Int64`, NaN becomes 0.
  public func integers() -> [Int64] {
    switch elementType {
    case .int64, .uint64: return withElements(Int64.self) { $0.mapInBlocks { $0 } }
    case .int32: return withElements(Int32.self) { $0.mapInBlocks { Int64($0) } }
    case .uint32: return withElements(UInt32.self) { $0.mapInBlocks { Int64($0) } }
    case .int16: return withElements(Int16.self) { $0.mapInBlocks { Int64($0) } }
    case .uint16: return withElements(UInt16.self) { $0.mapInBlocks { Int64($0) } }
    case .int8, .int4, .int2: return withElements(Int8.self) { $0.mapInBlocks { Int64($0) } }
    case .uint8, .uint4, .uint2: return withElements(UInt8.self) { $0.mapInBlocks { Int64($0) } }
    case .bool: return withElements(UInt8.self) { $0.mapInBlocks { $0 == 0 ? 0 : 1 } }
    default: return doubles().mapInBlocks { Int64(clamping: $0) }
    }
  }

  /// The elements of a bool tensor.
  public func bools() -> [Bool] { integers().map { $0 != 0 } }

  /// The elements of an integer tensor as array indices and sizes.
  public func ints() -> [Int] { integers().mapInBlocks { Int($0) } }

  /// The elements of a complex tensor; other numbers have no imaginary part.
  public func complexes() -> [Complex] {
    switch elementType {
    case .complex64: withElements(SIMD2<Float>.self) { $0.map { Complex(Double($0.x), Double($0.y)) } }
    case .complex128: withElements(Complex.self) { Array($0) }
    default: doubles().map { Complex($0, 0) }
    }
  }
}

extension Int64 {
  /// The number truncated toward zero, clamped to the range; NaN becomes 0.
  public init(clamping value: Double) {
    if value.isNaN {
      self = 0
    } else if value >= 9_223_372_036_854_775_808 {
      self = .max
    } else {
      self = value <= -9_223_372_036_854_775_808 ? .min : Int64(value)
    }
  }
}

/// A complex number, for the few operators that know them (DFT, STFT, casts and data movement); laid out as
/// elements of complex128 are.
public struct Complex: Sendable, Equatable, BitwiseCopyable {
  public var real: Double
  public var imaginary: Double
  public init(_ real: Double, _ imaginary: Double) {
    self.real = real
    self.imaginary = imaginary
  }
}

// MARK: - Writing

extension Tensor {
  /// A tensor of `values`, each rounded to a floating type (ties to even, overflow to infinity or, without
  /// one, as `saturate` says), or wrapped to an integer type, or compared with 0 for bool.
  public init<W: WideNumber>(_ type: ElementType, shape: [Int], wide values: [W], saturate: Bool = true) {
    self = W.tensor(type, shape: shape, values, saturate: saturate)
  }

  /// A tensor of `values`, each rounded once. For integer types the numbers are truncated toward zero,
  /// clamped to 64 bits and wrapped to the width; callers that mean something else convert first.
  public init(_ type: ElementType, shape: [Int], rounding values: [Double], saturate: Bool = true) {
    switch type {
    case .float: self.init(type, shape: shape, values) { Float($0) }
    case .double: self.init(type, shape: shape, elements: values)
    case .float16: self.init(type, shape: shape, values) { Float16($0) }
    case .complex64: self.init(type, shape: shape, values) { SIMD2(Float($0), 0) }
    case .complex128: self.init(type, shape: shape, values) { SIMD2($0, 0) }
    case .float8e8m0:
      self.init(type, shape: shape, values) { Float8E8M0.encode($0, saturate: saturate) }
    case .bool: self.init(type, shape: shape, values) { $0 == 0 ? UInt8(0) : 1 }
    default:
      guard let format = FloatFormat(type) else {
        self.init(type, shape: shape, wrapping: values.mapInBlocks { Int64(clamping: $0) })
        return
      }
      if type == .bfloat16 {
        self.init(type, shape: shape, values) { format.encode($0, saturate: false) }
      } else {
        self.init(type, shape: shape, values) { UInt8(format.encode($0, saturate: saturate)) }
      }
    }
  }

  /// A tensor of `values`, each wrapped to the width of an integer type (the low bits are kept); 64-bit
  /// unsigned numbers are given by their bit pattern. Floating types are rounded to.
  public init(_ type: ElementType, shape: [Int], wrapping values: [Int64]) {
    switch type {
    case .int64, .uint64: self.init(type, shape: shape, elements: values)
    case .int32, .uint32: self.init(type, shape: shape, values) { Int32(truncatingIfNeeded: $0) }
    case .int16, .uint16: self.init(type, shape: shape, values) { Int16(truncatingIfNeeded: $0) }
    case .int8, .uint8: self.init(type, shape: shape, values) { Int8(truncatingIfNeeded: $0) }
    case .int4:
      self.init(type, shape: shape, values) { Int8(truncatingIfNeeded: ($0 << 60) >> 60) }
    case .int2:
      self.init(type, shape: shape, values) { Int8(truncatingIfNeeded: ($0 << 62) >> 62) }
    case .uint4: self.init(type, shape: shape, values) { UInt8(truncatingIfNeeded: $0 & 15) }
    case .uint2: self.init(type, shape: shape, values) { UInt8(truncatingIfNeeded: $0 & 3) }
    case .bool: self.init(type, shape: shape, values) { $0 == 0 ? UInt8(0) : 1 }
    default: self.init(type, shape: shape, rounding: values.mapInBlocks { Double($0) })
    }
  }

  /// A tensor of complex numbers, each part rounded once.
  public init(_ type: ElementType, shape: [Int], complex values: [Complex]) {
    if type == .complex64 {
      self.init(type, shape: shape, values) { SIMD2(Float($0.real), Float($0.imaginary)) }
    } else {
      self.init(type, shape: shape, values) { SIMD2($0.real, $0.imaginary) }
    }
  }
}

extension Tensor {
  /// A tensor whose elements are `convert` of each number.
  private init<Number, T: BitwiseCopyable>(
    _ type: ElementType, shape: [Int], _ numbers: [Number], _ convert: (Number) -> T
  ) {
    precondition(numbers.count == shape.product, "\(numbers.count) elements for shape \(shape)")
    self.init(type, shape: shape) { $0.write(numbers, as: convert) }
  }
}

/// The numbers of all codes of a type of at most 8 bits.
enum DecodingTable {
  private static let tables: [ElementType: [Double]] = {
    var tables: [ElementType: [Double]] = [.float8e8m0: (0..<256).map { Float8E8M0.decode(UInt8($0)) }]
    for type in ElementType.allCases where type.bitWidth <= 8 {
      guard let format = FloatFormat(type) else { continue }
      tables[type] = (0..<256).map { format.decode(UInt16($0 & ((1 << type.bitWidth) - 1))) }
    }
    return tables
  }()

  static func of(_ type: ElementType) -> [Double]? { tables[type] }
}
