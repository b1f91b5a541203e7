using WeakToStrong.Cli.Shell;
using WeakToStrong.Claims;
using WeakToStrong.Claims.Suite;

namespace WeakToStrong.Cli.Commands;

/// <summary><c>w2s verify</c>: every claim, with a verdict; or, with --self-test, whether each test sees a wrong formula.</summary>
internal static class VerifyCommand
{
    /// <summary>Claims whose test has less power than this are counted in the summary.</summary>
    private const double EnoughPower = 0.9;

    public static ShellCommand Create()
    {
        string ids = string.Join(", ", ClaimCatalog.All.Select(c => c.Id));
        var claims = Options.Parsed<IReadOnlyList<Claim>>(
            "--claim", "Only these claims, as a list of ids. [default: all]", $"a list of {ids}", ReadClaims, ClaimCatalog.All, "ID,...");
        var selfTest = new FlagOption("--self-test", "Replace each formula by a wrong one and see that its claim is then refuted.");
        return new ShellCommand(
            "verify", "Every claim of the paper, checked, with a verdict.", Run, writesTable: true, claims, selfTest)
        {
            Examples = ["verify", "verify --claim theorem-4,equation-5 --format json", "verify --self-test"],
        };

        ExitStatus Run(CommandContext context) => context.Has(selfTest) ? SelfTest(context, context.Get(claims)!) : Verify(context, context.Get(claims)!);
    }

    private static ExitStatus Verify(CommandContext context, IReadOnlyList<Claim> claims)
    {
        IReadOnlyList<ClaimVerdict> verdicts = ClaimCatalog.Verify(claims, context.Seed, context.Run);
        context.Write(ClaimCatalog.ToTable(verdicts));
        int weak = verdicts.Count(v => v.Evidence.Power < EnoughPower);
        string badly = $"refuted, {weak} with power below {EnoughPower} against a 1% error";
        return Status(context, "claim", verdicts.Count, claims.Count, verdicts.Count(v => v.Verdict == Verdict.Refuted), badly);
    }

    private static ExitStatus SelfTest(CommandContext context, IReadOnlyList<Claim> claims)
    {
        IReadOnlyList<Falsification> falsifications = ClaimCatalog.SelfTest(claims, context.Seed, context.Run);
        context.Write(ClaimCatalog.ToTable(falsifications));
        return Status(
            context, "wrong formula", falsifications.Count, claims.Sum(c => c.Falsifications.Count),
            falsifications.Count(f => f.Verdict.Verdict != Verdict.Refuted), "not refuted");
    }

    private static ExitStatus Status(CommandContext context, string what, int done, int asked, int bad, string badly)
    {
        if (done < asked)
            return context.Interrupted($"{done} of {Count(asked, what)} are judged and written, {bad} {badly}");
        context.Note($"{Count(done, what)} judged, {bad} {badly}");
        return bad > 0 ? ExitStatus.Failed : ExitStatus.Done;
    }

    private static string Count(int number, string what) => number == 1 ? $"1 {what}" : $"{number} {what}s";

    private static string? ReadClaims(string text, out IReadOnlyList<Claim>? claims)
    {
        claims = null;
        try
        {
            claims = ClaimCatalog.Find(text.Split(',', StringSplitOptions.TrimEntries));
            return null;
        }
        catch (InputException e)
        {
            return e.Message;
        }
    }
}
