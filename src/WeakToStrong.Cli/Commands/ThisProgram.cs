using System.Diagnostics;
using System.Runtime.InteropServices;

namespace WeakToStrong.Cli.Commands;

/// <summary>This program as other processes run it, and processes that it runs.</summary>
internal static partial class ThisProgram
{
    private const int Interrupt = 2;

    /// <summary>The words that start it: its file, or the runtime's and its own.</summary>
    public static IReadOnlyList<string> CommandLine
    {
        get
        {
            string assembly = Path.Combine(AppContext.BaseDirectory, "w2s.dll"), process = Environment.ProcessPath ?? "w2s";
            string name = Path.GetFileNameWithoutExtension(process);
            return !File.Exists(assembly) || name == "w2s" ? [process] : [name == "dotnet" ? process : "dotnet", assembly];
        }
    }

    /// <summary>Starts it with its streams in hand.</summary>
    public static Process Start(IEnumerable<string> arguments)
    {
        IReadOnlyList<string> command = CommandLine;
        return Process.Start(new ProcessStartInfo(command[0], [.. command.Skip(1), .. arguments])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
    }

    /// <summary>Runs a scheduler's command to its end.</summary>
    public static (int Status, string Output, string Error) RunCommand(string program, IReadOnlyList<string> arguments, string? input)
    {
        try
        {
            using Process process = Process.Start(new ProcessStartInfo(program, arguments)
            {
                UseShellExecute = false,
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            })!;
            Task<string> output = process.StandardOutput.ReadToEndAsync(), error = process.StandardError.ReadToEndAsync();
            if (input is not null)
                process.StandardInput.Write(input);
            process.StandardInput.Close();
            process.WaitForExit();
            return (process.ExitCode, output.GetAwaiter().GetResult(), error.GetAwaiter().GetResult());
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return (127, string.Empty, $"{program} is not installed here");
        }
        catch (IOException e)
        {
            return (1, string.Empty, e.Message); // it went away before it had read its input
        }
    }

    /// <summary>Asks a process for an orderly end, as Ctrl-C does.</summary>
    public static bool Stop(int process) => !OperatingSystem.IsWindows() && Kill(process, Interrupt) == 0;

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Kill(int process, int signal);
}
