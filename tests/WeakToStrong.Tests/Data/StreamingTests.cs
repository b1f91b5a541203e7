using System.Globalization;
using System.Text;
using WeakToStrong.Data;
using WeakToStrong.Data.Experiment;
using WeakToStrong.Data.Features;
using WeakToStrong.Heads;
using WeakToStrong.LinearAlgebra;
using WeakToStrong.Randomness;
using WeakToStrong.Ridge;
using WeakToStrong.Tables;

namespace WeakToStrong.Tests.Data;

/// <summary>Files larger than the memory that is allowed are read in passes, to the numbers of memory.</summary>
public sealed class StreamingTests(StreamingTests.Files files) : IClassFixture<StreamingTests.Files>
{
    // More rows than a chunk of 16384 has.
    private const int Rows = 17_000, Labelled = 60, Weak = 3, Strong = 8;
    private const long Small = 1000;
    [Theory]
    [InlineData("strong.npy", true, false, false, false)]
    [InlineData("strong.npy", true, true, false, true)]
    [InlineData("strong.npy", true, false, true, false)]
    [InlineData("strong.csv", false, false, false, true)]
    [InlineData("strong.parquet", true, true, true, true)]
    public void Every_number_is_that_of_memory(string strong, bool hasSplit, bool isGiven, bool maps, bool hard)
    {
        DataExperiment Make(long? memory) => new()
        {
            Data = Read(strong, "y.csv", hasSplit, isGiven, memory),
            StrongMap = maps ? FeaturePipeline.Parse("standardise | poly:2 | scale") : null,
            Labels = hard ? PseudoLabels.Hard : PseudoLabels.Soft,
            Choices = true,
            Advise = true,
            Recommend = true,
            Metrics = true,
            KeepModels = true,
        };
        DataResult held = Make(null).Run(5), streamed = Make(Small).Run(5);
        AssertSame(held.ToTable(), streamed.ToTable());
        Assert.Equal(held.Summary(), streamed.Summary());
        AssertSame(Saved(held), Saved(streamed));
    }

    [Fact]
    public void Numbers_as_labels_and_a_ceiling_are_those_of_memory()
    {
        // All rows have a label, so the ceiling's leave-one-out needs every row.
        var text = new StringBuilder("y\n");
        var random = new RandomStream(78);
        for (int i = 0; i < Rows; i++)
            text.AppendLine(random.NextNormal().ToString("R", CultureInfo.InvariantCulture));
        File.WriteAllText(At("all.csv"), text.ToString());
        DataResult Run(long? memory) => new DataExperiment
        {
            Data = Read("strong.npy", "all.csv", hasSplit: false, isGiven: false, memory),
            Sizes = new SplitSizes(60, Rows - 160, 100),
            Choices = true,
        }.Run(6);
        AssertSame(Run(null).ToTable(), Run(Small).ToTable());
    }

    [Fact]
    public void Passes_do_not_change_a_bit_where_no_order_changes()
    {
        RawFeatures held = Read("strong.npy", "y.csv", true, true, null).Strong;
        RawFeatures streamed = Read("strong.npy", "y.csv", true, true, Small).Strong;
        int[] rows = [.. Enumerable.Range(0, Rows).Where(i => i % 5 != 2)];
        FeatureRows inMemory = held.Take(rows), inPasses = new(streamed.Stream(rows));
        Assert.Equal(inMemory.Means(2), inPasses.Means(3));
        RidgeFactorisation one = RidgeFactorisation.Of(inMemory, 2), other = RidgeFactorisation.Of(inPasses, 3);
        var targets = new Matrix<double>(rows.Length, 2);
        new RandomStream(1).FillNormal(targets.Data);
        // The last ridge is too small for a second moment.
        var lambdas = Grid.Of(1e-13, 0.1, 10);
        Assert.Equal(one.Fit(targets, 2).LeaveOneOut(lambdas, 2), other.Fit(targets, 3).LeaveOneOut(lambdas, 3));
        RidgeModels first = one.Fit(targets, 2).At(lambdas, 2), second = other.Fit(targets, 3).At(lambdas, 3);
        for (int l = 0; l < 3; l++)
            Assert.Equal(first.At(l).Coefficients.Data.ToArray(), second.At(l).Coefficients.Data.ToArray());
        int[] some = [17, 3, 16_999, 3];
        Assert.Equal(held.Take(some)[2].ToArray(), streamed.Take(some)[2].ToArray());
    }

    [Fact]
    public void One_pass_serves_all_targets_and_large_offsets_cost_no_digits()
    {
        RawFeatures streamed = Read("strong.npy", "y.csv", true, true, Small).Strong;
        FeatureRows rows = new(streamed.Stream([.. Enumerable.Range(0, Rows)]));
        var targets = new Matrix<double>(Rows, 2);
        new RandomStream(2).FillNormal(targets.Data);
        for (int i = 0; i < Rows; i++)
            targets[i, 0] += 1e6;
        RidgeModels expected = RidgeFactorisation.Of(rows).Fit(targets).At(Grid.Of(0.1, 10));
        var ridge = new StreamedRidge(rows, rows, 0.1, 2);
        var counted = new Counted(targets);
        ridge.Expect([counted, new Counted(targets)], 2);
        int passes = counted.Calls;
        RidgeModels models = ridge.Fit(counted, 2).At(Grid.Of(0.1, 10), 2);
        _ = ridge.Mixture(counted, 2);
        Assert.Equal(passes, counted.Calls);
        for (int j = 0; j < Strong; j++)
        {
            for (int k = 0; k < 2; k++)
                Assert.Equal(expected.Coefficient(1, j, k), models.Coefficient(1, j, k), 1e-12);
        }
    }

    [Theory]
    [InlineData("--head logistic")]
    [InlineData("--confidence")]
    [InlineData("the feature map 'patches:4:2'")]
    public void What_needs_all_rows_says_so(string cause)
    {
        var experiment = new DataExperiment
        {
            Data = Read("strong.npy", "y.csv", true, true, Small),
            Head = cause == "--head logistic" ? LogisticHead.Instance : RidgeHead.Instance,
            Confidence = cause == "--confidence" ? 0.5 : 0,
            StrongMap = cause[0] == 't' ? FeaturePipeline.Parse("poly:2 | image:4x11 | patches:4:2") : null,
            Choices = true,
        };
        string message = Assert.Throws<InputException>(() => experiment.Run(1)).Message;
        Assert.Contains($"{cause} needs all rows at once", message, StringComparison.Ordinal);
        Assert.Contains("where 0 MB are allowed by --memory", message, StringComparison.Ordinal);
        Assert.Contains("--n-student", message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_ridge_below_what_moments_know_is_refused()
    {
        var experiment = new DataExperiment
        {
            Data = Read("strong.npy", "y.csv", true, true, Small),
            LambdaStudent = Grid.Of(1e-9),
            Choices = true,
        };
        string message = Assert.Throws<InputException>(() => experiment.Run(1)).Message;
        Assert.StartsWith("--lambda-student 1e-09 is too small for a mixture", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Few_rows_of_a_large_file_are_held_for_any_head()
    {
        DataResult result = new DataExperiment
        {
            Data = Read("strong.npy", "y.csv", hasSplit: false, isGiven: false, 8 * 400 * Strong),
            Sizes = new SplitSizes(50, 300, 30),
            Head = LogisticHead.Instance,
            LambdaStudent = Grid.Of(0.1),
        }.Run(1);
        Assert.True(double.IsFinite(result.StudentAccuracy(0, 0).Mean));
    }

    [Fact]
    public void Progress_counts_bytes_and_a_bad_number_is_named()
    {
        var told = new Told();
        var options = new RunOptions { Progress = told };
        Dataset data = Dataset.FromFiles(
            new DatasetFiles { Labels = At("y.csv"), WeakFeatures = At("weak.npy"), StrongFeatures = At("strong.npy"), Memory = Small },
            new LabelReading(), options);
        new DataExperiment { Data = data }.Run(1, options);
        RunProgress[] reading = [.. told.All.Where(p => p.Stage == $"reading '{At("strong.npy")}'")];
        Assert.Contains(reading, p => p.Done == p.Total);
        Assert.All(reading, p => Assert.Equal(new FileInfo(At("strong.npy")).Length, p.Total));

        string[] lines = File.ReadAllLines(At("strong.csv"));
        lines[15_001] = "1,2,3,nan,5,6,7,8";
        File.WriteAllLines(At("bad.csv"), lines);
        Assert.Contains("column s4 is 'nan'", Assert.Throws<InputException>(() =>
            new DataExperiment { Data = Read("bad.csv", "y.csv", true, true, Small) }.Run(1)).Message, StringComparison.Ordinal);
    }

    private string At(string name) => files.At(name);

    private Dataset Read(string strong, string labels, bool hasSplit, bool isGiven, long? memory) => Dataset.FromFiles(new DatasetFiles
    {
        Labels = At(labels),
        WeakFeatures = isGiven ? null : At("weak.npy"),
        WeakLabels = isGiven ? At("given.csv") : null,
        StrongFeatures = At(strong),
        Split = hasSplit ? At("split.csv") : null,
        Memory = memory,
    });

    private ResultTable Saved(DataResult result)
    {
        string folder = At("models");
        result.Save(folder);
        ResultTable mixture = SavedModel.Read(Path.Combine(folder, "mixture")).Predict(At("strong.npy"));
        string[] written = [.. File.ReadLines(Path.Combine(folder, "mixture", "predictions.csv")).Skip(1)];
        Assert.Equal(mixture.Columns[^1].Texts(), written.Select(line => line.Split(',')[^1]));
        Directory.Delete(folder, recursive: true);
        return mixture;
    }

    private static void AssertSame(ResultTable expected, ResultTable actual)
    {
        Assert.Equal(expected.RowCount, actual.RowCount);
        for (int c = 0; c < expected.Columns.Count; c++)
        {
            for (int row = 0; row < expected.RowCount; row++)
            {
                if (expected.Columns[c] is NumberColumn { Values: var numbers } && double.IsFinite(numbers[row]))
                {
                    double number = ((NumberColumn)actual.Columns[c]).Values[row];
                    Assert.Equal(numbers[row], number, 1e-10 * Math.Max(1, Math.Abs(numbers[row])));
                }
            }
            if (expected.Columns[c] is not NumberColumn)
                Assert.Equal(expected.Columns[c].Texts(), actual.Columns[c].Texts());
        }
    }

    private sealed class Counted(Matrix<double> rows) : TargetStream(rows.Rows, rows.Columns, null)
    {
        public int Calls { get; private set; }

        public override void Make(int first, Matrix<double>? inputs, Matrix<double> destination, int threads)
        {
            Calls++;
            rows.RowBlock(first, destination.Rows).CopyTo(destination.Data);
        }
    }

    private sealed class Told : IProgress<RunProgress>
    {
        private readonly System.Collections.Concurrent.ConcurrentQueue<RunProgress> _all = new();

        public IEnumerable<RunProgress> All => _all;

        public void Report(RunProgress value) => _all.Enqueue(value);
    }

    /// <summary>What all tests read.</summary>
    public sealed class Files : IDisposable
    {
        private readonly string _folder = Directory.CreateTempSubdirectory("w2s-").FullName;

        public Files()
        {
            var random = new RandomStream(77);
            Matrix<double> weak = new(Rows, Weak), strong = new(Rows, Strong);
            random.FillNormal(strong.Data);
            StringBuilder labels = new("y\n"), numbers = new("y\n"), split = new("split\n"), given = new("a,b\n"),
                table = new("s1,s2,s3,s4,s5,s6,s7,s8\n");
            for (int i = 0; i < Rows; i++)
            {
                double signal = strong[i, 0] + strong[i, 1] - strong[i, 2];
                for (int j = 0; j < Weak; j++)
                    weak[i, j] = strong[i, j] + random.NextNormal();
                double number = signal + (0.3 * random.NextNormal());
                bool known = i % (Rows / Labelled) == 7; // scattered over the file
                labels.AppendLine(known ? number > 0 ? "a" : "b" : string.Empty);
                numbers.AppendLine(known ? number.ToString("R", CultureInfo.InvariantCulture) : string.Empty);
                split.AppendLine(!known ? i % 11 == 5 ? "unused" : "student" : i / (Rows / Labelled) % 3 == 0 ? "test" : "teacher");
                double share = 1 / (1 + Math.Exp(-signal - random.NextNormal()));
                given.AppendLine(string.Create(CultureInfo.InvariantCulture, $"{share:R},{1 - share:R}"));
            }
            // An offset and scales, which centring and the ridges see.
            for (int i = 0; i < Rows; i++)
            {
                for (int j = 0; j < Strong; j++)
                    strong[i, j] = 5 + (strong[i, j] * (1 + j));
                table.AppendLine(string.Join(
                    ',', strong.Row(i).ToArray().Select(value => value.ToString("R", CultureInfo.InvariantCulture))));
            }
            foreach ((string name, StringBuilder text) in new[] { ("y.csv", labels), ("number.csv", numbers), ("split.csv", split),
                ("given.csv", given), ("strong.csv", table) })
                File.WriteAllText(At(name), text.ToString());
            WriteNpy("weak.npy", weak);
            WriteNpy("strong.npy", strong);
            using FileStream parquet = File.Create(At("strong.parquet"));
            TableWriter.WriteParquet(new ResultTable([.. Enumerable.Range(0, Strong).Select(j =>
                ResultColumn.Of($"s{j + 1}", [.. Enumerable.Range(0, Rows).Select(i => strong[i, j])]))]), parquet);
        }

        public void Dispose() => Directory.Delete(_folder, recursive: true);

        public string At(string name) => Path.Combine(_folder, name);

        private void WriteNpy(string name, Matrix<double> values)
        {
            string head = $"{{'descr': '<f8', 'fortran_order': False, 'shape': ({values.Rows}, {values.Columns}), }}".PadRight(117) + "\n";
            File.WriteAllBytes(At(name), [0x93, .. "NUMPY"u8, 1, 0, 118, 0, .. Encoding.ASCII.GetBytes(head),
                .. System.Runtime.InteropServices.MemoryMarshal.AsBytes(values.Data)]);
        }
    }
}
