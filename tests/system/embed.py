"""Two encoders so small that what they give is known, and what tools/Embed makes of them.

    embed.py FOLDER make      the models, images, texts
    embed.py FOLDER check     what embed wrote against NumPy
"""
import pathlib
import struct
import sys
import zlib

import numpy as np

FOLDER = pathlib.Path(sys.argv[1])
IMAGES = np.random.default_rng(1).integers(0, 256, (5, 8, 8), dtype=np.uint8)
WORDS = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "weak", "strong", "teacher", "##s", ",", "[MASK]"]
TEXTS = {"Weak teachers": [2, 4, 6, 7, 3], "strong, strong": [2, 5, 8, 5, 3], "weak": [2, 4, 3]}
VECTORS = np.random.default_rng(2).normal(size=(len(WORDS), 3)).astype(np.float32)


def png(rows):
    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
    head = struct.pack(">IIBBBBB", rows.shape[1], rows.shape[0], 8, 0, 0, 0, 0)
    lines = b"".join(b"\0" + row.tobytes() for row in rows)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(lines)) + chunk(b"IEND", b"")


def make():
    import onnx
    from onnx import TensorProto, helper

    def save(name, node, given, element, shape, out, constants=()):
        graph = helper.make_graph([node], name, [helper.make_tensor_value_info(given, element, shape)],
                                  [helper.make_tensor_value_info("y", TensorProto.FLOAT, out)], list(constants))
        onnx.save(helper.make_model(graph, opset_imports=[helper.make_opsetid("", 13)]), str(FOLDER / name))

    save("mean.onnx", helper.make_node("Identity", ["x"], ["y"]), "x", TensorProto.FLOAT, ["n", 3, 8, 8], ["n", 3, 8, 8])
    words = helper.make_tensor("words", TensorProto.FLOAT, VECTORS.shape, VECTORS.ravel())
    look_up = helper.make_node("Gather", ["words", "input_ids"], ["y"])
    save("words.onnx", look_up, "input_ids", TensorProto.INT64, ["n", "t"], ["n", "t", 3], [words])
    (FOLDER / "images.idx").write_bytes(bytes([0, 0, 8, 3]) + struct.pack(">III", *IMAGES.shape) + IMAGES.tobytes())
    (FOLDER / "pictures").mkdir()
    for i, image in enumerate(IMAGES):
        (FOLDER / "pictures" / f"{i}.png").write_bytes(png(image))
    (FOLDER / "vocabulary.txt").write_text("\n".join(WORDS) + "\n")
    (FOLDER / "texts.csv").write_text("id,text\n" + "".join(f'{i},"{text}"\n' for i, text in enumerate(TEXTS)))


def check():
    means = IMAGES.reshape(5, -1).mean(axis=1, keepdims=True)
    normal = (means / 255 - [0.485, 0.456, 0.406]) / [0.229, 0.224, 0.225]
    for name, expected in (("images", normal), ("pictures", normal), ("raw", np.repeat(means, 3, axis=1))):
        np.testing.assert_allclose(np.load(FOLDER / f"{name}.npy"), expected, rtol=2e-6)
    sums = np.array([VECTORS[tokens].sum(axis=0) for tokens in TEXTS.values()])
    texts = np.load(FOLDER / "texts.npy")
    assert texts.dtype == np.float32
    np.testing.assert_allclose(texts, sums / np.linalg.norm(sums, axis=1, keepdims=True), rtol=2e-6)


{"make": make, "check": check}[sys.argv[2]]()
