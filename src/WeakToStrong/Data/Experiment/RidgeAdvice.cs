using WeakToStrong.Data.Decision;
using WeakToStrong.Randomness;
using WeakToStrong.Ridge;
using WeakToStrong.Statistics;

namespace WeakToStrong.Data.Experiment;

/// <summary>
/// Which student ridge to use, learned from the teacher's labelled rows alone. For each of five folds a teacher is trained without the
/// fold, labels the student's rows, and the students of every ridge are compared with it on the fold's true labels. (Leave-one-out on the
/// pseudo-labels cannot do this: it asks how well the student repeats the teacher.)
/// </summary>
/// <param name="Best">Position of the recommended ridge: the largest mean gain over all folds.</param>
/// <param name="Gains">For every ridge, the mean gain of the student over the teacher with its standard error over rows: accuracy for
/// classification, reduction of squared error for regression; above zero the student is better.</param>
/// <param name="Expected">Gain to expect of the recommended ridge: each fold is judged at the ridge that the other folds choose, so that
/// choosing does not flatter.</param>
public sealed record RidgeAdvice(int Best, IReadOnlyList<Estimate> Gains, Estimate Expected)
{
    internal const int Folds = 5;
    private const double Normal95 = 1.959963984540054;

    /// <summary>Lower end of the paired 95% confidence interval of <see cref="Expected"/>.</summary>
    public double Low => Expected.Mean - (Normal95 * Expected.StandardError);

    /// <summary>Upper end of the paired 95% confidence interval of <see cref="Expected"/>.</summary>
    public double High => Expected.Mean + (Normal95 * Expected.StandardError);

    /// <summary>Cross-fits.</summary>
    /// <param name="problem">Rows, labels and ridges.</param>
    /// <param name="random">Draws the folds.</param>
    /// <param name="threads">The largest number of threads to use.</param>
    internal static RidgeAdvice Of(CrossFitting problem, RandomStream random, int threads)
    {
        int rows = problem.Given.Count, ridges = problem.Strong.Lambdas.Count;
        int[] order = [.. Enumerable.Range(0, rows)];
        random.Shuffle(order);
        var gains = new RowGain[ridges, rows];
        var foldOf = new int[rows];
        IWeakLabels[] labels = [.. Enumerable.Range(0, Folds).Select(fold =>
            problem.Source.Learn([.. order.Where((_, i) => i % Folds != fold)], threads))];
        problem.Strong.Expect(labels, threads);
        for (int fold = 0; fold < Folds; fold++)
        {
            int[] held = [.. order.Where((_, i) => i % Folds == fold)];
            foreach (int row in held)
                foldOf[row] = fold;
            problem.Compare(labels[fold], held, gains, threads);
        }
        int best = Choose(gains, _ => true);
        int[] chosen = [.. Enumerable.Range(0, Folds).Select(fold => Choose(gains, row => foldOf[row] != fold))];
        double[] expected = [.. Enumerable.Range(0, rows).Select(row => gains[chosen[foldOf[row]], row].Gain)];
        Estimate[] all = [.. Enumerable.Range(0, ridges)
            .Select(l => Estimate.Of([.. Enumerable.Range(0, rows).Select(row => gains[l, row].Gain)]))];
        return new RidgeAdvice(best, all, Estimate.Of(expected));
    }

    // The largest gain over the rows; of equal ones, that with the smaller squared error.
    internal static int Choose(RowGain[,] gains, Func<int, bool> counts)
    {
        int best = 0;
        (double Gain, double Error) top = (double.NegativeInfinity, 0);
        for (int l = 0; l < gains.GetLength(0); l++)
        {
            (double Gain, double Error) sum = (0, 0);
            for (int row = 0; row < gains.GetLength(1); row++)
            {
                if (counts(row))
                    sum = (sum.Gain + gains[l, row].Gain, sum.Error + gains[l, row].SquaredError);
            }
            if (sum.Gain > top.Gain || (sum.Gain == top.Gain && sum.Error < top.Error))
                (best, top) = (l, sum);
        }
        return best;
    }
}

/// <summary>The student against the teacher on one row.</summary>
/// <param name="Gain">Student right minus teacher right; for regression, the teacher's squared error minus the student's.</param>
/// <param name="SquaredError">The student's squared distance to the truth.</param>
internal readonly record struct RowGain(double Gain, double SquaredError);

/// <summary>What cross-fitting works on; everything but the labelled rows is shared by all folds.</summary>
/// <param name="Source">Where weak labels come from; it knows those of labelled rows.</param>
/// <param name="Strong">The strong features.</param>
/// <param name="Given">True labels of the labelled rows.</param>
internal sealed record CrossFitting(IWeakLabelSource Source, StrongDesign Strong, TrueLabels Given)
{
    /// <summary>Trains on weak labels and compares on rows that they do not know.</summary>
    public void Compare(IWeakLabels weak, int[] held, RowGain[,] gains, int threads)
    {
        RidgeModels students = Strong.Students(Strong.Targets(weak, threads), threads);
        TrueLabels truth = Given.Select(held);
        Judgement[] ofTeacher = weak.Judge(held, truth, threads);
        Judgement[,] ofStudent = students.Judge(Strong.Labelled.Select(held), truth, threads);
        for (int i = 0; i < held.Length; i++)
        {
            for (int l = 0; l < Strong.Lambdas.Count; l++)
                gains[l, held[i]] = Gain(ofTeacher[i], ofStudent[i, l]);
        }
    }

    private RowGain Gain(Judgement teacher, Judgement student) => new(
        Given.IsClassification ? (student.IsRight ? 1 : 0) - (teacher.IsRight ? 1 : 0) : teacher.SquaredDistance - student.SquaredDistance,
        student.SquaredDistance);
}

/// <summary>What the student learns from.</summary>
public enum PseudoLabels
{
    /// <summary>The teacher's scores.</summary>
    Soft,

    /// <summary>One-hot vectors of the teacher's choices; classification only.</summary>
    Hard,
}
