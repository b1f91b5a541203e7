namespace WeakToStrong.Chains;

/// <summary>A source of labels that no stage trains, by name.</summary>
public abstract record SourcePlan
{
    private SourcePlan(string name) => Name = name;

    /// <summary>Unique among stages and sources; not "truth".</summary>
    public string Name { get; }

    /// <summary>Views and names that the source itself needs.</summary>
    internal abstract IReadOnlyList<string> Needs { get; }

    /// <summary>The same coefficients in every draw, such as a surrogate teacher's.</summary>
    public sealed record Vector : SourcePlan
    {
        /// <summary>A fixed vector.</summary>
        /// <param name="name">Unique among stages and sources; not "truth".</param>
        /// <param name="coefficients">b, in the coordinates in which the population was given.</param>
        /// <param name="view">The view whose features they multiply; null is the first, or the only one.</param>
        public Vector(string name, double[] coefficients, string? view = null)
            : base(name)
        {
            ArgumentNullException.ThrowIfNull(coefficients);
            (Coefficients, View) = ([.. coefficients], view);
        }

        /// <summary>b.</summary>
        public IReadOnlyList<double> Coefficients { get; }

        /// <summary>The view; null is the first.</summary>
        public string? View { get; }

        internal override IReadOnlyList<string> Needs => [];
    }

    /// <summary>A mixture of others' labels on the same row: sum_k share_k y_k.</summary>
    public sealed record Mixture : SourcePlan
    {
        /// <summary>A mixture.</summary>
        /// <param name="name">Unique among stages and sources; not "truth".</param>
        /// <param name="parts">"truth", stages or other sources that are no mixtures, each with a finite share.</param>
        public Mixture(string name, IReadOnlyList<(string Labels, double Share)> parts)
            : base(name)
        {
            ArgumentNullException.ThrowIfNull(parts);
            Parts = [.. parts];
        }

        /// <summary>What is mixed.</summary>
        public IReadOnlyList<(string Labels, double Share)> Parts { get; }

        internal override IReadOnlyList<string> Needs => [.. Parts.Select(p => p.Labels)];
    }

    /// <summary>A <see cref="RandomFeatures"/> teacher, drawn anew in every trial.</summary>
    public sealed record Random : SourcePlan
    {
        /// <summary>A random-feature teacher.</summary>
        /// <param name="name">Unique among stages and sources; not "truth".</param>
        /// <param name="features">M, at least 1 and below the rank of the covariance.</param>
        /// <param name="view">The view whose features it combines; null is the first, or the only one.</param>
        public Random(string name, long features, string? view = null)
            : base(name)
        {
            (Features, View) = (Require.AtLeast(features, 1L), view);
        }

        /// <summary>M.</summary>
        public long Features { get; }

        /// <summary>The view; null is the first.</summary>
        public string? View { get; }

        internal override IReadOnlyList<string> Needs => [];
    }
}
