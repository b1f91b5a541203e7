using System.ComponentModel;
using System.Diagnostics;
using WeakToStrong.Cli.Shell;
using WeakToStrong.Explorer;
using WeakToStrong.Explorer.Hosting;

namespace WeakToStrong.Cli.Commands;

/// <summary><c>w2s explore</c>: the page on which the mechanisms move, served to this machine until it is stopped.</summary>
internal static class ExploreCommand
{
    public static ShellCommand Create()
    {
        var port = Options.OptionalWholeNumber(
            "--port", $"The port on 127.0.0.1; 0 takes any that is free. [default: {ExplorerOptions.StandardPort}]", 0, 65535);
        var open = new FlagOption("--open", "Also open the page in the browser.");
        return new ShellCommand("explore", "A page in the browser: move a slider and see who wins, until Ctrl-C.", Run, writesTable: false,
            port, open)
        {
            Examples = ["explore", "explore --port 0 --open"],
        };

        ExitStatus Run(CommandContext context)
        {
            var options = new ExplorerOptions
            {
                Port = (int)(context.Get(port) ?? ExplorerOptions.StandardPort),
                Threads = context.Run.Threads,
            };
            return Serve(context, options, context.Has(open)).GetAwaiter().GetResult();
        }
    }

    private static async Task<ExitStatus> Serve(CommandContext context, ExplorerOptions options, bool open)
    {
        ExplorerServer server = await Start(options).ConfigureAwait(false);
        await using (server.ConfigureAwait(false))
        {
            context.Write($"{server.Address}\n");
            context.Note("Ctrl-C ends it");
            if (open && !Open(server.Address))
                context.Note("no browser could be opened; the address is above");
            var stopped = new TaskCompletionSource();
            using (context.Run.Cancellation.Register(stopped.SetResult))
                await stopped.Task.ConfigureAwait(false);
        }
        return ExitStatus.Done;
    }

    private static async Task<ExplorerServer> Start(ExplorerOptions options)
    {
        try
        {
            return await ExplorerServer.Start(options).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or System.Net.Sockets.SocketException)
        {
            throw new InputException($"--port {options.Port} cannot be used ({e.GetBaseException().Message}); another number, or 0 for any "
                + "that is free, will do", e);
        }
    }

    private static bool Open(Uri address)
    {
        string opener = OperatingSystem.IsMacOS() ? "open" : "xdg-open";
        ProcessStartInfo start = OperatingSystem.IsWindows() ? new(address.AbsoluteUri) { UseShellExecute = true }
            : new(opener, [address.AbsoluteUri]) { UseShellExecute = false, RedirectStandardError = true, RedirectStandardOutput = true };
        try
        {
            using Process? browser = Process.Start(start);
            return true;
        }
        catch (Exception e) when (e is Win32Exception or InvalidOperationException)
        {
            return false;
        }
    }
}
