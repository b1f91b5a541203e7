using WeakToStrong.Rules;
using WeakToStrong.Toml;

namespace WeakToStrong.Chains.Specification;

/// <summary>Reads the [[stage]] tables of a specification.</summary>
/// <param name="population">What a view's name stands for; null names the only one.</param>
/// <param name="views">The views' names; empty when there is one set of features.</param>
/// <param name="sources">Sources of labels that no stage trains.</param>
/// <param name="noise">Noise variance of true labels.</param>
/// <param name="specification">The file.</param>
internal sealed class StageSpecification(
    string specification, Func<string?, Population> population, IReadOnlyList<string> views, IReadOnlyList<SourcePlan> sources,
    double noise)
{
    private const string RidgeAllowed = "a finite number that is not negative, \"best\" or \"optimal-for NAME\"";
    private const string JointPrefix = "optimal-for ";
    private const string MixingAllowed = "a finite number, \"best\" or \"cross-validated\"";

    private readonly Dictionary<Population, PenaltySpecification> _penalties = [];

    public StagePlan Read(SpecificationSection section, string before)
    {
        string name = section.Text("name", "a name for the stage, in quotes");
        string? view = ReadView(section);
        if (section.Has("same_rows"))
            return ReadAgain(section, name, view, before);
        bool bestPenalty = section.Has("penalty") && section.IsText("penalty") && section.Text("penalty", string.Empty) == "best";
        TrainingRule? rule = section.Has("rule") ? ReadRule(section) : null;
        RidgeRule ridge = rule is not null || (bestPenalty && !section.Has("ridge")) ? RidgeRule.Best : ReadRidge(section);
        if (rule is not null && section.Has("ridge"))
            throw section.Problem("ridge", $"stands beside rule '{rule.Name}'; a stage has one of them");
        Penalty? penalty = bestPenalty ? null : Penalties(view).Read(section);
        GroupPlan[] groups = ReadGroups(section, before);
        section.RefuseOthers();
        return new StagePlan(name, groups, ridge, penalty) { View = view, HasBestPenalty = bestPenalty, Rule = rule };
    }

    private static StagePlan ReadAgain(SpecificationSection section, string name, string? view, string before)
    {
        MixingRule mixing = !section.IsText("same_rows") ? MixingRule.Of(section.Number("same_rows", NumberRange.Finite))
            : section.Text("same_rows", MixingAllowed) switch
            {
                "best" => MixingRule.Best,
                "cross-validated" => MixingRule.CrossValidated,
                _ => throw section.At("same_rows", MixingAllowed),
            };
        foreach (string key in (ReadOnlySpan<string>)["n", "ridge", "label_noise", "groups", "penalty", "rule"])
        {
            if (section.Has(key))
                throw section.Problem(key,
                    "stands beside same_rows; rows, noise, ridge and penalty are those of the stage that labels names");
        }
        string labels = section.Text("labels", "the name of an earlier stage", before);
        section.RefuseOthers();
        return new StagePlan(name, [new GroupPlan(labels, 1)], RidgeRule.Of(0)) { View = view, SameRows = mixing };
    }

    private string? ReadView(SpecificationSection section)
    {
        if (views.Count == 0)
            return section.Has("view") ? section.Text("view", "the name of a view") : null;
        string allowed = $"one of {string.Join(", ", views)}";
        if (views.Count == 1 && !section.Has("view"))
            return views[0];
        string view = section.Text("view", allowed);
        return views.Contains(view) ? view : throw section.At("view", allowed);
    }

    private GroupPlan[] ReadGroups(SpecificationSection section, string before)
    {
        if (!section.Has("groups"))
            return [ReadGroup(section, before, weighted: false)];
        if (section.Has("n") || section.Has("labels") || section.Has("label_noise"))
            throw section.Problem("groups", "stands beside n, labels or label_noise; each group has its own");
        return [.. section.Sections("groups", "a list of { labels = NAME, n = ROWS } with optional label_noise and weight")
            .Select(g => ReadGroup(g, Chain.Truth))];
    }

    private GroupPlan ReadGroup(SpecificationSection section, string standardLabels, bool weighted = true)
    {
        string labels = section.Text("labels", "\"truth\" or the name of an earlier stage", standardLabels);
        long rows = section.IsInfinite("n") ? GroupPlan.Infinite : section.WholeNumber("n", 1, 1L << 53);
        double labelNoise = section.Number("label_noise", NumberRange.NonNegative, SourceSpecification.NoiseOf(labels, sources, noise));
        double weight = weighted ? section.Number("weight", NumberRange.Positive, 1) : 1;
        if (weighted)
            section.RefuseOthers();
        return new GroupPlan(labels, rows, labelNoise, weight);
    }

    private static TrainingRule ReadRule(SpecificationSection section)
    {
        string text = section.Text("rule", RuleList.Allowed);
        try
        {
            TrainingRule rule = TrainingRule.Parse(text);
            return rule is Shrinkage ? throw section.At("rule",
                "ridge:LAMBDA, flow:TIME, descent:STEPS:RATE, components:THRESHOLD or ridgeless") : rule;
        }
        catch (InputException e) when (!e.Message.Contains("stage[", StringComparison.Ordinal))
        {
            throw section.Problem("rule", e.Message);
        }
    }

    private static RidgeRule ReadRidge(SpecificationSection section)
    {
        if (!section.Has("ridge") || !section.IsText("ridge"))
            return RidgeRule.Of(section.Number("ridge", NumberRange.NonNegative));
        string text = section.Text("ridge", RidgeAllowed);
        return text == "best" ? RidgeRule.Best
            : text.StartsWith(JointPrefix, StringComparison.Ordinal) ? RidgeRule.OptimalFor(text[JointPrefix.Length..].Trim())
            : throw section.At("ridge", RidgeAllowed);
    }

    private PenaltySpecification Penalties(string? view)
    {
        Population own = population(view);
        if (!_penalties.TryGetValue(own, out PenaltySpecification? penalties))
            _penalties.Add(own, penalties = new PenaltySpecification(specification, own));
        return penalties;
    }
}
