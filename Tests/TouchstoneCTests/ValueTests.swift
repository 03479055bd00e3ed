import CTouchstone
import Synchronization
import TestSupport
import Testing

@Suite struct ValueTests {
  /// What touchstone_value_kind says.
  private func kind(_ value: OpaquePointer?) -> Int {
    var kind: Int32 = 0
    call { touchstone_value_kind(value, &kind, $0) }
    return Int(kind)
  }

  private func count(_ value: OpaquePointer?) -> Int {
    var count = -1
    call { touchstone_value_element_count(value, &count, $0) }
    return count
  }

  private func texts(_ value: OpaquePointer?) -> [String] {
    var texts: UnsafePointer<UnsafePointer<CChar>?>?
    var lengths: UnsafePointer<Int>?
    var count = 0
    #expect(call { touchstone_value_strings(value, &texts, &lengths, &count, $0) }.code == 0)
    return (0..<count).map { index in
      let bytes = UnsafeRawBufferPointer(start: texts?[index], count: lengths?[index] ?? 0)
      return String(decoding: bytes, as: UTF8.self)
    }
  }

  @Test func tensorsOfAllElementTypes() {
    let widths: [Int32: Int] = [
      1: 4, 2: 1, 3: 1, 4: 2, 5: 2, 6: 4, 7: 8, 9: 1, 10: 2, 11: 8, 12: 4, 13: 8, 14: 8, 15: 16, 16: 2, 17: 1,
      18: 1, 19: 1, 20: 1, 21: 1, 22: 1, 23: 1, 24: 1, 25: 1, 26: 1, 27: 1, 28: 1,
    ]
    for (type, width) in widths {
      let bytes = (0..<6 * width).map { UInt8($0 % 2) }
      let value = make { touchstone_tensor_copy(type, [2, 3], 2, bytes, bytes.count, $0, $1) }
      var view = touchstone_tensor_view()
      #expect(call { touchstone_value_view(value, &view, $0) }.code == 0)
      #expect(view.element_type == type && view.count == 6)
      #expect(Array(UnsafeRawBufferPointer(start: view.data, count: view.byte_count)) == bytes)
      touchstone_value_free(value)
      expectFailure(2, mentioning: "byte_count is 1") {
        touchstone_tensor_copy(type, [2, 3], 2, bytes, 1, $0, $1)
      }
    }
  }

  @Test func wrongTensors() {
    let byte: [UInt8] = [255]
    func refuse(_ type: Int32, _ dims: [Int64], _ count: Int, _ fragment: String) {
      expectFailure(2, mentioning: fragment) {
        touchstone_tensor_copy(type, dims, dims.count, byte, count, $0, $1)
      }
    }
    refuse(0, [1], 1, "element_type is 0")
    refuse(29, [1], 1, "element_type is 29")
    refuse(8, [1], 1, "touchstone_tensor_strings")
    refuse(2, [-1], 1, "must not be negative")
    refuse(2, [.max, .max], 1, "more elements")
    refuse(2, [.max, 0, .max], 0, "more elements")
    refuse(9, [1], 1, "element 0 of bool[1] is 255")
    refuse(21, [1], 1, "must lie in 0...15")
    refuse(28, [1], 1, "must lie in 0...63")
    refuse(2, [1], -1, "byte_count is -1")
    expectFailure(2, mentioning: "data is NULL") { touchstone_tensor_copy(2, [1], 1, nil, 1, $0, $1) }
    expectFailure(2, mentioning: "dims is NULL") { touchstone_tensor_copy(2, nil, 1, byte, 1, $0, $1) }
    expectFailure(2, mentioning: "dims has more") { touchstone_tensor_copy(2, [1], -1, byte, 1, $0, $1) }
    expectFailure(2, mentioning: "must lie in -8...7") {
      touchstone_tensor_copy(22, [1], 1, [UInt8(8)], 1, $0, $1)
    }
  }

  @Test func scalarsAndEmptyTensors() {
    let scalar = floats([7], [])
    #expect(dims(of: scalar) == [] && floats(of: scalar) == [7])
    let empty = make { touchstone_tensor_copy(1, [3, 0], 2, nil, 0, $0, $1) }
    #expect(dims(of: empty) == [3, 0] && floats(of: empty) == [])
    for value in [scalar, empty] { touchstone_value_free(value) }
  }

  @Test func borrowedTensorsAreReleasedOnce() {
    final class Releases: Sendable { let count = Mutex(0) }
    let releases = Releases()
    let context = Unmanaged.passUnretained(releases).toOpaque()
    let data: [Float] = [1, 2]
    data.withUnsafeBytes { bytes in
      let value = make { slot, error in
        touchstone_tensor_borrow(
          1, [2], 1, bytes.baseAddress, bytes.count,
          { context in
            guard let context else { return }
            Unmanaged<Releases>.fromOpaque(context).takeUnretainedValue().count.withLock { $0 += 1 }
          }, context, slot, error)
      }
      var view = touchstone_tensor_view()
      call { touchstone_value_view(value, &view, $0) }
      #expect(view.data == bytes.baseAddress)
      let sequence = make { touchstone_sequence([value], 1, nil, $0, $1) }
      touchstone_value_free(value)
      #expect(releases.count.withLock { $0 } == 0, "the sequence still refers to it")
      touchstone_value_free(sequence)
      touchstone_value_free(sequence)
      #expect(releases.count.withLock { $0 } == 1)
    }
  }

  @Test func stringTensors() {
    let value = strings(["", "grün", "a\0b"])
    #expect(texts(value) == ["", "grün", "a\0b"])
    #expect(type(of: value) == "tensor(string)" && kind(value) == TOUCHSTONE_TENSOR)
    touchstone_value_free(value)
    let invalid: [CChar] = [-1, 0]
    invalid.withUnsafeBufferPointer { text in
      expectFailure(2, mentioning: "not UTF-8") {
        touchstone_tensor_strings([1], 1, [text.baseAddress], nil, 1, $0, $1)
      }
    }
    expectFailure(2, mentioning: "texts[0] is NULL") {
      touchstone_tensor_strings([1], 1, [nil], nil, 1, $0, $1)
    }
    expectFailure(2, mentioning: "has 2 elements") {
      touchstone_tensor_strings([2], 1, [nil], nil, 1, $0, $1)
    }
  }

  @Test func sequencesAndOptionals() {
    let a = floats([1, 2], [2])
    let b = floats([3], [1])
    let number = integers([1], [1])
    let sequence = make { touchstone_sequence([a, b], 2, nil, $0, $1) }
    #expect(kind(sequence) == TOUCHSTONE_SEQUENCE && count(sequence) == 2)
    #expect(type(of: sequence) == "seq(tensor(float))")
    let second = make { touchstone_value_element(sequence, 1, $0, $1) }
    #expect(floats(of: second) == [3])
    expectFailure(2, mentioning: "index is 2") { touchstone_value_element(sequence, 2, $0, $1) }
    expectFailure(2, mentioning: "element 1") { touchstone_sequence([a, number], 2, nil, $0, $1) }
    expectFailure(2, mentioning: "must be given") { touchstone_sequence(nil, 0, nil, $0, $1) }
    expectFailure(2, mentioning: "no type string") { touchstone_sequence(nil, 0, "seq(", $0, $1) }
    let empty = make { touchstone_sequence(nil, 0, "tensor(string)", $0, $1) }
    #expect(type(of: empty) == "seq(tensor(string))")

    let present = make { touchstone_optional(sequence, nil, $0, $1) }
    let absent = make { touchstone_optional(nil, "seq(tensor(float))", $0, $1) }
    #expect(count(present) == 1 && count(absent) == 0 && kind(absent) == TOUCHSTONE_OPTIONAL)
    #expect(type(of: present) == type(of: absent))
    expectFailure(2, mentioning: "value is seq") { handle, error in
      handle.pointee = nil
      var view = touchstone_tensor_view()
      return touchstone_value_view(sequence, &view, error)
    }
    for value in [a, b, number, sequence, second, empty, present, absent] { touchstone_value_free(value) }
  }

  @Test func maps() {
    let one = floats([1], [])
    let keys = strings(["a", "b"])
    let map = make { touchstone_map(keys, [one, one], 2, nil, $0, $1) }
    #expect(kind(map) == TOUCHSTONE_MAP && count(map) == 2)
    #expect(type(of: map) == "map(string,tensor(float))")
    let read = make { touchstone_value_keys(map, $0, $1) }
    #expect(texts(read) == ["a", "b"])
    let same = integers([3, 3], [2])
    expectFailure(2, mentioning: "twice") { touchstone_map(same, [one, one], 2, nil, $0, $1) }
    expectFailure(2, mentioning: "shape [1]") { touchstone_map(keys, [one], 1, nil, $0, $1) }
    expectFailure(2, mentioning: "must be integers or strings") { slot, error in
      let wrong = floats([1], [1])
      defer { touchstone_value_free(wrong) }
      return touchstone_map(wrong, [one], 1, nil, slot, error)
    }
    for value in [one, keys, map, read, same] { touchstone_value_free(value) }
  }

  @Test func sparseTensors() {
    let values = floats([5, 6], [2])
    let flat = integers([0, 5], [2])
    let sparse = make { touchstone_sparse_tensor(values, flat, [2, 3], 2, $0, $1) }
    #expect(kind(sparse) == TOUCHSTONE_SPARSE_TENSOR && dims(of: sparse) == [2, 3])
    let read = make { touchstone_value_element(sparse, 0, $0, $1) }
    #expect(floats(of: read) == [5, 6])
    let outside = integers([0, 6], [2])
    expectFailure(2, mentioning: "index 6 lies outside") {
      touchstone_sparse_tensor(values, outside, [2, 3], 2, $0, $1)
    }
    expectFailure(2, mentioning: "indices are float[2]") {
      touchstone_sparse_tensor(values, values, [2, 3], 2, $0, $1)
    }
    expectFailure(2, mentioning: "must be tensors") {
      touchstone_sparse_tensor(sparse, flat, [2, 3], 2, $0, $1)
    }
    for value in [values, flat, sparse, read, outside] { touchstone_value_free(value) }
  }

  /// What C reads of a value is made when first asked for, by whichever thread that is.
  @Test func valuesAreReadInSeveralThreads() throws {
    let value = strings(["a", "b"])
    nonisolated(unsafe) let shared = value
    for result in inThreads(8, { _ in (type(of: shared), dims(of: shared), texts(shared)) }) {
      let (type, dims, texts) = try result.get()
      #expect(type == "tensor(string)" && dims == [2] && texts == ["a", "b"])
    }
    touchstone_value_free(value)
  }

  @Test func nestingEnds() {
    var value = floats([1], [1])
    var depth = 0
    while depth < 100 {
      var outer: OpaquePointer?
      let code = touchstone_sequence([value], 1, nil, &outer, nil)
      touchstone_value_free(value)
      guard code == 0 else { break }
      value = outer
      depth += 1
    }
    #expect(depth == 16)
  }
}
