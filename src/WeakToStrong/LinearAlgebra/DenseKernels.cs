namespace WeakToStrong.LinearAlgebra;

/// <summary>
/// Which dense kernels this process uses, chosen once, at the first use: OpenBLAS when it is found and computes right, otherwise the
/// managed kernels. When OpenBLAS does not use this processor's widest vectors, products stay managed. The environment variable
/// <c>W2S_LINEAR_ALGEBRA</c> (<c>auto</c>, <c>openblas</c> or <c>managed</c>) forces a choice.
/// </summary>
public static class DenseKernels
{
    /// <summary>The environment variable that forces a choice.</summary>
    public const string Variable = "W2S_LINEAR_ALGEBRA";

    private static readonly Lazy<KernelChoice> Choice = new(() =>
        Choose(Environment.GetEnvironmentVariable(Variable), OpenBlasLibrary.Candidates()));

    /// <summary>The kernels in use.</summary>
    /// <exception cref="InputException"><see cref="Variable"/> has an unknown value, or asks for an OpenBLAS that is
    /// missing or wrong.</exception>
    internal static IDenseKernels Current => Choice.Value.Kernels;

    /// <summary>What is in use, and why.</summary>
    /// <exception cref="InputException">As for <see cref="Current"/>.</exception>
    public static DenseKernelsInfo Info => Choice.Value.Info;

    internal static KernelChoice Choose(string? setting, IEnumerable<string> candidates)
    {
        string choice = string.IsNullOrWhiteSpace(setting) ? "auto" : setting.Trim();
        if (choice is not ("auto" or "openblas" or "managed"))
            throw new InputException($"{Variable} is '{setting}'; allowed are auto, openblas and managed");

        var managed = new ManagedKernels();
        if (choice == "managed")
            return new(managed, null, $"{Variable} asks for them");
        if (OpenBlasLibrary.TryLoad(candidates, out OpenBlasLibrary? library, out string? problem))
        {
            var kernels = new OpenBlasKernels(library);
            problem = KernelSelfCheck.FirstDifference(kernels, managed);
            if (problem is null)
                return Trust(choice, library, kernels, managed);
            problem = $"{library.FoundAs} ({library.Version}) computes a wrong {problem} on this processor";
        }
        if (choice == "openblas")
            throw new InputException($"{Variable} asks for OpenBLAS, but {problem}; install it (Debian: libopenblas0, Homebrew and conda: "
                + $"openblas) or set {Variable}=auto");
        return new(managed, null, problem!);
    }

    private static KernelChoice Trust(string choice, OpenBlasLibrary library, OpenBlasKernels kernels, ManagedKernels managed)
    {
        if (choice == "openblas" || library.VectorBits >= ManagedKernels.WidestVectorBits)
            return new(kernels, library, "");
        return new(
            new CombinedKernels(kernels, managed), library,
            $"products only: the library's {library.Core} kernels use {library.VectorBits} of this processor's "
            + $"{ManagedKernels.WidestVectorBits} bits");
    }
}

/// <summary>The kernels that were chosen, the library behind them if any, and why they are managed as far as they are.</summary>
internal sealed record KernelChoice(IDenseKernels Kernels, OpenBlasLibrary? Library, string WhyManaged)
{
    /// <summary>The same for people. Looks for the library's file, which takes a while.</summary>
    public DenseKernelsInfo Info => new(Kernels.Name, Library?.Version ?? "", Library?.FindFile() ?? "", ManagedKernels.WidestVectorBits,
        WhyManaged);
}
