using System.Text;
using WeakToStrong.Data.Formats;

namespace WeakToStrong.Tests.Data;

/// <summary>Files with named arrays, made by tests/oracles/arrays.py: x[i, j] = i - 3 j / 8, y[i] = i mod 3.</summary>
public sealed class NamedArrayTests : IDisposable
{
    private static readonly double[] X = [.. Enumerable.Range(0, 60).Select(k => (k / 3) - (3 * (k % 3) / 8.0))];
    private readonly string _folder = Directory.CreateTempSubdirectory("w2s-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("arrays.npz:x")]
    [InlineData("arrays.npz:x.npy")]
    [InlineData("arrays.npz:f")]
    [InlineData("compressed.npz:x")]
    [InlineData("one.npz")]
    [InlineData("one.npz:x")]
    [InlineData("tensors.safetensors:x")]
    [InlineData("tensors.safetensors:half")]
    [InlineData("tensors.safetensors:brain")]
    public void An_array_is_read_by_its_name(string name)
    {
        double tolerance = name.EndsWith("brain", StringComparison.Ordinal) ? 0.06 : 0;
        double[] read = FeatureFile.Read(CaseFile.Path($"npy/{name}")).TakeAll().Matrix.Data.ToArray();
        Assert.Equal(X, read, (a, b) => Math.Abs(a - b) <= tolerance);
    }

    [Theory]
    [InlineData("compressed.npz:y")]
    [InlineData("tensors.safetensors:y")]
    public void Labels_may_be_one_of_them(string name) => Assert.Equal(["0", "1", "2"],
        LabelFile.ReadLabels(CaseFile.Path($"npy/{name}")).Labels.ClassNames);

    [Theory]
    [InlineData("arrays.npz", "holds 3 arrays, x, y, f; write FILE:NAME to choose one")]
    [InlineData("arrays.npz:z", "holds no array 'z'; it must be one of x, y, f")]
    [InlineData("one.npz:z", "holds no array 'z'; it must be x")]
    [InlineData("tensors.safetensors", "holds 5 arrays, x, half, y, brain, eight; write FILE:NAME to choose one")]
    [InlineData("tensors.safetensors:eight", "holds 'eight' as F8_E4M3; it must be one of F64, F32, F16, BF16,")]
    [InlineData("I_C.npy:x", "holds no arrays with names; ':x' belongs behind a .npz or .safetensors file")]
    [InlineData("model.pt", "is a PyTorch file, which can run code when it is read; convert it with: python3 -c \"import torch, numpy; "
        + "numpy.save('x.npy', torch.load('")]
    [InlineData("old.pt", "is a PyTorch file")]
    [InlineData("frame.pkl", "is a Python pickle, which can run code when it is read; convert it with: python3 -c \"import pickle")]
    [InlineData("nothing.npz:x", "cannot be read: there is no such file")]
    public void What_cannot_be_read_is_told(string name, string part) =>
        Assert.Contains(part, Assert.Throws<InputException>(() => FeatureFile.Read(CaseFile.Path($"npy/{name}"))).Message,
            StringComparison.Ordinal);

    [Fact]
    public void No_cut_or_changed_byte_of_an_archive_goes_unnoticed()
    {
        byte[] whole = File.ReadAllBytes(CaseFile.Path("npy/compressed.npz"));
        foreach (int length in (int[])[30, 100, whole.Length / 2, whole.Length - 1])
            Assert.Contains("is not a whole .npz file", Refusal(whole[..length]), StringComparison.Ordinal);
        // A stored archive has no other guard than its checksums.
        byte[] stored = File.ReadAllBytes(CaseFile.Path("npy/one.npz"));
        int first = stored.AsSpan().IndexOf(Encoding.ASCII.GetBytes("fortran_order")) + 150;
        stored[first] ^= 0x10;
        Assert.Contains("is not a whole .npz file: it is truncated or damaged", Refusal(stored), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{\"x\":{\"dtype\":\"F64\",\"shape\":[2,3],\"data_offsets\":[0,40]}}", "a place that does not fit its shape (2, 3)")]
    [InlineData("{\"x\":{\"dtype\":\"F64\",\"shape\":[2,3],\"data_offsets\":[8,56]}}", "is truncated: 'x' ends at byte")]
    [InlineData("{\"x\":{\"dtype\":\"F64\",\"shape\":[2,-3],\"data_offsets\":[0,-48]}}", "a place that does not fit its shape")]
    [InlineData("{\"x\":{\"dtype\":\"F64\"}}", "its header is damaged")]
    [InlineData("{\"x\":[1", "its header is damaged")]
    [InlineData("{}", "holds no array")]
    public void A_bad_header_of_safetensors_is_told(string header, string part)
    {
        byte[] text = Encoding.UTF8.GetBytes(header);
        Assert.Contains(part, Refusal([.. BitConverter.GetBytes((long)text.Length), .. text, .. new byte[48]]), StringComparison.Ordinal);
    }

    [Fact]
    public void A_colon_may_be_part_of_a_path()
    {
        string path = Path.Combine(_folder, "a:b.npz");
        File.Copy(CaseFile.Path("npy/one.npz"), path);
        Assert.Equal(20, FeatureFile.Read(path).Count);
        Assert.Equal(20, FeatureFile.Read($"{path}:x").Count);
    }

    private string Refusal(byte[] bytes)
    {
        string path = Path.Combine(_folder, Path.GetRandomFileName());
        File.WriteAllBytes(path, bytes);
        return Assert.Throws<InputException>(() => FeatureFile.Read(path)).Message;
    }
}
