namespace WeakToStrong.Simulation;

/// <summary>Refuses experiments whose mean errors are infinite, where a simulated mean would be a number without meaning.</summary>
internal static class FiniteMeans
{
    public static void Demand(LinearExperiment experiment, Grid lambdaTeacher)
    {
        long d = experiment.Dimension, n = experiment.TeacherSamples;
        if (lambdaTeacher[0] == 0 && Math.Abs(n - d) <= 1 && experiment.NoiseVariance > 0)
            throw new InputException($"the teacher's mean error is infinite at lambda_teacher = 0 with n_teacher = {n} within one of d = "
                + $"{d}; use a positive lambda_teacher or another n_teacher");
        DemandStudent(experiment);
    }

    /// <summary>The part that has to do with the student alone.</summary>
    public static void DemandStudent(LinearExperiment experiment)
    {
        if (experiment.HasSpike && double.IsInfinity(experiment.Spike) && experiment.StudentSamples < 3)
            throw new InputException("the student's mean error is infinite with an infinite spike and n_student = "
                + $"{experiment.StudentSamples}; use a finite spike or at least 3 samples");
    }
}
