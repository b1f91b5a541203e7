namespace WeakToStrong.Asymptotics;

/// <summary>What an excess error E = |beta - beta*|^2 is made of; the three parts add up to it. None is negative.</summary>
/// <param name="Bias">Squared distance of the mean from beta*.</param>
/// <param name="TeacherNoise">Variance that comes from the teacher's rows and label noise.</param>
/// <param name="OwnNoise">Variance that the student's own rows add; 0 for a teacher.</param>
public readonly record struct ErrorParts(double Bias, double TeacherNoise, double OwnNoise);
