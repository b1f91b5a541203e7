namespace WeakToStrong.Figures.Recipes;

/// <summary>
/// The nine figures of Moniri and Hassani (2025) with their settings (Section 4, Appendices D and E). Ranges of the ridges are not given
/// there; these show every feature that the text speaks of.
/// </summary>
internal static class PaperFigures
{
    public static IReadOnlyList<IFigureRecipe> All { get; } =
    [
        new GapMap(
            "1", "Gap of student and teacher over both ridges",
            "Test-error gap $ℒ_s − ℒ_t$ of a ridge student and its ridge teacher: blue where the student wins. Filled: mean over simulated "
            + "trials, in steps that differ between the two sides of zero; dashed red: limit of Theorem 4 at the same levels; solid: the "
            + "curve $ℒ_s = ℒ_t$ in closed form (Theorem 5); dashed black: the teacher's optimal ridge $λ_t^*$. An under-parameterized "
            + "student (left) beats every under-regularized teacher if its own ridge is small enough; an over-parameterized one (right) "
            + "needs a ridge inside a window and a teacher well below $λ_t^*$.",
            new GapMapPanel(
                "left", "under-parameterized, $γ_s = 0.25$", "d=500&n_teacher=2000&n_student=2000&noise_variance=1",
                [-0.06, -0.045, -0.03, -0.015, 0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6]),
            new GapMapPanel(
                "right", "over-parameterized, $γ_s ≈ 1.2$", "d=500&n_teacher=2000&n_student=416&noise_variance=4",
                [-0.5, -0.4, -0.3, -0.2, -0.1, 0, 0.1, 0.2, 0.3, 0.4])),
        new GapMap(
            "2", "Gap of a feature-aligned student and its teacher",
            "As Figure 1, for a student whose weighted ridge favours one direction aligned with the target. Dashed red: Theorem 8, whose "
            + "spike is infinite; the simulated spike is $w = d$. The student now also beats teachers right of $λ_t^*$.",
            new GapMapPanel(
                "left", "under-parameterized, $ζ = 0.8$",
                "d=500&n_teacher=2000&n_student=2000&noise_variance=1&alignment=0.8",
                [-0.12, -0.09, -0.06, -0.03, 0, 0.03, 0.06, 0.09, 0.12, 0.15]),
            new GapMapPanel(
                "right", "over-parameterized, $ζ = 0.88$",
                "d=500&n_teacher=2000&n_student=416&noise_variance=1&alignment=0.88",
                [-0.14, -0.11, -0.08, -0.05, -0.02, 0, 0.02, 0.04, 0.06])),
        new AlignmentSweep(
            "3", "Student error and feature alignment",
            "Test error of a weighted-ridge student of an optimally tuned teacher (dashed) against its ridge, for four alignments $ζ$ of "
            + "its favoured direction. Solid: Theorem 8; dotted: the same with the finite spike $w = d$ that is simulated; circles: "
            + "simulation, with one standard error. The better aligned student beats the best teacher; at large $λ_s$ the finite spike "
            + "matters.",
            new("simulate", "d=500&n_teacher=2000&n_student=2000&noise_variance=1&lambda_teacher=0.25"), [0, 0.68, 0.89, 0.98]),
        new StudentFunction(
            "4", "The student's side of Theorem 5",
            "$H_1$ against the student's ridge. The student wins where $H_1$ lies above $H_2$, a number below 0 that the teacher alone "
            + "decides. Below $γ_s = 1$ (green) $H_1$ falls from 0, so small ridges win; above (orange) it starts and ends at $−1$, so a "
            + "window wins or nothing does."),
        new StudentFunctionRoots(
            "5", "Ridges at which student and teacher tie",
            "Solutions $λ_s$ of $H_1(λ_s; γ_s) = c$ against $c$: one below $γ_s = 1$ (green), two above (orange), which meet at the "
            + "threshold of the corrected equation (5); dashed blue: $γ_s = 1$."),
        new DoubleDescent(
            "6", "Double descent of the student, ridgeless teacher, low noise",
            "Test error of the student against $γ_t$ for a ridgeless teacher and little noise. Lines: Theorem 4; circles: simulation, with "
            + "one standard error; dashed: the teacher. At $γ_t = 1$ the teacher's error and with it every student's diverges.",
            noise: 0.2, shareOfOptimum: 0, lowest: 0, highest: 1.5),
        new DoubleDescent(
            "7", "Double descent of the student, ridgeless teacher",
            "As Figure 6 with the noise at full strength: the peak at $γ_t = 1$ is wider, and strong regularization of the student pays "
            + "almost everywhere.",
            noise: 1, shareOfOptimum: 0, lowest: 1, highest: 6),
        new DoubleDescent(
            "8", "No double descent below an optimally regularized teacher",
            "As Figure 7 with the teacher's ridge at its optimum $λ_t^* = σ^2γ_t$: the student's error grows monotonically, and no student "
            + "beats its teacher.",
            noise: 1, shareOfOptimum: 1, lowest: 1, highest: 2),
        new DoubleDescent(
            "9", "Double descent below an under-regularized teacher",
            "As Figure 8 with the teacher's ridge at $0.15 λ_t^*$: the bump returns, finite now, and a regularized student beats its "
            + "teacher around it.",
            noise: 1, shareOfOptimum: 0.15, lowest: 1, highest: 2.2),
    ];
}
