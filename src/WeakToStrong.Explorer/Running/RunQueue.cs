using WeakToStrong.Explorer.Serving;

namespace WeakToStrong.Explorer.Running;

/// <summary>A few runs at a time, some more in line, and a clear word for those who find the line full. Thread-safe.</summary>
internal sealed class RunQueue(int places, int waiting) : IDisposable
{
    private readonly SemaphoreSlim _places = new(places);
    private int _here;

    /// <summary>Runs that run or wait.</summary>
    public int Count => Volatile.Read(ref _here);

    /// <summary>Waits for a place; dispose it to leave.</summary>
    /// <exception cref="Refusal">The line is full.</exception>
    /// <exception cref="OperationCanceledException">The caller left the line.</exception>
    public async Task<IDisposable> Enter(CancellationToken cancellation)
    {
        if (Interlocked.Increment(ref _here) > places + waiting)
        {
            Interlocked.Decrement(ref _here);
            throw new Refusal(503, $"the server is busy: {waiting} calls are waiting already; try again in a moment");
        }
        try
        {
            await _places.WaitAsync(cancellation).ConfigureAwait(false);
            return new Place(this);
        }
        catch
        {
            Interlocked.Decrement(ref _here);
            throw;
        }
    }

    public void Dispose() => _places.Dispose();

    private sealed class Place(RunQueue queue) : IDisposable
    {
        private int _left;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _left, 1) == 1)
                return;
            queue._places.Release();
            Interlocked.Decrement(ref queue._here);
        }
    }
}
