using WeakToStrong.Chains;
using WeakToStrong.Choices;
using WeakToStrong.LinearAlgebra;
using WeakToStrong.Randomness;
using WeakToStrong.Ridge;

namespace WeakToStrong.Tests.Data;

public class InterceptCostTests
{
    private const int Features = 40, TeacherRows = 60;

    /// <summary>
    /// Gaussian rows, n_s below p = 40. The cost of the student's own intercept is that of 1500 dense trials within 6%, its shift at
    /// this size, and the mean error within 4 standard errors and 1.5% of the prediction. A student of few rows that hardly learns pays
    /// most: there a prediction without intercepts is far off.
    /// </summary>
    [Theory]
    [InlineData(25, 0.3, 0.3, 0)]
    [InlineData(6, 0.05, 30, 3)]
    public void Teacher_and_student_both_pay_for_their_intercepts(
        int studentRows, double teacherRidge, double studentRidge, double tolerancesWithout)
    {
        const int Trials = 1500;
        var random = new RandomStream(6);
        var target = new double[Features];
        random.FillNormal(target);
        System.Numerics.Tensors.TensorPrimitives.Divide(target, System.Numerics.Tensors.TensorPrimitives.Norm<double>(target), target);
        (Matrix<double> all, Matrix<double> labels) = Draw(random, 8000, target);
        double predicted = StudentError(all, labels, studentRows, teacherRidge, studentRidge);
        double without = StudentError(all, labels, studentRows, teacherRidge, studentRidge, intercept: false);

        double sum = 0, squares = 0, distance = 0;
        for (int trial = 0; trial < Trials; trial++)
        {
            (Matrix<double> x, Matrix<double> y) = Draw(random, TeacherRows, target);
            RidgeModels teacher = RidgeFactorisation.Of(FeatureRows.All(x)).Fit(y).At(Grid.Of(teacherRidge));
            FeatureRows seen = FeatureRows.All(Draw(random, studentRows, target).X);
            RidgeModels student = RidgeFactorisation.Of(seen).Fit(teacher.Predict(seen)).At(Grid.Of(studentRidge));
            // Rows are standard normal: the error is a sum over coefficients.
            double error = 1 + Math.Pow(student.Intercept(0, 0), 2), apart = 0;
            for (int j = 0; j < Features; j++)
            {
                error += Math.Pow(student.Coefficient(0, j, 0) - target[j], 2);
                apart += Math.Pow(student.Coefficient(0, j, 0) - teacher.Coefficient(0, j, 0), 2);
            }
            (sum, squares, distance) = (sum + error, squares + (error * error), distance + (apart / studentRows));
        }
        double mean = sum / Trials, tolerance = (4 * Math.Sqrt(((squares / Trials) - (mean * mean)) / Trials)) + (0.015 * mean);
        Assert.True(Math.Abs(without - mean) >= tolerancesWithout * tolerance,
            $"{without} without intercepts, {predicted} with, {mean} +- {tolerance}");
        Assert.True(Math.Abs(predicted - mean) <= tolerance, $"{predicted} for {mean} +- {tolerance}, own intercept {distance / Trials}");
        Estimator taught = new TrainingStage(new RowGroup(new Population(Spectrum.Isotropic(Features), target).Truth, TeacherRows, 1))
            .Train(teacherRidge);
        _ = new TrainingStage(new RowGroup(taught, studentRows)).At(studentRidge, 1, out double cost);
        Assert.Equal(distance / Trials, cost, 0.06 * cost);
    }

    // What is not said is a prediction with intercepts.
    private static double StudentError(
        Matrix<double> all, Matrix<double> labels, int studentRows, double teacherRidge, double studentRidge, bool intercept = true)
    {
        var rows = new PairAccumulator(Features, Features, 1);
        rows.Add(all, all, labels, threads: 2);
        PairMoments moments = rows.ToMoments(2);
        ChoicePrediction theory = intercept ? new(moments) : new(moments) { Intercept = false };
        return theory.Student(theory.Teacher(TeacherRows, teacherRidge), studentRows, studentRidge).SquaredError;
    }

    private static (Matrix<double> X, Matrix<double> Y) Draw(RandomStream random, int rows, double[] target)
    {
        Matrix<double> x = new(rows, target.Length), y = new(rows, 1);
        random.FillNormal(x.Data);
        random.FillNormal(y.Data);
        for (int i = 0; i < rows; i++)
            y[i, 0] += System.Numerics.Tensors.TensorPrimitives.Dot<double>(x.Row(i), target);
        return (x, y);
    }
}
