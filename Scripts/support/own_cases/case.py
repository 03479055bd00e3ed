"""How a case of our own is put together: inputs, nodes, and what must come of them."""
import numpy as np
from onnx import TensorProto, helper, numpy_helper

F, D, F16, BF16 = TensorProto.FLOAT, TensorProto.DOUBLE, TensorProto.FLOAT16, TensorProto.BFLOAT16
I8, I16, I32, I64 = TensorProto.INT8, TensorProto.INT16, TensorProto.INT32, TensorProto.INT64
U8, U16, U32, U64 = TensorProto.UINT8, TensorProto.UINT16, TensorProto.UINT32, TensorProto.UINT64
BOOL, STRING = TensorProto.BOOL, TensorProto.STRING

NAN, INF = np.nan, np.inf
LEAST_IR_VERSION = 10


def ramp(*shape):
    return np.arange(1, 1 + np.prod(shape, dtype=int)).reshape(shape)


def array_of(values, element_type):
    if element_type == STRING:
        return np.asarray(values, dtype=object)
    with np.errstate(over="ignore"):
        return np.asarray(values).astype(helper.tensor_dtype_to_np_dtype(element_type))


class Case:
    """One case; `gives` (once for each output), `gives_value` or `rejects` ends its making.

    `note` is the number of the entry in SPEC_NOTES.md that the case shows.
    """

    def __init__(self, operator, version, shows, note=None, rtol=0.0, atol=0.0, domain=""):
        self.operator, self.domain = operator, domain
        self.meta = {"operator": operator, "version": version, "shows": shows}
        if note is not None:
            self.meta["note"] = f"TSN-{note:04}"
        self.rtol, self.atol = rtol, atol
        self.imports = [helper.make_opsetid(domain, version)]
        self.nodes, self.inputs, self.values, self.initializers, self.functions = [], [], [], [], []
        self.outputs, self.wanted, self.alternatives, self.rejection = [], [], [], None

    def input(self, name, values, element_type, dims=None):
        """An input with its value, rounded to the type; returned as float64 or int64 where it is such a number."""
        array = array_of(values, element_type)
        self.inputs.append(helper.make_tensor_value_info(name, element_type, dims or array.shape))
        self.values.append(numpy_helper.from_array(array, name))
        if element_type in (F, D, F16, BF16):
            return array.astype(np.float64)
        return array.astype(np.int64) if array.dtype.kind == "i" else array

    def input_value(self, value_info, message):
        self.inputs.append(value_info)
        self.values.append(message)

    def initializer(self, name, values, element_type):
        self.initializers.append(numpy_helper.from_array(array_of(values, element_type), name))

    def node(self, op_type, inputs, outputs, **attributes):
        self.nodes.append(helper.make_node(op_type, inputs, outputs, **attributes))

    def apply(self, *inputs, outputs=("Y",), **attributes):
        """A node of the operator that the case is about."""
        self.node(self.operator, inputs, outputs, domain=self.domain, **attributes)

    def imports_standard(self, version):
        self.imports.append(helper.make_opsetid("", version))

    def gives(self, wanted, element_type, name="Y"):
        array = array_of(wanted, element_type)
        self.outputs.append(helper.make_tensor_value_info(name, element_type, array.shape))
        self.wanted.append(numpy_helper.from_array(array, name))
        return self

    def gives_value(self, value_info, message):
        self.outputs.append(value_info)
        self.wanted.append(message)
        return self

    def admits(self, *alternatives):
        """Other outputs that the text allows as well: for each alternative the arrays of all outputs."""
        for arrays in alternatives:
            typed = [numpy_helper.from_array(array_of(array, it.data_type).reshape(it.dims), it.name)
                     for array, it in zip(arrays, self.wanted, strict=True)]
            self.alternatives.append(typed)
        return self

    def admits_anything(self):
        """The text says nothing of the values: whatever has the type and shape is admitted."""
        self.alternatives = "any"
        return self

    def rejects(self, kind, element_type=F, dims=None):
        self.rejection = kind
        self.outputs = [helper.make_tensor_value_info("Y", element_type, dims)]
        return self

    def entry(self):
        """What the manifest says of the case, but for its name and files."""
        entry = {"rtol": self.rtol, "atol": self.atol}
        if self.rejection:
            entry["rejects"] = self.rejection
        entry |= self.meta
        if self.alternatives == "any":
            entry["admits"] = "any"
        elif self.alternatives:
            entry["admits"] = [f"admits/{i}" for i in range(len(self.alternatives))]
        return entry

    def files(self, name):
        graph = helper.make_graph(self.nodes, name, self.inputs, self.outputs, self.initializers)
        ir_version = max(LEAST_IR_VERSION, helper.find_min_ir_version_for(self.imports, ignore_unknown=True))
        model = helper.make_model(graph, opset_imports=self.imports, functions=self.functions,
                                  ir_version=ir_version, producer_name="touchstone")
        files = {"model.onnx": model}
        files |= {f"test_data_set_0/input_{i}.pb": it for i, it in enumerate(self.values)}
        files |= {f"test_data_set_0/output_{i}.pb": it for i, it in enumerate(self.wanted)}
        if self.alternatives != "any":
            files |= {f"admits/{i}/output_{j}.pb": it for i, arrays in enumerate(self.alternatives)
                      for j, it in enumerate(arrays)}
        return {path: it.SerializeToString(deterministic=True) for path, it in files.items()}
