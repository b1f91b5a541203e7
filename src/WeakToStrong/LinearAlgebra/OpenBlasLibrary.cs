using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;

namespace WeakToStrong.LinearAlgebra;

/// <summary>
/// The functions of OpenBLAS that we call, found at run time. Fortran routines get their integers as 64-bit values whose upper half is
/// zero, which builds with 32-bit integers read just as well.
/// </summary>
internal sealed unsafe class OpenBlasLibrary
{
    public required delegate* unmanaged[Cdecl]<int, int, int, long, long, long, double, double*, long, double*, long, double, double*, long,
        void> Dgemm
    { get; init; }

    public required delegate* unmanaged[Cdecl]<int, int, int, long, long, long, float, float*, long, float*, long, float, float*, long,
        void> Sgemm
    { get; init; }

    public required delegate* unmanaged[Cdecl]<int, int, int, long, long, double, double*, long, double, double*, long,
        void> Dsyrk
    { get; init; }

    public required delegate* unmanaged[Cdecl]<int, int, int, long, long, float, float*, long, float, float*, long,
        void> Ssyrk
    { get; init; }

    public required delegate* unmanaged[Cdecl]<int, int, int, int, int, long, long, double, double*, long, double*, long,
        void> Dtrsm
    { get; init; }

    public required delegate* unmanaged[Cdecl]<byte*, long*, double*, long*, long*, nint, void> Dpotrf { get; init; }

    /// <summary>What the library says about itself, such as "OpenBLAS 0.3.21 DYNAMIC_ARCH Haswell".</summary>
    public required string Version { get; init; }

    /// <summary>The processor type whose kernels it chose, such as "Haswell".</summary>
    public required string Core { get; init; }

    /// <summary>Width of the vectors that these kernels use; 512 also when we do not know the type, and trust the library.</summary>
    public int VectorBits => Core switch
    {
        "Haswell" or "Zen" or "Excavator" or "Steamroller" or "Piledriver" or "Bulldozer" or "Sandybridge" => 256,
        "Nehalem" or "Core2" or "Penryn" or "Dunnington" or "Atom" or "Prescott" or "Opteron" or "Barcelona" => 128,
        _ => 512,
    };

    /// <summary>The name under which it was found.</summary>
    public required string FoundAs { get; init; }

    /// <summary>Where OpenBLAS may be, most specific first: conda's environment, the system's loader, Homebrew.</summary>
    public static IEnumerable<string> Candidates()
    {
        if (Environment.GetEnvironmentVariable("CONDA_PREFIX") is { Length: > 0 } conda)
        {
            yield return Path.Combine(conda, "lib", "libopenblas.so.0");
            yield return Path.Combine(conda, "lib", "libopenblas.dylib");
            yield return Path.Combine(conda, "Library", "bin", "openblas.dll");
        }
        foreach (string name in (string[])["libopenblas.so.0", "libopenblas.so", "libopenblas", "openblas", "libopenblas.0.dylib"])
            yield return name;
        yield return "/opt/homebrew/opt/openblas/lib/libopenblas.dylib";
        yield return "/usr/local/opt/openblas/lib/libopenblas.dylib";
    }

    /// <summary>Loads the first candidate that exists and has every function; sets it to one thread.</summary>
    /// <param name="candidates">Names or paths to try in turn.</param>
    /// <param name="library">The library.</param>
    /// <param name="problem">Why there is none.</param>
    public static bool TryLoad(IEnumerable<string> candidates, [NotNullWhen(true)] out OpenBlasLibrary? library,
        [NotNullWhen(false)] out string? problem)
    {
        (library, problem) = (null, "no OpenBLAS library was found");
        foreach (string name in candidates)
        {
            if (!NativeLibrary.TryLoad(name, out nint handle))
                continue;
            try
            {
                library = Bind(handle, name);
                problem = null;
                return true;
            }
            catch (EntryPointNotFoundException missing)
            {
                problem = $"{name} was found but lacks a function: {missing.Message}";
                NativeLibrary.Free(handle);
            }
        }
        return false;
    }

    /// <summary>The library's file, or the name that it was loaded by.</summary>
    public string FindFile()
    {
        if (Path.IsPathRooted(FoundAs))
            return FoundAs;
        using var self = Process.GetCurrentProcess();
        return self.Modules.Cast<ProcessModule>().FirstOrDefault(module =>
            module.ModuleName.Contains("openblas", StringComparison.OrdinalIgnoreCase))?.FileName ?? FoundAs;
    }

    private static OpenBlasLibrary Bind(nint handle, string name)
    {
        ((delegate* unmanaged[Cdecl]<int, void>)Find("openblas_set_num_threads"))(1);
        return new()
        {
            Dgemm = (delegate* unmanaged[Cdecl]<int, int, int, long, long, long, double, double*, long, double*, long, double, double*,
                long, void>)Find("cblas_dgemm"),
            Sgemm = (delegate* unmanaged[Cdecl]<int, int, int, long, long, long, float, float*, long, float*, long, float, float*, long,
                void>)Find("cblas_sgemm"),
            Dsyrk = (delegate* unmanaged[Cdecl]<int, int, int, long, long, double, double*, long, double, double*, long,
                void>)Find("cblas_dsyrk"),
            Ssyrk = (delegate* unmanaged[Cdecl]<int, int, int, long, long, float, float*, long, float, float*, long,
                void>)Find("cblas_ssyrk"),
            Dtrsm = (delegate* unmanaged[Cdecl]<int, int, int, int, int, long, long, double, double*, long, double*, long,
                void>)Find("cblas_dtrsm"),
            Dpotrf = (delegate* unmanaged[Cdecl]<byte*, long*, double*, long*, long*, nint, void>)Find("dpotrf_"),
            Version = Text("openblas_get_config"),
            Core = Text("openblas_get_corename"),
            FoundAs = name,
        };

        string Text(string symbol) => Marshal.PtrToStringUTF8(((delegate* unmanaged[Cdecl]<nint>)Find(symbol))())?.Trim() ?? "";

        nint Find(string symbol) =>
            NativeLibrary.TryGetExport(handle, symbol, out nint address) ? address : throw new EntryPointNotFoundException(symbol);
    }
}
