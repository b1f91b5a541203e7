namespace WeakToStrong.Rules;

/// <summary>
/// Averages of one training rule's filter h over the Marchenko-Pastur law, its atom at 0 included: everything that the errors of teachers
/// and students are made of.
/// </summary>
/// <param name="Kept">M1 = E h, the share of a coefficient that is kept.</param>
/// <param name="Lost">1 - M1.</param>
/// <param name="KeptSquare">M2 = E h^2.</param>
/// <param name="LostSquare">E (1-h)^2.</param>
/// <param name="Mixed">E h(1-h) = M1 - M2.</param>
/// <param name="Spread">gamma E[h^2/s; s &gt; 0], the variance that unit label noise leaves in the estimate.</param>
internal readonly record struct RuleAverages(double Kept, double Lost, double KeptSquare, double LostSquare, double Mixed, double Spread)
{
    /// <summary>Var h = M2 - M1^2, from the smaller of the two pairs.</summary>
    public double Variance => Math.Max(0, Kept > Lost ? LostSquare - (Lost * Lost) : KeptSquare - (Kept * Kept));

    /// <summary>By quadrature, for any rule.</summary>
    /// <exception cref="InputException">Gradient descent diverges so far that the averages are no numbers.</exception>
    public static RuleAverages Integrate(TrainingRule rule, double gamma)
    {
        var edges = new SpectralEdges(gamma);
        double kept = 0, lost = edges.Atom, keptSquare = 0, lostSquare = edges.Atom, mixed = 0, spread = 0, from = 0;
        foreach (double jump in (ReadOnlySpan<double>)[.. rule.Jumps, double.PositiveInfinity])
        {
            foreach ((double s, double weight) in new SpectralNodes(edges, from, jump, rule.Finest, rule.FinestAbove))
            {
                double h = rule.Kept(s), g = rule.Lost(s);
                kept += weight * h;
                lost += weight * g;
                keptSquare += weight * h * h;
                lostSquare += weight * g * g;
                mixed += weight * h * g;
                spread += weight * h * rule.Gain(s);
            }
            from = jump;
        }
        return double.IsFinite(keptSquare) && double.IsFinite(spread)
            ? new RuleAverages(kept, lost, keptSquare, lostSquare, mixed, gamma * spread)
            : throw new InputException(FormattableString.Invariant(
                $"the training rule '{rule}' diverges at gamma = {gamma}: its errors exceed the largest number; ")
                + FormattableString.Invariant($"take fewer steps, or a rate of at most 2/(1 + sqrt(gamma))^2 = {2 / edges.High:G4}"));
    }
}
