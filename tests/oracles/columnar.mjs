// Arrow and Parquet files made by Polars, an implementation in Rust that shares no code with the readers under test:
//     npm install nodejs-polars && node columnar.mjs ../cases
// Row i of 40 (from 0) of features.*: f64 = 1.375 i - 20.0625, f32 = i + 0.25, i8 = i - 50, i16 = 300 i + 1, i32 = -70000 i - 1,
// i64 = 5e9 i + 3, u8 = i + 200, u16 = 60000 + i, u32 = 4e9 + i, u64 = 2^62 + 1024 i, flag = true, list = [i + 0.5, -i - 1, 2^-i].
// dense*: d64 = d_i, d32 = d_i rounded, i64 = 1e17 d_i cut, list = [d_i, d_(i + 1), d_(i + 2)] rounded,
// where d_i = (-1)^i (1.2345678912345 + 1.1111111111111 i): no byte that matters is zero, so that a zero that
// is read from a damaged file is one that nobody wrote.
// labels.*: word = horse, dog, cat in turn and null when i mod 10 = 7; number = i mod 4 and null when i mod 10 = 3; big = 2^53 + i mod 3.
import { createRequire } from "node:module";
import { mkdirSync } from "node:fs";

const pl = createRequire(import.meta.url)("nodejs-polars");
const folder = process.argv[2];
const rows = Array.from({ length: 40 }, (_, i) => i);
const words = ["horse", "dog", "cat"];

// Long integers go through text: as numbers they would be rounded.
const long = (name, value, type) => pl.Series(name, rows.map(i => `${value(i)}`), pl.String).cast(type);

const features = pl.DataFrame([
    pl.Series("f64", rows.map(i => 1.375 * i - 20.0625), pl.Float64),
    pl.Series("f32", rows.map(i => i + 0.25), pl.Float32),
    pl.Series("i8", rows.map(i => i - 50), pl.Int8),
    pl.Series("i16", rows.map(i => 300 * i + 1), pl.Int16),
    pl.Series("i32", rows.map(i => -70000 * i - 1), pl.Int32),
    long("i64", i => 5000000000n * BigInt(i) + 3n, pl.Int64),
    pl.Series("u8", rows.map(i => i + 200), pl.UInt8),
    pl.Series("u16", rows.map(i => 60000 + i), pl.UInt16),
    pl.Series("u32", rows.map(i => 4000000000 + i), pl.UInt32),
    long("u64", i => (1n << 62n) + 1024n * BigInt(i), pl.UInt64),
    pl.Series("flag", rows.map(() => true), pl.Bool),
    pl.Series("list", rows.map(i => [i + 0.5, -i - 1, 2 ** -i]), pl.List(pl.Float32)),
]);
const labels = pl.DataFrame([
    pl.Series("word", rows.map(i => i % 10 === 7 ? null : words[i % 3]), pl.String),
    pl.Series("number", rows.map(i => i % 10 === 3 ? null : i % 4), pl.Int32),
    long("big", i => (1n << 53n) + BigInt(i % 3), pl.Int64),
]);
const d = i => (i % 2 ? -1 : 1) * (1.2345678912345 + i * 1.1111111111111);
const dense = pl.DataFrame([
    pl.Series("d64", rows.map(d), pl.Float64),
    pl.Series("d32", rows.map(d), pl.Float32),
    long("i64", i => BigInt(Math.trunc(d(i) * 1e17)), pl.Int64),
    pl.Series("list", rows.map(i => [d(i), d(i + 1), d(i + 2)]), pl.List(pl.Float32)),
]);
mkdirSync(`${folder}/arrow`, { recursive: true });
for (const compression of ["uncompressed", "lz4", "zstd"])
    features.writeIPC(`${folder}/arrow/features_${compression}.arrow`, { compression });
for (const compression of ["uncompressed", "lz4", "zstd"])
    dense.writeIPC(`${folder}/arrow/dense_${compression}.arrow`, { compression });
labels.writeIPC(`${folder}/arrow/labels.arrow`, { compression: "uncompressed" });
labels.withColumns(pl.col("word").cast(pl.Categorical)).writeIPC(`${folder}/arrow/categories.arrow`, { compression: "uncompressed" });
features.writeParquet(`${folder}/parquet/polars.parquet`, { compression: "zstd", rowGroupSize: 16 });
dense.writeParquet(`${folder}/parquet/dense_polars.parquet`, { compression: "uncompressed", rowGroupSize: 16 });
labels.writeParquet(`${folder}/parquet/polars_labels.parquet`, { compression: "snappy" });
