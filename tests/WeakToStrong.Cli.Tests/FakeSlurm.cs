namespace WeakToStrong.Cli.Tests;

/// <summary>
/// Slurm's commands as scripts of the shell, first in the path while this lives: they write down how they were called and answer what a
/// test wants. Tests that use it must not run at the same time.
/// </summary>
internal sealed class FakeSlurm : IDisposable
{
    private readonly Folder _folder = new();
    private readonly string? _path = Environment.GetEnvironmentVariable("PATH");

    public FakeSlurm(int maxArraySize)
    {
        string at = _folder.Path;
        // The answer may end the script; $n counts the calls.
        Script("sbatch", $"""
            n=$(($(ls '{at}' | grep -c '^sbatch-.*words$') + 1))
            printf '%s\n' "$@" > '{at}'/sbatch-$n.words
            cat > '{at}'/sbatch-$n.script
            [ -f '{at}'/answer ] && . '{at}'/answer
            echo $((1000 + n))
            """);
        Script("scontrol", $"echo 'Configuration data'\necho 'MaxArraySize            = {maxArraySize}'");
        Script("squeue", $"[ -f '{at}'/silent ] && {{ echo 'slurm_load_jobs error: Unable to contact slurm controller' >&2; exit 1; }}\n"
            + $"[ -f '{at}'/queue ] && cat '{at}'/queue\nexit 0");
        Script("scancel", $"printf '%s\\n' \"$@\" >> '{at}'/scancel.words\n"
            + $"[ ! -f '{at}'/silent ] || {{ echo 'scancel: error: no' >&2; exit 1; }}");
        Environment.SetEnvironmentVariable("PATH", $"{at}{Path.PathSeparator}{_path}");
    }

    /// <summary>The words of each call of sbatch, and what it was given to run.</summary>
    public (string[] Words, string Script)[] Submissions =>
        [.. Enumerable.Range(1, 1000).Select(n => Path.Combine(_folder.Path, $"sbatch-{n}.words")).TakeWhile(File.Exists)
            .Select(path => (File.ReadAllLines(path), File.ReadAllText(Path.ChangeExtension(path, "script"))))];

    /// <summary>The words of all calls of scancel.</summary>
    public string[] Cancelled => File.ReadAllLines(Path.Combine(_folder.Path, "scancel.words"));

    /// <summary>Lines of shell that sbatch runs before it answers with a number.</summary>
    public void AnswersWith(string shell) => _folder.File("answer", shell);

    /// <summary>What squeue shows.</summary>
    public void Shows(params IEnumerable<string> lines) => _folder.File("queue", string.Concat(lines.Select(l => l + "\n")));

    /// <summary>From now on the scheduler does not answer.</summary>
    public void FallsSilent() => _folder.File("silent", string.Empty);

    public void Dispose()
    {
        Environment.SetEnvironmentVariable("PATH", _path);
        _folder.Dispose();
    }

    private void Script(string name, string body)
    {
        string path = _folder.File(name, $"#!/bin/sh\n{body}\n");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }
}
