namespace LofteEvents.Loften;

/// <summary>
/// A verdict is a function of a document and a day, so a day that passes needs no event. Only what happened on the judged day or before counts.
/// </summary>
public static class JudgeLofte
{
    public static JudgedLofte Judge(LofteStatus status, DateOnly on) => new(
        status.Id,
        on,
        PhaseOf(status.Term, on),
        [.. status.Commitments.Select(commitment => Judge(commitment, status.Term, on))],
        JudgeFeedback.Judge(status, on));

    private static JudgedCommitment Judge(CommitmentStatus commitment, Term term, DateOnly on)
    {
        var own = OwnTerm(commitment, term);
        var last = on < own.To ? on : own.To;
        var inForce = commitment.InForce(last) ?? commitment.Versions[0];
        var outcome = inForce.Rule switch
        {
            AssessmentRule => JudgeAssessment.Judge(commitment, own, on),
            _ => JudgeCount.Judge(commitment, own, on, version => version.Rule as CountRule),
        };
        var hindrance = commitment.Hindrances.LastOrDefault(hindrance => hindrance.On <= on);
        var phase = PhaseOf(own, on);
        return outcome.ToJudged(commitment, InWords(phase, outcome, hindrance)) with
        {
            Preliminary = PhaseOf(term, on) is Phase.During,
            RuleFrom = inForce.From,
            Hindrance = hindrance,
            Pace = phase is Phase.During && outcome.Verdict is Verdict.OnTrack or Verdict.AtRisk ? outcome.Pace : null,
        };
    }

    /// <summary>A commitment that an amendment added has a term of its own.</summary>
    private static Term OwnTerm(CommitmentStatus commitment, Term term) =>
        commitment.Versions[0].From is { } from && from > term.From ? term with { From = from } : term;

    private static Verdict InWords(Phase phase, Outcome outcome, Hindrance? hindrance) => phase switch
    {
        Phase.Before => Verdict.Upcoming,
        Phase.During => outcome.Verdict,
        _ when hindrance is not null && outcome.Verdict is not Verdict.Fulfilled => Verdict.Hindered,
        _ => outcome.Verdict,
    };

    internal static Phase PhaseOf(Term term, DateOnly on) =>
        on < term.From ? Phase.Before
        : on <= term.To ? Phase.During
        : Phase.After;
}

/// <summary>What a shape of rule says of a commitment, in the words that fit the phase of its term.</summary>
internal sealed record Outcome
{
    public required Verdict Verdict { get; init; }

    public required Unit Unit { get; init; }

    public required long Target { get; init; }

    public required long Done { get; init; }

    public required long Counted { get; init; }

    public long Planned { get; init; }

    public Pace? Pace { get; init; }

    public IReadOnlyList<JudgedPart>? Parts { get; init; }

    public GivenAssessment? Assessment { get; init; }

    public JudgedCommitment ToJudged(CommitmentStatus commitment, Verdict verdict) => new()
    {
        Id = commitment.Id,
        Text = commitment.Text,
        Verdict = verdict,
        Preliminary = false,
        Unit = Unit,
        Target = Target,
        Done = Done,
        Remaining = Math.Max(0, Target - Done),
        Counted = Counted,
        Planned = Planned,
        Parts = Parts,
        Assessment = Assessment,
    };
}
