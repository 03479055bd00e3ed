"""Bytes that are dear to read: messages, packed numbers, sparse tensors, external data, archives."""
import io
import struct
import zipfile

import numpy as np
from onnx import ModelProto, TensorProto, helper

from .hostile import F, I64, TEXT, Hostile, array, field, model, node, ones, value, varint


_SMALL = model([node("Neg", ["x"])], inputs=[value("x", F, [2])]).content


def empty_nodes():
    """500,000 messages of two bytes."""
    return Hostile(_SMALL + field(7, field(1, b"") * 480_000))


def empty_initializers():
    return Hostile(_SMALL + field(7, field(5, b"") * 480_000))


def graphs_to_be_merged():
    """Protobuf merges what is repeated: 300,000 graphs."""
    return Hostile(_SMALL + field(7, b"") * 480_000)


def groups_one_inside_the_other():
    """Unknown fields in groups, 900,000 deep."""
    return Hostile(_SMALL + varint(100 << 3 | 3) * 450_000)


def unknown_fields():
    return Hostile(_SMALL + varint(100 << 3) + b"\0" + (varint(100 << 3) + b"\0") * 300_000)


def messages_300_deep():
    inner = b""
    for _ in range(100):
        inner = field(1, field(5, field(6, field(1, inner))))
    return Hostile(field(7, inner))


def numbers_of_a_byte():
    """900,000 numbers of eight bytes out of one byte each."""
    data = TensorProto(dims=[900_000], data_type=I64, name="x", int64_data=[1] * 900_000)
    return model([node("Neg", ["x"])], [data])


def numbers_of_half_a_bit():
    """4-bit numbers in a list of int32."""
    data = TensorProto(dims=[800_000], data_type=TensorProto.INT4, name="x", int32_data=[17] * 400_000)
    return model([node("Cast", ["x"], to=F)], [data])


def numbers_without_end():
    """A list of numbers longer than the file."""
    return Hostile(_SMALL + field(7, varint(5 << 3 | 2) + varint(2**62)))


def texts_of_no_bytes():
    """450,000 empty strings."""
    return model([node("Identity", ["x"])], [
        TensorProto(dims=[450_000], data_type=TEXT, name="x", string_data=[b""] * 450_000)])


def sparse_of_a_huge_size():
    made = ModelProto.FromString(model([node("Neg", ["x"])], outputs=["y"]).content)
    sparse = helper.make_sparse_tensor(ones("x", 1), array("", [2**61]), [2**31, 2**31])
    made.graph.sparse_initializer.append(sparse)
    return Hostile(made.SerializeToString())


def sparse_within_the_limit():
    """2 GiB of zeros out of one number."""
    made = ModelProto.FromString(model([node("Neg", ["x"])], outputs=["y"]).content)
    made.graph.sparse_initializer.append(helper.make_sparse_tensor(ones("x", 1), array("", [7]), [1 << 29]))
    return Hostile(made.SerializeToString(), declared_bytes=1 << 32)


def sparse_by_the_thousand():
    """64 MiB each, in 8,000 of them."""
    made = ModelProto.FromString(model([node("Sum", [f"{k:x}" for k in range(8_000)])]).content)
    for k in range(8_000):
        made.graph.sparse_initializer.append(
            helper.make_sparse_tensor(ones(f"{k:x}", 1), array("", [7]), [1 << 24]))
    return Hostile(made.SerializeToString(), declared_bytes=1 << 40)


def sparse_constants_by_the_thousand():
    sparse = helper.make_sparse_tensor(ones("", 1), array("", [7]), [1 << 24])
    nodes = [node("Constant", [], [f"{k:x}"], sparse_value=sparse) for k in range(6_000)]
    return model(nodes + [node("Sum", [f"{k:x}" for k in range(6_000)])], declared_bytes=1 << 40)


def _external(name, element_type, dims, **entries):
    made = TensorProto(name=name, data_type=element_type, dims=dims, data_location=TensorProto.EXTERNAL)
    for key, text in entries.items():
        made.external_data.add(key=key, value=str(text))
    return made


def _of_elsewhere(location, **entries):
    return model([node("Neg", ["x"])], [_external("x", F, [2], location=location, **entries)])


def data_of_a_device():
    return _of_elsewhere("/dev/zero")


def data_of_another_folder():
    return _of_elsewhere("../../../../../../dev/zero")


def data_beyond_the_end():
    made = _of_elsewhere("data", offset=2**62, length=2**62)
    made.files = {"data": b"\0" * 8}
    return made


def data_of_the_model_itself():
    """5,000 initializers, each of which is the whole file as half bytes."""
    names = [f"{k:x}" for k in range(5_000)]
    return model([node("Neg", ["0"])], [
        _external(it, TensorProto.INT4, [1_500_000], location="data", length=750_000) for it in names],
        files={"data": bytes(750_000)})


def data_of_bools_over_and_over():
    names = [f"{k:x}" for k in range(5_000)]
    return model([node("Not", ["0"])], [
        _external(it, TensorProto.BOOL, [900_000], location="data", length=900_000) for it in names],
        files={"data": b"\2" * 900_000})


def data_in_many_files():
    """3,000 files, all of which are open at a time if they are mapped at once."""
    names = [f"{k:x}" for k in range(3_000)]
    return model([node("Sum", names)], [_external(it, F, [1], location=it, length=4) for it in names],
                 files={it: bytes(4) for it in names})


def _packed_array(count):
    """An archive of one array of zeros."""
    header = io.BytesIO()
    np.lib.format.write_array_header_1_0(
        header, {"descr": "<f4", "fortran_order": False, "shape": (count,)})
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        with archive.open("x.npy", "w", force_zip64=True) as entry:
            entry.write(header.getvalue())
            for _ in range(count // (1 << 18)):
                entry.write(bytes(1 << 20))
    return made.getvalue()


def input_packed():
    """300 MB of zeros out of 300 kB, over the limit of an archive."""
    made = model([node("Neg", ["x"])], inputs=[value("x", F, ["n"])])
    made.files, made.arguments = {"x.npz": _packed_array(300 << 18)}, ("--input", "x={folder}/x.npz")
    return made


def input_of_a_huge_header():
    header = b"\x93NUMPY\2\0" + struct.pack("<I", 0x7FFFFFFF) + b"{'descr':"
    made = model([node("Neg", ["x"])], inputs=[value("x", F, ["n"])])
    made.files, made.arguments = {"x.npy": header}, ("--input", "x={folder}/x.npy")
    return made


def input_of_a_huge_extent():
    """A graph's input of 2^36 numbers, which are to be drawn."""
    return model([node("Neg", ["x"])], inputs=[value("x", F, [1 << 18, 1 << 18])])


def inputs_within_the_limit():
    """16 inputs of 1 GiB each."""
    names = [f"x{k}" for k in range(16)]
    return model([node("Neg", names[:1])], inputs=[value(it, F, [1 << 28]) for it in names], declared_bytes=1 << 40)


def input_of_rank_60():
    return model([node("Neg", ["x"])], inputs=[value("x", F, [2] * 60)])


def sequence_input_of_huge_elements():
    info = helper.make_tensor_sequence_value_info("x", F, [1 << 20, 1 << 20])
    return model([node("SequenceLength", ["x"])], inputs=[info])
