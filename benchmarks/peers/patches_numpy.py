#!/usr/bin/env python3
"""Random convolutional patches in NumPy (im2col and one matrix product a batch), float32.

The peer of the feature map `patches:COUNT:SIZE`: same images, same number and size of filters, same quadrants. Filters are random here,
since only the time of applying them is measured. Batches of 128 images were the fastest of 16 to 1024
on the machine of docs/performance.md.

    patches_numpy.py [--images 32000] [--features 1600] [--size 6] [--batch 128] [--repeats 1] [--data-dir DIR]

Prints the shortest of the repeats: on a shared machine, few images and many repeats.
"""
import argparse
import gzip
import time

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view


def images(folder, count):
    with gzip.open(f"{folder}/train-images-idx3-ubyte.gz") as file:
        return np.frombuffer(file.read(), np.uint8, count * 784, 16).reshape(count, 28, 28)


def features(batch, weights, biases, size, floor):
    windows = sliding_window_view(batch, (size, size), axis=(1, 2))
    rows, columns = windows.shape[1:3]
    patches = windows.reshape(-1, size * size)  # the copy that gives im2col its name
    patches = patches - patches.mean(1, keepdims=True)
    patches /= np.sqrt(np.einsum("ij,ij->i", patches, patches) / size**2 + floor)[:, None]
    response = patches @ weights
    response -= biases
    np.maximum(response, 0, out=response)
    response = response.reshape(len(batch), rows, columns, -1)
    half, middle = rows // 2, columns // 2
    quadrants = [response[:, :half, :middle], response[:, :half, middle:], response[:, half:, :middle], response[:, half:, middle:]]
    return np.concatenate([q.mean((1, 2)) for q in quadrants], axis=1)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--images", type=int, default=32000)
    parser.add_argument("--features", type=int, default=1600)
    parser.add_argument("--size", type=int, default=6)
    parser.add_argument("--batch", type=int, default=128)
    parser.add_argument("--repeats", type=int, default=1)
    parser.add_argument("--data-dir", default="/usr/share/datasets/fashion-mnist")
    args = parser.parse_args()
    x = images(args.data_dir, args.images).astype(np.float32)
    random = np.random.default_rng(0)
    weights = random.standard_normal((args.size**2, args.features // 4), np.float32)
    weights /= np.linalg.norm(weights, axis=0)
    biases = np.full(args.features // 4, 0.25, np.float32)
    result = np.empty((args.images, args.features))
    shortest = np.inf
    for _ in range(args.repeats):
        start = time.perf_counter()
        for first in range(0, args.images, args.batch):
            result[first:first + args.batch] = features(x[first:first + args.batch], weights, biases, args.size, 10)
        shortest = min(shortest, time.perf_counter() - start)
    each = shortest / args.images * 1e6
    print(f"numpy patches, {args.images} images, {args.features} features: {shortest:.3f} s, {each:.0f} us an image")


if __name__ == "__main__":
    main()
