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
        Assert.Contains("it is a folder", Assert.Throws<InputException>(() => AtomicFile.CheckWritable(_folder)).Message, StringComparison.Ordinal);
        Assert.Contains("does not exist", Assert.Throws<InputException>(() => AtomicFile.CheckWritable(Path.Combine(_folder, "a", "b"))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_full_disk_is_told_in_one_sentence()
    {
        Assert.SkipUnless(File.Exists("/dev/full"), "needs /dev/full");
        string message = Assert.Throws<IOException>(() => AtomicFile.Write("/dev/full", stream => stream.Write(new byte[100_000]))).Message;
        Assert.Contains("'/dev/full' could not be written, and nothing was left there", message, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
