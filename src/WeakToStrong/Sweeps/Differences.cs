namespace WeakToStrong.Sweeps;

/// <summary>Why nothing in a folder fits a sweep, in words.</summary>
internal static class Differences
{
    /// <summary>Which keys differ between a sweep and what a folder was made for.</summary>
    public static string Between(Sweep sweep, SweepSpecification there, SweepRecord record)
    {
        SweepSpecification here = sweep.Specification;
        if (here.Study != there.Study)
            return $"study is {here.Study.Name} here and {there.Study.Name} there";
        if (record.Law != here.Study.LawVersion)
            return $"the law of {here.Study.Name} has version {here.Study.LawVersion} here and {record.Law} there";
        string[] files = [.. record.Files.Where(f => sweep.Digests.Known.TryGetValue(f.Key, out string? digest) && digest != f.Value)
            .Select(f => f.Key)];
        if (files.Length > 0)
            return $"'{files[0]}' has changed";
        string[] keys = [.. Keys(Values(here), Values(there))];
        return keys.Length > 0 ? string.Join("; ", keys) : "its shards are cut elsewhere";
    }

    // Every key with its value as one text; of a chain, the keys inside.
    private static Dictionary<string, string> Values(SweepSpecification specification)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach ((string key, string value) in specification.Fixed.Where(f => f.Key is not ("source" or "specification")))
            values[key] = value;
        if (SweepSettings.ChainOf(specification) is { } chain)
        {
            foreach ((string key, string value) in chain.Flat())
                values[key] = value;
        }
        foreach (SweepAxis axis in specification.Axes)
            values[axis.Name] = string.Join(',', axis.Values);
        values["tasks.shard-trials"] = $"{specification.ShardTrials}";
        return values;
    }

    private static IEnumerable<string> Keys(Dictionary<string, string> here, Dictionary<string, string> there)
    {
        foreach (string key in here.Keys.Union(there.Keys))
        {
            bool isHere = here.TryGetValue(key, out string? mine), isThere = there.TryGetValue(key, out string? theirs);
            if (mine != theirs)
            {
                yield return $"{key} is {(isHere ? InputException.Shorten(mine!) : "not given")} here and "
                    + $"{(isThere ? InputException.Shorten(theirs!) : "not given")} there";
            }
        }
    }
}
