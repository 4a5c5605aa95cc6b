namespace LofteEvents.Loften;

/// <summary>What a shape of rule is judged by.</summary>
/// <param name="Versions">The versions of the rule, or of the part of it that is judged.</param>
/// <param name="Term">The commitment's own: one that an amendment added begins with it.</param>
/// <param name="SignedTo">The last day of the term that was signed.</param>
internal sealed record Judging(
    CommitmentStatus Commitment, IReadOnlyList<RuleVersion> Versions, Term Term, DateOnly SignedTo, DateOnly On)
{
    public Phase Phase => JudgeLofte.PhaseOf(Term, On);

    /// <summary>The judged day, or the last of the term where that is over.</summary>
    public DateOnly LastDay => Days.Earlier(On, Term.To);

    /// <summary>The version in force on the judged day.</summary>
    public RuleVersion Current => InForce(LastDay);

    public RuleVersion InForce(DateOnly day) =>
        Versions.LastOrDefault(version => version.From is null || version.From <= day) ?? Versions[0];

    public static Judging Of(LofteStatus status, CommitmentStatus commitment, DateOnly on) => new(
        commitment,
        commitment.Versions,
        commitment.Versions[0].From is { } from ? status.Term with { From = Days.Later(from, status.Term.From) } : status.Term,
        status.SignedTerm.To,
        on);

    /// <summary>The same of a part of the rule, in those versions that have it; null where none has.</summary>
    public Judging? OfPart(Func<RuleVersion, RuleVersion?> part)
    {
        var versions = Versions.Select(part).OfType<RuleVersion>().ToList();
        return versions.Count == 0 ? null : this with { Versions = versions };
    }
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

    /// <summary>What one of the parts is called, where there are any.</summary>
    public string? PartName { get; init; }

    public IReadOnlyList<JudgedCommitment>? Of { get; init; }

    public GivenAssessment? Assessment { get; init; }

    public JudgedResponses? Responses { get; init; }

    public JudgedDeliverable? Deliverable { get; init; }

    public PreferredShare? Preferred { get; init; }

    public JudgedCommitment ToJudged(string id, string text, Verdict verdict) => new()
    {
        Id = id,
        Text = text,
        Verdict = verdict,
        Preliminary = false,
        Unit = Unit,
        Target = Target,
        Done = Done,
        Remaining = Math.Max(0, Target - Done),
        Counted = Counted,
        Planned = Planned,
        Parts = Parts,
        PartName = Parts is null ? null : PartName,
        Of = Of,
        Assessment = Assessment,
        Responses = Responses,
        Deliverable = Deliverable,
        Preferred = Preferred,
    };
}
