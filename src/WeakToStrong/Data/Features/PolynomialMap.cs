using WeakToStrong.Ridge;

namespace WeakToStrong.Data.Features;

/// <summary>
/// <c>poly:DEGREE</c>: all monomials of degree 1 to DEGREE, without the constant (the ridge has an intercept). Degree by degree, and within
/// a degree in lexicographic order: x1, x2, x1 x1, x1 x2, x2 x2 for two features and degree 2.
/// </summary>
/// <param name="Degree">The largest degree, 1 to 4.</param>
public sealed record PolynomialMap(int Degree) : FeatureMap
{
    /// <summary>The largest degree.</summary>
    public int Degree { get; init => field = Require.InRange(value, 1, 4); } = Require.InRange(Degree, 1, 4);

    /// <inheritdoc/>
    public override string Text => $"poly:{Degree}";

    /// <inheritdoc/>
    public override FeatureShape Output(FeatureShape input)
    {
        double total = 0, monomials = 1;
        for (int k = 1; k <= Degree; k++)
        {
            monomials *= (input.Columns + k - 1.0) / k; // binomial(p + k - 1, k)
            total += monomials;
        }
        return total <= Array.MaxLength
            ? new FeatureShape((int)Math.Round(total))
            : throw CannotApply(FormattableString.Invariant(
                $"{input.Columns} features have {total:0.###e+0} monomials, and at most {Array.MaxLength} are allowed"));
    }

    internal override FittedMap Fit(FeatureRows unlabelled, FeatureShape shape, FitContext context) =>
        new Monomials(shape.Columns, Degree, Output(shape).Columns);

    internal override FittedMap Restore(FeatureShape shape, IReadOnlyList<LinearAlgebra.Matrix<double>> state) =>
        new Monomials(shape.Columns, Degree, Output(shape).Columns);

    private sealed class Monomials : RowMap
    {
        private readonly int _features;
        private readonly int[] _parent, _factor;

        public Monomials(int features, int degree, int columns)
            : base(columns)
        {
            // A monomial of degree k is one of degree k-1 times a feature that is not before its last one.
            _features = features;
            _parent = new int[columns];
            _factor = new int[columns];
            for (int j = 0; j < features; j++)
                _factor[j] = j;
            int begin = 0, end = features;
            for (int k = 2; k <= degree; k++)
            {
                int next = end;
                for (int parent = begin; parent < end; parent++)
                {
                    for (int j = _factor[parent]; j < features; j++)
                        (_parent[next], _factor[next++]) = (parent, j);
                }
                (begin, end) = (end, next);
            }
        }

        protected override void Map(ReadOnlySpan<double> from, Span<double> to)
        {
            from.CopyTo(to);
            for (int m = _features; m < to.Length; m++)
                to[m] = to[_parent[m]] * from[_factor[m]];
        }
    }
}
