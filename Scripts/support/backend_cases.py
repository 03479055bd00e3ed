"""The backend-test cases of an onnx release, each as the files a runner reads."""
import dataclasses
import json
import pathlib
import warnings

from support.onnx_wheel import parsed

# Until 1.22 the wheel carries the node cases as files; since then only the code that computes them.
NODE_CASES_ARE_CODE_SINCE = (1, 23)

# The defaults of onnx's loader, for a case that states no tolerance of its own.
RTOL, ATOL = 1e-3, 1e-7


@dataclasses.dataclass
class Case:
    kind: str
    name: str
    rtol: float
    atol: float
    files: dict[str, bytes]


def cases(wheel, kind):
    if kind == "light":
        return _light_cases(wheel)
    if kind == "node" and node_cases_are_code(wheel.release):
        return _computed_node_cases()
    return _stored_cases(wheel, kind)


def node_cases_are_code(release):
    return parsed(release) >= NODE_CASES_ARE_CODE_SINCE


def not_shipped(wheel):
    """The cases whose model the wheel does not carry but names an address for."""
    return sorted(f"real/{name}" for name, facts in _real_models(wheel) if not wheel.has(facts["url"]))


def _stored_cases(wheel, kind):
    for name, members in wheel.folders(kind).items():
        facts = json.loads(wheel.read(members.pop("data.json"))) if "data.json" in members else {}
        files = {path: wheel.read(member) for path, member in members.items()}
        yield Case(kind, name, facts.get("rtol", RTOL), facts.get("atol", ATOL), files)


def _real_models(wheel):
    for name, members in wheel.folders("real").items():
        yield name, json.loads(wheel.read(members["data.json"]))


def _light_cases(wheel):
    """Networks of which onnx ships the model and its outputs, and lets its runner make the inputs."""
    import onnx

    for name, facts in _real_models(wheel):
        if not wheel.has(facts["url"]):
            continue
        model = wheel.read(facts["url"])
        graph = onnx.load_from_string(model).graph
        weights = {it.name for it in graph.initializer}
        inputs = [it for it in graph.input if it.name not in weights]
        files = {"model.onnx": model}
        for index, declared in enumerate(inputs):
            files[f"test_data_set_0/input_{index}.pb"] = _ramp(declared)
        for index in range(len(graph.output)):
            stored = facts["url"].removesuffix(".onnx") + f"_output_{index}.pb"
            files[f"test_data_set_0/output_{index}.pb"] = wheel.read(stored)
        yield Case("light", name, facts.get("rtol", RTOL), facts.get("atol", ATOL), files)


def _ramp(declared):
    """The input onnx's runner feeds a light model: 0 to 1 in equal steps, an unknown dimension taken as 1."""
    import numpy
    import onnx

    dims = declared.type.tensor_type.shape.dim
    shape = tuple(it.dim_value if it.HasField("dim_value") else 1 for it in dims)
    count = numpy.prod(shape)
    ramp = (numpy.arange(count).reshape(shape) / count).astype(numpy.float32)
    return _bytes(onnx.numpy_helper.from_array(ramp))


def _computed_node_cases():
    import numpy

    # Importing computes the cases. onnx seeds numpy before those of each operator; this covers what runs earlier.
    numpy.random.seed(0)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from onnx.backend.test.loader import load_model_tests

        computed = load_model_tests(kind="node")
    for case in computed:
        yield Case("node", case.name, case.rtol, case.atol, _computed_files(case))


def _computed_files(case):
    files = {"model.onnx": _bytes(case.model)}
    graph = case.model.graph
    for index, (inputs, outputs) in enumerate(case.data_sets):
        folder = pathlib.PurePosixPath(f"test_data_set_{index}")
        for role, values, declared in (("input", inputs, graph.input), ("output", outputs, graph.output)):
            for position, (value, info) in enumerate(zip(values, declared, strict=True)):
                files[str(folder / f"{role}_{position}.pb")] = _bytes(_value_proto(value, info))
    return files


def _value_proto(value, info):
    """The message for a value, chosen as onnx's runner chooses it: by the declared type, not the value's."""
    import numpy
    import onnx

    if info.type.HasField("sequence_type"):
        return onnx.numpy_helper.from_list(value, info.name)
    if info.type.HasField("optional_type"):
        return onnx.numpy_helper.from_optional(value, info.name)
    if isinstance(value, onnx.TensorProto):
        return value
    return onnx.numpy_helper.from_array(numpy.asarray(value), info.name)


def _bytes(message):
    return message.SerializeToString(deterministic=True)
