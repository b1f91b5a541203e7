namespace WeakToStrong.Simulation;

/// <summary>
/// beta* in an orthonormal frame whose first axis is the teacher beta_t and whose second completes the plane of beta_t and bh, the
/// student's favoured direction, cos(bh, beta*) = zeta.
/// </summary>
/// <remarks>
/// In the frame (beta*/a, bh's part orthogonal to it, beta_t's part orthogonal to both), beta_t = (c, t, s) and bh = (zeta, z, 0),
/// z = sqrt(1 - zeta^2). Their cross product (-s z, s zeta, k), k = c z - t zeta, is normal to the plane and has the norm N w2.
/// </remarks>
internal readonly struct TeacherPlane
{
    /// <summary>The plane of a teacher.</summary>
    /// <param name="teacher">Where beta_t lies relative to beta*.</param>
    /// <param name="alignment">zeta.</param>
    /// <param name="xi">Cosine between beta_t's and bh's parts orthogonal to beta*: a coordinate of a uniform unit vector in
    /// d - 1 dimensions.</param>
    public TeacherPlane(in TeacherFit teacher, double alignment, double xi)
    {
        double a = teacher.SignalNorm, c = teacher.Along, z = Math.Sqrt((1 - alignment) * (1 + alignment));
        double t = Math.Sqrt(teacher.Across2) * xi, s2 = teacher.Across2 * (1 - xi) * (1 + xi), k = (c * z) - (t * alignment);
        double normal = Math.Sqrt(s2 + (k * k));
        Norm = teacher.Norm;
        Direction1 = 1;
        Miss1 = teacher.MissAlong;
        if (normal == 0)
            return; // beta_t = 0, or it points along bh
        Direction1 = ((alignment * c) + (z * t)) / Norm;
        Direction2 = normal / Norm;
        Miss2 = -a * ((alignment * s2) - (t * k)) / (Norm * normal);
        MissAcross = a * Math.Sqrt(s2) * z / normal;
    }

    /// <summary>N = ||beta_t||.</summary>
    public double Norm { get; }

    /// <summary>bh's first coordinate.</summary>
    public double Direction1 { get; }

    /// <summary>bh's second coordinate, not negative.</summary>
    public double Direction2 { get; }

    /// <summary>N less beta*'s first coordinate.</summary>
    public double Miss1 { get; }

    /// <summary>Less beta*'s second coordinate.</summary>
    public double Miss2 { get; }

    /// <summary>Norm of beta*'s part orthogonal to the plane.</summary>
    public double MissAcross { get; }
}
