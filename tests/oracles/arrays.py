"""Archives of arrays, made by NumPy (.npz), by hand after the format's description (.safetensors), and as torch.save lays them out (.pt):
    python3 arrays.py ../cases/npy
x[i, j] = i - 3 j / 8 for 20 rows of 3; y[i] = i mod 3."""
import io, json, pickle, struct, sys, zipfile
import numpy as np

folder = sys.argv[1]
i, j = np.arange(20.0)[:, None], np.arange(3.0)[None, :]
x, y = i - 3 * j / 8, np.arange(20) % 3
np.savez(f"{folder}/arrays.npz", x=x, y=y, f=np.asfortranarray(x.astype(">f4")))
np.savez_compressed(f"{folder}/compressed.npz", x=x, y=y)
np.savez(f"{folder}/one.npz", x=x)

tensors = {"x": ("F64", x.astype("<f8")), "half": ("F16", x.astype("<f2")), "y": ("I64", y.astype("<i8")),
           "brain": ("BF16", (x.astype("<f4").view("<u4") >> 16).astype("<u2")), "eight": ("F8_E4M3", y.astype("u1"))}
header, data = {"__metadata__": {"format": "pt"}}, b""
for name, (dtype, array) in tensors.items():
    header[name] = {"dtype": dtype, "shape": list(array.shape), "data_offsets": [len(data), len(data) + array.nbytes]}
    data += array.tobytes()
text = json.dumps(header).encode()
text += b" " * (-len(text) % 8)
open(f"{folder}/tensors.safetensors", "wb").write(struct.pack("<Q", len(text)) + text + data)

with zipfile.ZipFile(f"{folder}/model.pt", "w") as archive:
    archive.writestr("model/data.pkl", pickle.dumps({"x": 1}, protocol=2))
    archive.writestr("model/data/0", x.tobytes())
open(f"{folder}/old.pt", "wb").write(pickle.dumps(0x1950A86A20F9469CFC6C, protocol=2))
open(f"{folder}/frame.pkl", "wb").write(pickle.dumps(x))
