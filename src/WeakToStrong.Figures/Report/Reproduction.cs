using System.Diagnostics;
using System.Security.Cryptography;
using WeakToStrong.Claims;
using WeakToStrong.Claims.Suite;
using WeakToStrong.Figures.Drawing;
using WeakToStrong.Figures.Recipes;
using WeakToStrong.Tables;

namespace WeakToStrong.Figures.Report;

/// <summary>
/// Makes figures into a folder: figureN.png, .svg, .pdf and .csv, manifest.json, report.html. After every figure the manifest lists what is
/// whole, so a run may end at any time; a figure's files appear together or not at all.
/// </summary>
public sealed class Reproduction
{
    private static readonly FigureFormat[] Formats = Enum.GetValues<FigureFormat>();

    private readonly ReproductionRequest _request;
    private readonly RunOptions _options;
    private readonly long _start = Stopwatch.GetTimestamp();
    private readonly ReproductionManifest? _earlier;
    private readonly List<FigureRecord> _figures;

    private Reproduction(ReproductionRequest request, RunOptions options)
    {
        _request = request;
        _options = options;
        PrepareFolder(request.Folder);
        _earlier = request.Resume ? ReproductionManifest.Read(request.Folder) : null;
        // Figures that are not asked for now stay in the report.
        _figures = [.. (_earlier?.Figures ?? []).Where(f => request.Recipes.All(r => r.Id != f.Id) && IsWhole(f))];
    }

    /// <summary>Names the code: figures of another build are not kept by a resumed run.</summary>
    public static string Build { get; } =
        $"{typeof(Reproduction).Module.ModuleVersionId:N}-{typeof(Grid).Module.ModuleVersionId:N}";

    /// <summary>Makes the figures, one after the other.</summary>
    /// <exception cref="InputException">The folder cannot be written, or its manifest cannot be read.</exception>
    /// <exception cref="IOException">Writing broke, as when the disk is full; figures finished before are whole.</exception>
    public static ReproductionOutcome Run(ReproductionRequest request, RunOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(request);
        return new Reproduction(request, options ?? RunOptions.Default).Run();
    }

    private ReproductionOutcome Run()
    {
        List<string> made = [], kept = [], missing = [];
        for (int k = 0; k < _request.Recipes.Count; k++)
        {
            IFigureRecipe recipe = _request.Recipes[k];
            _options.Progress?.Report(new RunProgress("figures", k, _request.Recipes.Count));
            if (Kept(recipe) is { } record)
            {
                _figures.Add(record);
                kept.Add(recipe.Id);
            }
            else if (TryMake(recipe))
            {
                made.Add(recipe.Id);
            }
            else
            {
                missing.Add(recipe.Id);
            }
        }
        _options.Progress?.Report(new RunProgress("figures", _request.Recipes.Count - missing.Count, _request.Recipes.Count));
        IReadOnlyList<Claim> asked = missing.Count == 0 ? _request.Claims : [];
        ClaimRecord[] claims = [.. ClaimCatalog.Verify(asked, _request.Figure.Seed, _options).Select(ClaimRecord.Of)];
        bool interrupted = missing.Count > 0 || claims.Length < asked.Count;
        ReproductionManifest manifest = WriteManifest(claims.Length > 0 ? claims : EarlierClaims());
        if (_figures.Count > 0)
            AtomicFile.Write(Path.Combine(_request.Folder, ReportWriter.FileName), s => ReportWriter.Write(manifest, _request.Folder, s));
        return new ReproductionOutcome(manifest, made, kept, missing) { Interrupted = interrupted };
    }

    private bool TryMake(IFigureRecipe recipe)
    {
        if (_options.Cancellation.IsCancellationRequested)
            return false;
        try
        {
            long start = Stopwatch.GetTimestamp();
            FigureOutcome outcome = recipe.Make(_request.Figure, _options);
            IReadOnlyList<FileRecord> files = WriteFiles(recipe.Id, outcome);
            _figures.Add(Record(recipe, outcome, files, Stopwatch.GetElapsedTime(start).TotalSeconds));
            WriteManifest(EarlierClaims());
            return true;
        }
        catch (OperationCanceledException) when (_options.Cancellation.IsCancellationRequested)
        {
            return false;
        }
    }

    // All four are written before the first is put into its place: a full disk leaves none of them.
    private List<FileRecord> WriteFiles(string id, FigureOutcome outcome)
    {
        var files = new List<(AtomicFile File, FileRecord Record)>();
        try
        {
            foreach (FigureFormat format in Formats)
                files.Add(Start($"figure{id}.{FigureWriter.Extension(format)}", FigureWriter.Render(outcome.Figure, format)));
            using var csv = new MemoryStream();
            TableWriter.WriteCsv(outcome.Data, csv, _options.Threads);
            files.Add(Start($"figure{id}.csv", csv.ToArray()));
            foreach ((AtomicFile file, _) in files)
                file.Commit();
            return [.. files.Select(f => f.Record)];
        }
        finally
        {
            foreach ((AtomicFile file, _) in files)
                file.Dispose();
        }
    }

    private (AtomicFile File, FileRecord Record) Start(string name, byte[] contents)
    {
        AtomicFile file = AtomicFile.Create(Path.Combine(_request.Folder, name));
        try
        {
            file.Stream.Write(contents);
            return (file, new FileRecord(name, contents.Length, Convert.ToHexStringLower(SHA256.HashData(contents))));
        }
        catch (IOException e)
        {
            file.Dispose();
            throw new IOException(
                $"'{Path.Combine(_request.Folder, name)}' could not be written, and nothing was left there: {AtomicFile.Reason(e)}", e);
        }
    }

    private FigureRecord Record(IFigureRecipe recipe, FigureOutcome outcome, IReadOnlyList<FileRecord> files, double seconds)
    {
        long trials = TrialsOf(recipe);
        string trialsOption = trials > 0 ? $" --trials {trials}" : "";
        return new FigureRecord
        {
            Id = recipe.Id,
            Title = recipe.Title,
            Caption = outcome.Caption,
            Seed = _request.Figure.Seed,
            Trials = trials,
            Build = Build,
            Command = $"w2s reproduce --figure {recipe.Id}{trialsOption} --seed {_request.Figure.Seed}",
            Parameters = outcome.Parameters,
            Agreement = [.. outcome.Agreement.Select(AgreementRecord.Of)],
            Files = files,
            Seconds = Math.Round(seconds, 3),
        };
    }

    private long TrialsOf(IFigureRecipe recipe) => recipe.DefaultTrials == 0 ? 0 : _request.Figure.Trials ?? recipe.DefaultTrials;

    private FigureRecord? Kept(IFigureRecipe recipe) => _earlier?.Figures.FirstOrDefault(f =>
        f.Id == recipe.Id && f.Seed == _request.Figure.Seed && f.Trials == TrialsOf(recipe) && f.Build == Build && IsWhole(f));

    private bool IsWhole(FigureRecord figure) => figure.Files.All(f =>
    {
        string path = Path.Combine(_request.Folder, f.Name);
        return File.Exists(path) && Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(path))) == f.Sha256;
    });

    private IReadOnlyList<ClaimRecord> EarlierClaims() =>
        _earlier is { } e && e.Seed == _request.Figure.Seed && e.Build == Build ? e.Claims : [];

    private ReproductionManifest WriteManifest(IReadOnlyList<ClaimRecord> claims)
    {
        List<string> order = [.. FigureCatalog.All.Select(r => r.Id)];
        var manifest = new ReproductionManifest
        {
            Version = typeof(Reproduction).Assembly.GetName().Version!.ToString(3),
            Build = Build,
            Seed = _request.Figure.Seed,
            Machine = MachineRecord.Here(),
            WallSeconds = Math.Round(Stopwatch.GetElapsedTime(_start).TotalSeconds, 3),
            Figures = [.. _figures.OrderBy(f => order.IndexOf(f.Id))],
            Claims = claims,
        };
        if (_figures.Count > 0)
            AtomicFile.Write(Path.Combine(_request.Folder, ReproductionManifest.FileName), manifest.Write);
        return manifest;
    }

    private static void PrepareFolder(string folder)
    {
        try
        {
            Directory.CreateDirectory(folder);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            string reason = File.Exists(folder) ? "it is a file" : e is UnauthorizedAccessException ? "permission is denied"
                : "no folder can be made there";
            throw new InputException($"the folder '{InputException.Shorten(folder)}' cannot be made: {reason}", e);
        }
        AtomicFile.CheckWritable(Path.Combine(folder, ReproductionManifest.FileName));
    }
}
