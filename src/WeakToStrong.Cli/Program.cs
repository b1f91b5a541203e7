using System.Runtime.InteropServices;
using WeakToStrong.Cli;
using WeakToStrong.Cli.Presentation;

using var stop = new CancellationTokenSource();
using PosixSignalRegistration interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, OnSignal);
using PosixSignalRegistration terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, OnSignal);
return (int)App.Run(args, Terminal.OfProcess(), stop.Token);

// The first signal asks for an orderly end, which keeps what was finished; the second ends the process at once.
void OnSignal(PosixSignalContext signal)
{
    signal.Cancel = !stop.IsCancellationRequested;
    stop.Cancel();
}
