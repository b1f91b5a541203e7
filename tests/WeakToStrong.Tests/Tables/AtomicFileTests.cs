using System.Diagnostics;
using WeakToStrong.Tables;

namespace WeakToStrong.Tests.Tables;

public sealed class AtomicFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("w2s-").FullName;

    private string Target => Path.Combine(_folder, "result.csv");

    [Fact]
    public void A_file_appears_when_it_is_whole()
    {
        AtomicFile.Write(Target, stream =>
        {
            stream.Write("one"u8);
            Assert.False(File.Exists(Target));
            stream.Write("two"u8);
        });
        Assert.Equal("onetwo", File.ReadAllText(Target));
        Assert.Single(Directory.GetFiles(_folder));
    }

    [Fact]
    public void What_fails_leaves_the_old_file_and_nothing_else()
    {
        File.WriteAllText(Target, "old");
        Assert.Throws<InvalidOperationException>(() => AtomicFile.Write(Target, stream =>
        {
            stream.Write("half"u8);
            throw new InvalidOperationException();
        }));
        Assert.Equal("old", File.ReadAllText(Target));
        Assert.Single(Directory.GetFiles(_folder));
    }

    [Fact]
    public void A_link_stays_a_link()
    {
        string real = Path.Combine(_folder, "real.csv");
        File.WriteAllText(real, "old");
        File.CreateSymbolicLink(Target, real);
        AtomicFile.Write(Target, stream => stream.Write("new"u8));
        Assert.Equal("new", File.ReadAllText(real));
        Assert.NotNull(new FileInfo(Target).LinkTarget);
    }

    [Fact]
    public void Checking_leaves_no_trace()
    {
        AtomicFile.CheckWritable(Target);
        Assert.Empty(Directory.GetFileSystemEntries(_folder));
    }

    [Fact]
    public void A_folder_and_a_missing_folder_are_refused()
    {
        Assert.Contains("it is a folder", Assert.Throws<InputException>(() => AtomicFile.CheckWritable(_folder)).Message,
            StringComparison.Ordinal);
        Assert.Contains("does not exist", Assert.Throws<InputException>(() =>
            AtomicFile.CheckWritable(Path.Combine(_folder, "a", "b"))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Permissions_pass_to_the_new_file()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "needs permissions of Unix");
        if (OperatingSystem.IsWindows())
            return;
        File.WriteAllText(Target, "old");
        const UnixFileMode Mode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead;
        File.SetUnixFileMode(Target, Mode);
        AtomicFile.Write(Target, stream => stream.Write("new"u8));
        Assert.Equal(Mode, File.GetUnixFileMode(Target));
        Assert.Equal("new", File.ReadAllText(Target));
    }

    [Fact]
    public async Task A_pipe_is_written_through_and_stays_a_pipe()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "needs named pipes of Unix");
        using (Process make = Process.Start("mkfifo", Target))
            await make.WaitForExitAsync(TestContext.Current.CancellationToken);
        AtomicFile.CheckWritable(Target);
        Task<string> reader = Task.Run(() => File.ReadAllText(Target), TestContext.Current.CancellationToken);
        AtomicFile.Write(Target, stream => stream.Write("through"u8));
        Assert.Equal("through", await reader);
        Assert.True(SpecialFile.Exists(Target));
        Assert.Single(Directory.GetFileSystemEntries(_folder));
    }

    [Fact]
    public void A_file_under_dev_is_replaced_whole()
    {
        Assert.SkipUnless(Directory.Exists("/dev/shm"), "needs /dev/shm");
        string path = Path.Combine("/dev/shm", Path.GetRandomFileName());
        try
        {
            File.WriteAllText(path, new string('x', 5000));
            AtomicFile.Write(path, stream => stream.Write("short"u8));
            Assert.Equal("short", File.ReadAllText(path));
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Theory]
    [InlineData("csv")]
    [InlineData("json")]
    [InlineData("parquet")]
    public void A_full_disk_is_told_in_one_sentence_by_every_writer(string format)
    {
        Assert.SkipUnless(File.Exists("/dev/full"), "needs /dev/full");
        var table = new ResultTable(ResultColumn.Of("x", new double[50_000]));
        Action<Stream> write = format switch
        {
            "csv" => stream => TableWriter.WriteCsv(table, stream, 4),
            "json" => stream => TableWriter.WriteJson(table, stream, 4),
            _ => stream => TableWriter.WriteParquet(table, stream),
        };
        Assert.Equal("'/dev/full' could not be written: No space left on device",
            Assert.Throws<IOException>(() => AtomicFile.Write("/dev/full", write)).Message);
    }

    [Fact]
    public void A_full_disk_leaves_the_old_file_and_no_name_that_nobody_knows()
    {
        // What the system says names the file that is written beside the result, which is gone when the user reads it.
        File.WriteAllText(Target, "old");
        var table = new ResultTable(ResultColumn.Of("x", new double[50_000]));
        string message = Assert.Throws<IOException>(() => AtomicFile.Write(Target, stream =>
            TableWriter.WriteCsv(table, new FullDisk((FileStream)stream), 4))).Message;
        Assert.Equal($"'{Target}' could not be written, and nothing was left there: No space left on device", message);
        Assert.Equal("old", File.ReadAllText(Target));
        Assert.Single(Directory.GetFiles(_folder));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    /// <summary>Takes some bytes and then answers as the system does.</summary>
    private sealed class FullDisk(FileStream file) : MemoryStream
    {
        public override void Write(ReadOnlySpan<byte> buffer)
        {
            base.Write(buffer);
            if (Length > 10_000)
                throw new IOException($"No space left on device : '{file.Name}'");
        }
    }
}
