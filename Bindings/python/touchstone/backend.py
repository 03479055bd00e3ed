"""Touchstone as a backend of ONNX, so that ONNX's own test runner can judge it.

    import onnx.backend.test, touchstone.backend
    tests = onnx.backend.test.BackendTest(touchstone.backend, __name__)
    globals().update(tests.enable_report().test_cases)
"""

import numpy as np
import onnx
import onnx.backend.base
from onnx import helper, numpy_helper

from . import _dtypes
from .errors import InvalidArgument, NotImplemented, TouchstoneError
from .session import InferenceSession


class TouchstoneRep(onnx.backend.base.BackendRep):
    """A model ready to run."""

    def __init__(self, session, input_names):
        self._session = session
        self._input_names = input_names

    def run(self, inputs, **kwargs):
        """The outputs for inputs in the order of the graph's; those with an initializer may be omitted.

        A dict of inputs by name is as good.
        """
        outputs = _judged(self._session.run, None, self._feeds(inputs))
        names = [output.name for output in self._session.get_outputs()]
        return onnx.backend.base.namedtupledict("Outputs", names)(*outputs)

    def _feeds(self, inputs):
        if isinstance(inputs, dict):
            return inputs
        if isinstance(inputs, np.ndarray):
            inputs = [inputs]
        required = [argument.name for argument in self._session.get_inputs()]
        names = required if len(inputs) == len(required) else self._input_names
        if len(inputs) > len(names):
            raise InvalidArgument(
                f"there are {len(inputs)} inputs, but the model has {len(names)}"
            )
        return dict(zip(names, inputs))


class TouchstoneBackend(onnx.backend.base.Backend):
    """Runs models and single nodes on the CPU."""

    @classmethod
    def is_compatible(cls, model, device="CPU", **kwargs):
        """Whether the model can be made ready to run on the device."""
        if not cls.supports_device(device):
            return False
        try:
            InferenceSession(model.SerializeToString())
        except NotImplemented:
            return False
        except TouchstoneError:
            # Another failure is a verdict on Touchstone or the model, which `prepare` shall give.
            return True
        return True

    @classmethod
    def supports_device(cls, device):
        """Whether models run on the device: on the CPU alone."""
        return device.split(":")[0] == "CPU"

    @classmethod
    def prepare(cls, model, device="CPU", **kwargs):
        """The model ready to run. What Touchstone does not implement, ONNX's runner shall skip."""
        if not cls.supports_device(device):
            raise InvalidArgument(f"device '{device}' is not supported, only CPU is")
        session = _judged(
            InferenceSession, model.SerializeToString(), kwargs.get("sess_options")
        )
        return TouchstoneRep(session, [value.name for value in model.graph.input])

    @classmethod
    def run_model(cls, model, inputs, device="CPU", **kwargs):
        """The outputs of a model for its inputs."""
        return cls.prepare(model, device, **kwargs).run(inputs)

    @classmethod
    def run_node(cls, node, inputs, device="CPU", outputs_info=None, **kwargs):
        """The outputs of one node for its inputs, of which omitted ones are left out or None.

        The node means the operator set ``opset_version``, by default the newest of ONNX's.
        """
        names = [name for name in node.input if name]
        values = [value for value in inputs if value is not None]
        # A node may read one value twice; then the caller may give it twice or once.
        if len(values) != len(names):
            names = list(dict.fromkeys(names))
        feeds = dict(zip(names, values))
        graph = helper.make_graph(
            [node],
            "node",
            [helper.make_value_info(name, _type_of(value)) for name, value in feeds.items()],
            [onnx.ValueInfoProto(name=name) for name in node.output if name],
        )
        version = kwargs.pop("opset_version", onnx.defs.onnx_opset_version())
        imports = [helper.make_opsetid("", version)]
        if node.domain not in ("", "ai.onnx"):
            newest = max(
                (s.since_version for s in onnx.defs.get_all_schemas() if s.domain == node.domain),
                default=1,
            )
            imports.append(helper.make_opsetid(node.domain, newest))
        model = helper.make_model(graph, opset_imports=imports)
        return cls.run_model(model, feeds, device, **kwargs)


def _judged(function, *arguments):
    """Calls a function; what Touchstone does not implement becomes a skip of ONNX's runner."""
    try:
        return function(*arguments)
    except NotImplemented as error:
        from onnx.backend.test.runner import BackendIsNotSupposedToImplementIt

        raise BackendIsNotSupposedToImplementIt(str(error)) from error


def _type_of(value):
    """The TypeProto of an input."""
    if isinstance(value, onnx.TensorProto):
        value = numpy_helper.to_array(value)
    if isinstance(value, (list, tuple)) and value:
        return helper.make_sequence_type_proto(_type_of(value[0]))
    array = np.asarray(value)
    name = _dtypes.name_of(array.dtype)
    if name is None:
        raise InvalidArgument(f"ONNX has no element type for dtype {array.dtype}")
    return helper.make_tensor_type_proto(_dtypes.NUMBERS[name], array.shape)


is_compatible = TouchstoneBackend.is_compatible
prepare = TouchstoneBackend.prepare
run_model = TouchstoneBackend.run_model
run_node = TouchstoneBackend.run_node
supports_device = TouchstoneBackend.supports_device
