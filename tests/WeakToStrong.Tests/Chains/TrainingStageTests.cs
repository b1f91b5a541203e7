using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using WeakToStrong.Asymptotics;
using WeakToStrong.Chains;
using WeakToStrong.LinearAlgebra;
using WeakToStrong.Randomness;

namespace WeakToStrong.Tests.Chains;

public class TrainingStageTests
{
    [Fact]
    public void Teacher_student_third_generation_and_mixed_stage_agree_with_60_digit_arithmetic()
    {
        double worst = 0;
        foreach (JsonElement row in ChainOracle.Chains)
        {
            Estimator[] estimators = Train(row, Penalty.Identity, new Population(Spectrum.Of(row.Numbers("s")), row.Numbers("b")));
            for (int i = 0; i < 4; i++)
            {
                StageErrors errors = estimators[i].Errors;
                ChainOracle.Close(row.Numbers("kappa")[i], errors.Kappa, 1e-13, $"kappa {i} of {row}");
                ChainOracle.Close(row.Numbers("error")[i], errors.ExcessError, 1e-11, $"error {i} of {row}");
                worst = Math.Max(worst, Math.Abs((errors.ExcessError / row.Numbers("error")[i]) - 1));
                ChainOracle.Close(row.Numbers("bias")[i], errors.Bias, 1e-11, $"bias {i} of {row}");
                ChainOracle.Close(row.Numbers("variance")[i], errors.Variance, 1e-11, $"variance {i} of {row}");
            }
        }
        TestContext.Current.SendDiagnosticMessage($"worst relative error of an excess error {worst:g3}");
    }

    /// <summary>A rotated covariance matrix with Omega = Q Q' = I numerically full takes the matrix path and must give
    /// the same numbers.</summary>
    [Fact]
    public void Matrix_form_agrees_with_the_eigenbasis_form()
    {
        foreach (JsonElement row in ChainOracle.Chains.Take(12))
        {
            double[] s = row.Numbers("s"), b = row.Numbers("b");
            int d = s.Length;
            Matrix<double> axes = Orthogonal(d, seed: 3), covariance = new(d, d), omega = new(d, d);
            var target = new double[d];
            for (int i = 0; i < d; i++)
            {
                for (int j = 0; j < d; j++)
                {
                    target[i] += axes[i, j] * b[j];
                    for (int k = 0; k < d; k++)
                    {
                        covariance[i, j] += axes[i, k] * s[k] * axes[j, k];
                        omega[i, j] += axes[i, k] * (1 + k) * axes[j, k];
                    }
                }
            }
            double[] weights = [.. Enumerable.Range(1, d).Select(k => (double)k)];
            Estimator[] diagonal = Train(row, Penalty.Diagonal(weights), new Population(Spectrum.Of(s), b));
            Estimator[] full = Train(row, Penalty.Of(omega), Population.WithCovariance(covariance, target));
            for (int i = 0; i < 4; i++)
            {
                ChainOracle.Close(diagonal[i].Errors.Kappa, full[i].Errors.Kappa, 1e-10, "kappa");
                ChainOracle.Close(diagonal[i].Errors.ExcessError, full[i].Errors.ExcessError, 1e-9, "error");
            }
        }
    }

    [Fact]
    public void Isotropic_chain_is_the_paper()
    {
        var random = new RandomStream(1);
        for (int i = 0; i < 300; i++)
        {
            int d = 5 + random.NextInt(60);
            long nt = 1 + random.NextInt(3 * d), ns = 1 + random.NextInt(3 * d);
            double lt = Math.Pow(10, (4 * random.NextUniform()) - 3), ls = Math.Pow(10, (4 * random.NextUniform()) - 3);
            double noise = 4 * random.NextUniform(), power = 3 * random.NextUniform();
            var b = new double[d];
            random.FillNormal(b);
            double norm = b.Sum(x => x * x);
            for (int j = 0; j < d; j++)
                b[j] *= Math.Sqrt(power / norm);
            var population = new Population(Spectrum.Isotropic(d), b);
            Estimator teacher = new TrainingStage(new RowGroup(population.Truth, nt, noise)).Train(lt);
            StageErrors student = new TrainingStage(new RowGroup(teacher, ns)).At(ls);

            var theory = new RidgeTeacher((double)d / nt, lt, noise, power);
            ChainOracle.Close(theory.ExcessError, teacher.Errors.ExcessError, 1e-13, $"teacher d={d} n={nt} lambda={lt}");
            ChainOracle.Close(new RidgeStudent(theory, (double)d / ns).ExcessError(ls), student.ExcessError, 1e-13,
                $"student d={d} n={ns} lambda={ls}");
        }
    }

    /// <summary>Setting 2 as a penalty: Gamma = I + w bh bh'. The prior's one direction shifts kappa by a share 1/d of a unit.</summary>
    [Theory]
    [InlineData(0.8, 30.0)]
    [InlineData(0.4, 3.0)]
    [InlineData(0.0, 1e6)]
    public void A_spiked_penalty_is_theorem_8(double alignment, double spike)
    {
        const int Dimension = 100_000;
        const double Noise = 0.7;
        double[] target = new double[Dimension], weights = [.. Enumerable.Repeat(1.0, Dimension)];
        (target[0], target[1]) = (alignment, Math.Sqrt(1 - (alignment * alignment)));
        weights[0] = 1 / (1 + spike);
        var population = new Population(Spectrum.Isotropic(Dimension), target);
        Estimator teacher = new TrainingStage(new RowGroup(population.Truth, 2 * Dimension, Noise)).Train(0.3);
        StageErrors student = new TrainingStage([new RowGroup(teacher, Dimension / 2)], Penalty.Diagonal(weights)).At(0.4);

        double expected = new RidgeStudent(new RidgeTeacher(0.5, 0.3, Noise), 2, alignment, spike).ExcessError(0.4);
        ChainOracle.Close(expected, student.ExcessError, 5.0 / Dimension, "student with a spiked penalty");
    }

    [Fact]
    public void Ridge_zero_below_at_and_above_the_rank()
    {
        var population = new Population(Spectrum.Of(2, 1, 0.5, 0.25), [1, -1, 0.5, 2]);
        StageErrors above = new TrainingStage(new RowGroup(population.Truth, 12, 0.3)).At(0);
        Assert.Equal(0, above.Bias);
        Assert.Equal(0.3 * 4 / (12 - 4), above.ExcessError, 1e-14);
        StageErrors at = new TrainingStage(new RowGroup(population.Truth, 4, 0.3)).At(0);
        Assert.Equal(double.PositiveInfinity, at.ExcessError);
        Assert.Equal(0, new TrainingStage(new RowGroup(population.Truth, 4)).At(0).ExcessError);
        StageErrors below = new TrainingStage(new RowGroup(population.Truth, 2, 0.3)).At(0),
            tiny = new TrainingStage(new RowGroup(population.Truth, 2, 0.3)).At(1e-14);
        ChainOracle.Close(tiny.ExcessError, below.ExcessError, 1e-12, "limit of a tiny ridge");
        Assert.Throws<InvalidOperationException>(() => new TrainingStage(new RowGroup(population.Truth, 4, 0.3)).Train(0));
    }

    [Fact]
    public void Groups_of_one_kind_are_one_group_and_a_common_weight_rescales_the_ridge()
    {
        var population = new Population(Spectrum.PowerLaw(30, 1), TargetVector.PowerLaw(30, 0.7, 1));
        StageErrors whole = new TrainingStage(new RowGroup(population.Truth, 50, 0.4)).At(0.02);
        StageErrors parts = new TrainingStage([new(population.Truth, 20, 0.4, 3), new(population.Truth, 30, 0.4, 3)]).At(0.06);
        ChainOracle.Close(whole.Kappa, parts.Kappa, 1e-14, "kappa");
        ChainOracle.Close(whole.ExcessError, parts.ExcessError, 1e-13, "error");
    }

    [Theory]
    [InlineData(1e-307)]
    [InlineData(1e-200)]
    [InlineData(1e200)]
    [InlineData(1e307)]
    public void Only_ratios_of_weights_to_each_other_and_to_the_ridge_matter(double unit)
    {
        Estimator truth = new Population(Spectrum.PowerLaw(30, 1), TargetVector.PowerLaw(30, 0.7, 1)).Truth;
        StageErrors plain = new TrainingStage([new(truth, 20, 0.4), new(truth, 30, 0.1, 3)]).At(0.02);
        StageErrors scaled = new TrainingStage([new(truth, 20, 0.4, unit), new(truth, 30, 0.1, 3 * unit)]).At(0.02 * unit);
        ChainOracle.Close(plain.ExcessError, scaled.ExcessError, 1e-13, "error");
    }

    [Theory]
    [InlineData(1e-100, 1)]
    [InlineData(1, 1e150)]
    [InlineData(1e-300, 1e300)]
    public void Rows_of_vanishing_weight_only_settle_what_the_others_leave_open(double light, double heavy)
    {
        // 40 heavy rows determine 30 coefficients alone; 10 leave 20 of them to the light rows, whatever the weight.
        Estimator truth = new Population(Spectrum.PowerLaw(30, 1), TargetVector.PowerLaw(30, 0.7, 1)).Truth;
        StageErrors alone = new TrainingStage(new RowGroup(truth, 40, 0.1)).At(0);
        ChainOracle.Close(alone.ExcessError, new TrainingStage([new(truth, 100, 0.4, light), new(truth, 40, 0.1, heavy)]).At(0).ExcessError,
            1e-13, "enough heavy rows");
        StageErrors two = new TrainingStage([new(truth, 100, 0.4, light), new(truth, 10, 0.1, heavy)]).At(0);
        StageErrors limit = new TrainingStage([new(truth, 100, 0.4, 1e-30), new(truth, 10, 0.1)]).At(0);
        ChainOracle.Close(limit.ExcessError, two.ExcessError, 1e-13, "few heavy rows");
    }

    [Fact]
    public void Best_ridge_is_the_optimal_teacher_ridge_and_takes_few_evaluations()
    {
        // The optimum for a target without preferred direction is sigma^2 d / (n |b|^2) whatever the spectrum (Dobriban and Wager 2018).
        int d = 60;
        double[] b = [.. Enumerable.Repeat(Math.Sqrt(1.0 / d), d)];
        foreach (Spectrum spectrum in new[] { Spectrum.Isotropic(d), Spectrum.PowerLaw(d, 1), Spectrum.Spiked(d, 50, 10) })
        {
            foreach (long n in new long[] { 20, 60, 200 })
            {
                BestRidge best = new TrainingStage(new RowGroup(new Population(spectrum, b).Truth, n, 0.5)).Best();
                ChainOracle.Close(0.5 * d / n, best.Errors.Ridge, 1e-6, $"best ridge, n = {n}");
                Assert.InRange(best.Evaluations, 1, 120);
            }
        }
    }

    [Fact]
    public void Best_ridge_agrees_with_a_fine_scan()
    {
        foreach (JsonElement row in ChainOracle.Chains.Take(20))
        {
            var population = new Population(Spectrum.Of(row.Numbers("s")), row.Numbers("b"));
            long[] n = row.Counts("n");
            Estimator teacher = new TrainingStage(new RowGroup(population.Truth, n[0], row.Numbers("noise")[0]))
                .Train(row.Numbers("ridge")[0]);
            var stage = new TrainingStage([new(teacher, n[1]), new(population.Truth, n[2], 0.5, 2)]);
            BestRidge best = stage.Best();
            double least = Enumerable.Range(0, 4001).Min(i => stage.At(Math.Pow(10, -14 + (0.005 * i))).ExcessError);
            Assert.True(best.Errors.ExcessError <= least * (1 + 1e-12), $"best {best} but the scan found {least:R}");
            Assert.True(best.Errors.ExcessError >= least * (1 - 1e-4), $"best {best}, scan {least:R}");
            Assert.InRange(best.Evaluations, 1, 120);
            ChainOracle.Close(stage.At(best.Errors.Ridge).ExcessError, best.Errors.ExcessError, 1e-12, "the error at the reported ridge");
        }
    }

    [Theory]
    [InlineData("F12", 1e-9)]
    [InlineData("G7", 1e-4)]
    [InlineData("single", 1e-4)]
    public void A_covariance_that_was_rounded_when_it_was_written_is_accepted(string format, double tolerance)
    {
        // Rank 3 in 8 dimensions: rounding makes some of the zero eigenvalues negative.
        const int Dimension = 8;
        var random = new RandomStream(6);
        Matrix<double> factor = new(Dimension, 3), exact = new(Dimension, Dimension), rounded = new(Dimension, Dimension);
        random.FillNormal(factor.Data);
        Dense.Multiply(factor, factor, exact, transposeB: true);
        for (int i = 0; i < exact.Data.Length; i++)
        {
            double value = exact.Data[i];
            rounded.Data[i] = format == "single" ? (float)value
                : double.Parse(value.ToString(format, CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
        }
        double[] target = [.. Enumerable.Repeat(1.0, Dimension)];
        StageErrors expected = new TrainingStage(new RowGroup(Population.WithCovariance(exact, target).Truth, 20, 0.1)).At(0.1);
        StageErrors found = new TrainingStage(new RowGroup(Population.WithCovariance(rounded, target).Truth, 20, 0.1)).At(0.1);
        ChainOracle.Close(expected.ExcessError, found.ExcessError, tolerance, format);
    }

    [Theory]
    [InlineData(0, 1, 0)]
    [InlineData(1, 1.00001, 1)]
    [InlineData(0.25, 0.5, 0.75)]
    public void An_indefinite_covariance_is_refused(double a, double b, double c) =>
        Assert.Contains("not positive semi-definite", Assert.Throws<ArgumentException>(() =>
            Population.WithCovariance(new Matrix<double>(2, 2, [a, b, b, c]), [1, 1])).Message, StringComparison.Ordinal);

    [Fact]
    public void A_population_forgets_the_penalties_that_nobody_holds()
    {
        var population = new Population(Spectrum.Of(2, 1), [1, 1]);
        List<WeakReference> penalties = [.. Enumerable.Range(0, 50).Select(_ => Use(population))];
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        Assert.True(penalties.Count(p => p.IsAlive) < 5, $"{penalties.Count(p => p.IsAlive)} of 50 are still held");

        [MethodImpl(MethodImplOptions.NoInlining)]
        static WeakReference Use(Population population)
        {
            Penalty penalty = Penalty.Diagonal(1, 2);
            _ = new TrainingStage([new RowGroup(population.Truth, 5)], penalty).At(0.1);
            return new WeakReference(penalty);
        }
    }

    [Fact]
    public void The_example_of_the_documentation_runs()
    {
        var population = new Population(Spectrum.PowerLaw(400, exponent: 1), TargetVector.PowerLaw(400, exponent: 1.5, norm: 1));
        var teachers = new TrainingStage(new RowGroup(population.Truth, rows: 400, labelNoise: 1));
        Estimator teacher = teachers.Train(teachers.Best().Errors.Ridge);
        var students = new TrainingStage(new RowGroup(teacher, rows: 4000));
        bool wins = students.Best().Errors.ExcessError < teacher.Errors.ExcessError; // true
        Assert.True(wins);
    }

    /// <summary>The isotropic student of the optimally tuned teacher gains nothing: its best ridge is zero.</summary>
    [Fact]
    public void Best_ridge_of_a_copying_student_is_zero()
    {
        var population = new Population(Spectrum.Isotropic(50), TargetVector.PowerLaw(50, 0, 1));
        Estimator teacher = new TrainingStage(new RowGroup(population.Truth, 80, 1)).Train(50.0 / 80);
        Assert.Equal(0, new TrainingStage(new RowGroup(teacher, 100)).Best().Errors.Ridge);
    }

    private static Estimator[] Train(JsonElement row, Penalty penalty, Population population)
    {
        long[] n = row.Counts("n");
        double[] ridge = row.Numbers("ridge"), noise = row.Numbers("noise");
        JsonElement mixed = row.GetProperty("mixed");
        Estimator teacher = new TrainingStage([new(population.Truth, n[0], noise[0])], penalty).Train(ridge[0]);
        Estimator student = new TrainingStage([new(teacher, n[1], noise[1])], penalty).Train(ridge[1]);
        Estimator third = new TrainingStage([new(student, n[2], noise[2])], penalty).Train(ridge[2]);
        Estimator[] sources = [population.Truth, teacher, teacher, student];
        RowGroup[] groups = [.. sources.Select((source, k) =>
            new RowGroup(source, mixed.Counts("rows")[k], mixed.Numbers("noise")[k], mixed.Numbers("weight")[k]))];
        return [teacher, student, third, new TrainingStage(groups, penalty).Train(ridge[3])];
    }

    private static Matrix<double> Orthogonal(int d, ulong seed)
    {
        var random = new RandomStream(seed);
        var symmetric = new Matrix<double>(d, d);
        for (int i = 0; i < d; i++)
        {
            for (int j = 0; j <= i; j++)
                symmetric[i, j] = symmetric[j, i] = random.NextNormal();
        }
        Dense.SymmetricEigen(symmetric);
        return symmetric;
    }
}
