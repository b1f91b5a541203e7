namespace WeakToStrong.Cli.Shell;

/// <summary>What the process tells its caller; the numbers are a contract.</summary>
internal enum ExitStatus
{
    /// <summary>The result is complete.</summary>
    Done = 0,

    /// <summary>It ran, and a check failed or the run broke.</summary>
    Failed = 1,

    /// <summary>The input is wrong; one sentence says what, and nothing was written.</summary>
    BadInput = 2,

    /// <summary>Stopped by Ctrl-C or a termination signal; what was finished is kept and named.</summary>
    Interrupted = 130,
}
