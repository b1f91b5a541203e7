using System.Globalization;

namespace WeakToStrong;

/// <summary>Refuses work whose matrices would not fit, before any of them is made.</summary>
internal static class MemoryNeed
{
    /// <summary>Bytes that can be had, as of the last collection; before the first what is in use counts as nothing.</summary>
    public static long Free
    {
        get
        {
            // Under a limit of the process's own the load may be that of the whole machine.
            GCMemoryInfo memory = GC.GetGCMemoryInfo();
            long used = memory.MemoryLoadBytes <= memory.TotalAvailableMemoryBytes ? memory.MemoryLoadBytes
                : GC.GetTotalMemory(forceFullCollection: false);
            return Math.Max(0, memory.TotalAvailableMemoryBytes - used);
        }
    }

    /// <summary>Checks that <paramref name="copies"/> matrices of doubles fit.</summary>
    /// <exception cref="InputException">They do not; the message says how much they would need and how much there is.</exception>
    public static void Check(string what, long rows, long columns, int copies = 1)
    {
        double bytes = 8.0 * rows * columns * copies;
        long free = Free;
        if (bytes > free)
            throw new InputException($"{what} needs {Size(bytes)} of memory, and {Size(free)} are free; take fewer rows or features");
        if ((double)rows * columns > Array.MaxLength)
        {
            throw new InputException(string.Create(
                CultureInfo.InvariantCulture,
                $"{what} needs a matrix of {rows} x {columns} = {(double)rows * columns:0.###e+0} numbers ({Size(bytes)}), and at most "
                + $"{Array.MaxLength} are allowed; take fewer rows or features"));
        }
    }

    /// <summary>Bytes in words.</summary>
    public static string Size(double bytes) => bytes switch
    {
        < 1e9 => FormattableString.Invariant($"{bytes / 1e6:0.#} MB"),
        < 1e12 => FormattableString.Invariant($"{bytes / 1e9:0.#} GB"),
        _ => FormattableString.Invariant($"{bytes / 1e12:0.###} TB"),
    };
}
