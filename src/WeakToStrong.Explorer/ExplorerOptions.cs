namespace WeakToStrong.Explorer;

/// <summary>How the page is served, and how much of this machine its readers may use. Immutable.</summary>
public sealed record ExplorerOptions
{
    /// <summary>The port when none is asked for; always the same, so that links keep their meaning.</summary>
    public const int StandardPort = 8346;

    /// <summary>The port on 127.0.0.1; 0 takes any that is free.</summary>
    public int Port { get; init; } = StandardPort;

    /// <summary>The most threads that one run uses; results do not depend on it.</summary>
    public int Threads { get; init; } = Environment.ProcessorCount;

    /// <summary>The longest that what follows a slider may take, such as limits and their pictures.</summary>
    public TimeSpan QuickTime { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The longest that any other call may take.</summary>
    public TimeSpan LongTime { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>The longest that a run may take whose results stream.</summary>
    public TimeSpan StreamTime { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Calls that may wait behind those that run, of either kind; further ones are told that the server is busy.</summary>
    public int MostWaiting { get; init; } = 64;

    /// <summary>The most bytes of a request, with the files that are sent along.</summary>
    public int MostBytes { get; init; } = 32 << 20;

    /// <summary>The most rows that grids may make.</summary>
    public int MostRows { get; init; } = 100_000;
}
