using ArchUnitNET.Domain;
using ArchUnitNET.Loader;

namespace WeakToStrong.Cli.Tests.Architecture;

/// <summary>The folders of one project, lowest first: code in one may use that of those before it, and of no other.</summary>
/// <param name="assembly">The project as it was built.</param>
/// <param name="root">The project's own namespace; a folder is a namespace below it, such as "Data.Formats", and "" the root.</param>
internal sealed class FolderOrder(System.Reflection.Assembly assembly, string root)
{
    private readonly IReadOnlyList<IType> _types =
        [.. new ArchLoader().LoadAssembly(assembly).Build().Types.Where(type => type is not GenericParameter)];

    /// <summary>All folders that hold code.</summary>
    public IReadOnlyList<string> Folders() => [.. _types.Select(FolderOf).OfType<string>().Distinct()];

    /// <summary>Arrows against the order, with the types that they join.</summary>
    public IReadOnlyList<string> Violations(IReadOnlyList<string> order)
    {
        Dictionary<string, int> place = order.Index().ToDictionary(pair => pair.Item, pair => pair.Index);
        var violations = new SortedSet<string>(StringComparer.Ordinal);
        foreach (IType type in _types)
        {
            if (FolderOf(type) is not { } folder)
                continue; // what the compiler adds
            foreach (IType target in type.Dependencies.Select(dependency => dependency.Target)
                .Where(target => target is not GenericParameter))
            {
                if (FolderOf(target) is { } used && place[used] > place[folder])
                    violations.Add($"{folder} -> {used}: {type.Name} uses {target.Name}");
            }
        }
        return [.. violations];
    }

    private string? FolderOf(IType type) =>
        type.Namespace?.FullName is not { } name ? null
        : name == root ? string.Empty
        : name.StartsWith(root + ".", StringComparison.Ordinal) ? name[(root.Length + 1)..]
        : null;
}
