using System.Numerics.Tensors;
using WeakToStrong.LinearAlgebra;
using WeakToStrong.Randomness;

namespace WeakToStrong.Networks;

/// <summary>
/// One trial: everything random in it is named by (seed, trial), so any part can be drawn again. The networks live in the run's buffers and
/// are overwritten by the next trial.
/// </summary>
internal sealed class NetworkTrial
{
    private readonly NetworkExperiment _experiment;
    private readonly NetworkBuffers _buffers;
    private readonly RunOptions _options;
    private readonly GradientStep _step;
    private readonly ulong _seed, _trial;

    public NetworkTrial(NetworkExperiment experiment, NetworkBuffers buffers, ulong seed, ulong trial, RunOptions options,
        Action<int>? onSamples = null)
    {
        (_experiment, _buffers, _seed, _trial, _options) = (experiment, buffers, seed, trial, options);
        _step = new GradientStep(experiment, buffers, options) { OnSamples = onSamples };
        Directions = new Directions(experiment.Dimension, Stream(Role.Directions));
        Teacher = Network(buffers.TeacherWeights, Role.TeacherReadout);
        Student = Network(buffers.StudentWeights, Role.StudentReadout);
    }

    private enum Role
    {
        Directions,
        TeacherReadout,
        TeacherWeights,
        TeacherSamples,
        StudentReadout,
        StudentWeights,
        StudentSpike,
        StudentSamples,
        Probe,
    }

    /// <summary>beta_e and beta_h.</summary>
    public Directions Directions { get; }

    /// <summary>The teacher; its weights are whatever the last call made of them.</summary>
    public TwoLayerNetwork Teacher { get; }

    /// <summary>The student; its weights are whatever the last call made of them.</summary>
    public TwoLayerNetwork Student { get; }

    /// <summary>Samples that no training step has seen; each index names another set.</summary>
    public MultiIndexSamples ProbeSamples(int count, ulong index) =>
        new(_experiment.Target, Directions, count, _seed, _trial, (ulong)Role.Probe, index);

    /// <summary>The samples of the student's step, which the teacher labels.</summary>
    public MultiIndexSamples StudentSamples(int step) => Samples(Role.StudentSamples, _experiment.StudentSamples, step);

    /// <summary>Draws the teacher's initial weights.</summary>
    public void InitialiseTeacher() => TwoLayerNetwork.FillRandomWeights(Teacher.Weights, _seed, [_trial, (ulong)Role.TeacherWeights],
        _options.Threads);

    /// <summary>Trains the teacher from its present weights for all its steps.</summary>
    /// <exception cref="InputException">Training diverged.</exception>
    public void TrainTeacher()
    {
        for (int step = 0; step < _experiment.TeacherSteps; step++)
        {
            _step.Apply(Teacher, teacher: null, Samples(Role.TeacherSamples, _experiment.TeacherSamples, step), _experiment.TeacherRate);
            RequireFinite(Teacher, "teacher", step);
        }
    }

    /// <summary>Draws the random part of the student's initial weights.</summary>
    public void InitialiseStudent() => TwoLayerNetwork.FillRandomWeights(Student.Weights, _seed, [_trial, (ulong)Role.StudentWeights],
        _options.Threads);

    /// <summary>Adds the pre-trained spike tau u beta_h' to the student's weights.</summary>
    public void PretrainStudent() => Student.AddSpike(_experiment.Spike, SpikeUnit(), Directions.Hard);

    /// <summary>One training step of the student on the teacher's labels.</summary>
    /// <exception cref="InputException">Training diverged.</exception>
    public void TrainStudent(int step)
    {
        _step.Apply(Student, Teacher, StudentSamples(step), _experiment.StudentRate);
        RequireFinite(Student, "student", step);
    }

    /// <summary>
    /// Runs the whole trial and returns every <see cref="NetworkQuantity"/>, in order. The student's last step is only projected
    /// onto the two directions: its weights are not formed.
    /// </summary>
    public double[] Measure()
    {
        var measured = new double[NetworkQuantities.All.Count];
        InitialiseTeacher();
        Matrix<float> before = Teacher.Along(Directions.Rows, _options.Threads);
        float[] directionBefore = Teacher.LinearDirection();
        TrainTeacher();
        MeasureTeacher(measured, before, directionBefore);

        InitialiseStudent();
        Matrix<float> random = Student.Along(Directions.Rows, _options.Threads);
        PretrainStudent();
        MeasureStudent(measured, random);
        return measured;
    }

    private void MeasureTeacher(double[] measured, Matrix<float> before, float[] directionBefore)
    {
        Matrix<float> after = Teacher.Along(Directions.Rows, _options.Threads);
        float[] learned = Teacher.LinearDirection();
        TensorPrimitives.Subtract(learned, directionBefore, learned);
        double learnedNorm = TensorPrimitives.Norm<float>(learned), norm = _experiment.ReadoutNorm;
        Set(NetworkQuantity.TeacherUpdateEasy, DistanceAlong(after, before, 0));
        Set(NetworkQuantity.TeacherUpdateHard, DistanceAlong(after, before, 1));
        Set(NetworkQuantity.TeacherReadoutEasy, ReadoutAlong(Teacher, after, before, 0) / norm);
        Set(NetworkQuantity.TeacherReadoutHard, ReadoutAlong(Teacher, after, before, 1) / norm);
        Set(NetworkQuantity.TeacherNormEasy, NormAlong(after, 0));
        Set(NetworkQuantity.TeacherNormHard, NormAlong(after, 1));
        Set(NetworkQuantity.TeacherCosine, TensorPrimitives.Dot(learned, Directions.Easy) / learnedNorm);
        Set(NetworkQuantity.TeacherDirectionNorm, learnedNorm / norm);

        void Set(NetworkQuantity quantity, double value) => measured[(int)quantity] = value;
    }

    private void MeasureStudent(double[] measured, Matrix<float> random)
    {
        int steps = _experiment.StudentSteps;
        for (int step = 0; step < steps - 1; step++)
            TrainStudent(step);
        Matrix<float> after = Student.Along(Directions.Rows, _options.Threads);
        Set(NetworkQuantity.LabelDirectionEasy, double.NaN);
        Set(NetworkQuantity.LabelDirectionNorm, double.NaN);
        if (steps > 0)
        {
            (Matrix<float> update, float[] labelDirection) = _step.Project(Student, Teacher, StudentSamples(steps - 1),
                _experiment.StudentRate);
            float keep = (float)(1 - (_experiment.StudentRate * _experiment.WeightDecay));
            TensorPrimitives.MultiplyAdd(after.Data, keep, update.Data, after.Data);
            Set(NetworkQuantity.LabelDirectionEasy, TensorPrimitives.Dot(labelDirection, Directions.Easy));
            Set(NetworkQuantity.LabelDirectionNorm, TensorPrimitives.Norm<float>(labelDirection));
        }
        Set(NetworkQuantity.StudentUpdateEasy, DistanceAlong(after, random, 0));
        Set(NetworkQuantity.StudentUpdateHardSpike, DistanceAlong(after, random, 1));
        Set(NetworkQuantity.StudentReadoutEasy, ReadoutAlong(Student, after, random, 0) / _experiment.ReadoutNorm);
        Set(NetworkQuantity.StudentNormEasy, NormAlong(after, 0));
        Set(NetworkQuantity.StudentNormHard, NormAlong(after, 1));

        void Set(NetworkQuantity quantity, double value) => measured[(int)quantity] = value;
    }

    private static void RequireFinite(TwoLayerNetwork network, string whose, int step)
    {
        if (!float.IsFinite(TensorPrimitives.SumOfSquares<float>(network.Weights.Data)))
            throw new InputException($"training diverged: the {whose}'s weights exceed single precision after step {step + 1}; take fewer "
                + "steps or a smaller step size eta");
    }

    private static double DistanceAlong(Matrix<float> after, Matrix<float> before, int direction)
    {
        double sum = 0;
        for (int j = 0; j < after.Rows; j++)
        {
            double step = (double)after[j, direction] - before[j, direction];
            sum += step * step;
        }
        return Math.Sqrt(sum);
    }

    private static double NormAlong(Matrix<float> along, int direction) =>
        DistanceAlong(along, new Matrix<float>(along.Rows, along.Columns), direction);

    private static double ReadoutAlong(TwoLayerNetwork network, Matrix<float> after, Matrix<float> before, int direction)
    {
        double sum = 0;
        for (int j = 0; j < after.Rows; j++)
            sum += network.Readout[j] * ((double)after[j, direction] - before[j, direction]);
        return sum;
    }

    private TwoLayerNetwork Network(Matrix<float> weights, Role readout) =>
        new(weights, RandomVectors.OnSphereSingle(weights.Rows, _experiment.ReadoutNorm, Stream(readout)), _experiment.Activation);

    private float[] SpikeUnit() => RandomVectors.OnSphereSingle(Student.Width, 1, Stream(Role.StudentSpike));

    private MultiIndexSamples Samples(Role role, int count, int step) =>
        new(_experiment.Target, Directions, count, _seed, _trial, (ulong)role, _experiment.FreshSamples ? (ulong)step : 0);

    private RandomStream Stream(Role role) => new(_seed, _trial, (ulong)role);
}
