import unittest

import models
import onnx
import touchstone as ort
from onnx import TensorProto, helper


def chain(middle, extra=()):
    """a = x + x, then the given node, then c = a + x."""
    return models.model(
        [
            helper.make_node("Add", ["x", "x"], ["a"]),
            middle,
            helper.make_node("Add", ["a", "x"], ["c"]),
        ],
        [models.tensor("x", TensorProto.FLOAT, [2, "N"]), *extra],
        [onnx.ValueInfoProto(name="c")],
    )


def types(model):
    """Name, element type and dims of every value that the model declares."""

    def dims(info):
        shape = info.type.tensor_type.shape
        return [d.dim_param or (d.dim_value if d.HasField("dim_value") else None) for d in shape.dim]

    infos = [*model.graph.value_info, *model.graph.output]
    return {i.name: (i.type.tensor_type.elem_type, dims(i)) for i in infos if i.type.HasField("tensor_type")}


class ShapeInferenceTests(unittest.TestCase):
    def test_agrees_with_onnx(self):
        model = chain(helper.make_node("Softmax", ["a"], ["b"]))
        inferred = onnx.load_from_string(ort.infer_shapes(model.SerializeToString()))
        self.assertEqual(types(inferred), types(onnx.shape_inference.infer_shapes(model)))
        self.assertEqual(types(inferred)["b"], (TensorProto.FLOAT, [2, "N"]))
        onnx.checker.check_model(inferred)

    def test_goes_on_after_an_unknown_operator_unless_strict(self):
        data = chain(helper.make_node("NoSuchOperator", ["a"], ["b"])).SerializeToString()
        self.assertEqual(set(types(onnx.load_from_string(ort.infer_shapes(data)))), {"a", "c"})
        with self.assertRaises(ort.NotImplemented):
            ort.infer_shapes(data, strict_mode=True)

    def test_checks_types_on_request(self):
        integers = models.tensor("i", TensorProto.INT64, [2])
        data = chain(helper.make_node("Add", ["a", "i"], ["b"]), [integers]).SerializeToString()
        ort.infer_shapes(data)
        with self.assertRaises(ort.InvalidGraph):
            ort.infer_shapes(data, check_type=True)

    def test_follows_elements_on_request(self):
        model = models.model(
            [
                helper.make_node("Add", ["p", "q"], ["s"]),
                helper.make_node("Reshape", ["x", "s"], ["y"]),
            ],
            [models.tensor("x", TensorProto.FLOAT, [6])],
            [onnx.ValueInfoProto(name="y")],
            [
                helper.make_tensor("p", TensorProto.INT64, [2], [1, 1]),
                helper.make_tensor("q", TensorProto.INT64, [2], [1, 2]),
            ],
        )
        data = model.SerializeToString()
        followed = onnx.load_from_string(ort.infer_shapes(data, data_prop=True))
        self.assertEqual(types(followed)["y"], (TensorProto.FLOAT, [2, 3]))
        unfollowed = onnx.load_from_string(ort.infer_shapes(data))
        self.assertEqual(types(unfollowed)["y"], (TensorProto.FLOAT, [None, None]))

    def test_refuses_what_is_no_model(self):
        with self.assertRaises(ort.InvalidGraph):
            ort.infer_shapes(b"no model")


if __name__ == "__main__":
    unittest.main()
