using System.Collections.Frozen;
using System.Text.Json;
using LofteEvents.Insatser;

namespace LofteEvents.Notices;

/// <summary>
/// The dated table of who must be told by which rule: <c>legal-grounds.json</c>, in the assembly. It is engineering input, not
/// legal advice. What happened is held against the rows that were in force on its day in Stockholm.
/// </summary>
internal sealed class LegalGrounds
{
    private readonly FrozenDictionary<string, string> _words;

    private LegalGrounds(LegalTable table)
    {
        Rules = table.Rules;
        _words = table.Words.ToFrozenDictionary(StringComparer.Ordinal);
    }

    public static LegalGrounds Shipped { get; } = Load();

    public IReadOnlyList<LegalRule> Rules { get; }

    /// <summary>What a ground of postponing or waiving means; the ground itself where the table has no words for it.</summary>
    public string Meaning(string ground) => _words.GetValueOrDefault(ground, ground);

    /// <summary>Those to be told of an insats of a kind on a day.</summary>
    public IEnumerable<LegalRule> Of(string kind, DateOnly day) =>
        Rules.Where(rule => rule.About == NoticeAbout.Insats && rule.Holds(day) && rule.When.Kinds?.Contains(kind) == true);

    /// <summary>Those to be told of a young person, by the day of the deed.</summary>
    public IEnumerable<LegalRule> Of(YouthFacts young, DateOnly day) =>
        Rules.Where(rule => rule.About == NoticeAbout.Person && rule.Holds(day) && rule.When.Covers(young));

    private static LegalGrounds Load()
    {
        using var stream = typeof(LegalGrounds).Assembly.GetManifestResourceStream("legal-grounds.json")
            ?? throw new InvalidOperationException("The legal table is not in the assembly.");
        return new LegalGrounds(JsonSerializer.Deserialize(stream, NoticesJson.Default.LegalTable)
            ?? throw new JsonException("The legal table is null."));
    }
}

/// <param name="Note">What the table is and is not.</param>
/// <param name="Words">What each ground of postponing or waiving means.</param>
internal sealed record LegalTable(string Note, IReadOnlyDictionary<string, string> Words, IReadOnlyList<LegalRule> Rules);

/// <param name="Id">The same for every version of a rule.</param>
/// <param name="Law">The statute with its number and section.</param>
/// <param name="From">First day on which it holds.</param>
/// <param name="Verified">False where the row was not checked against the statute's text.</param>
/// <param name="Minutes">How long telling may take.</param>
/// <param name="Postpone">Grounds by which it may wait.</param>
/// <param name="Waive">Grounds by which it may be left.</param>
/// <param name="Until">Last day on which it holds; null while it does.</param>
/// <param name="Source">Which text it was checked against.</param>
/// <param name="MustReachAnAdult">Whatever is decided of the guardian, some adult is told.</param>
internal sealed record LegalRule(
    string Id,
    string Law,
    DateOnly From,
    bool Verified,
    NoticeAbout About,
    NoticeTo Tell,
    LegalCondition When,
    int Minutes,
    ClockStart ClockFrom,
    IReadOnlyList<string> Postpone,
    IReadOnlyList<string> Waive,
    DateOnly? Until = null,
    string? Source = null,
    bool MustReachAnAdult = false)
{
    public bool Holds(DateOnly day) => From <= day && day <= (Until ?? DateOnly.MaxValue);

    public NoticeGround Ground => new(Id, Law, From, Verified);
}

/// <summary>Everything that is said must hold; what is not said may be either.</summary>
/// <param name="PrisonPossible">True also covers those of whom nobody said whether prison can follow.</param>
/// <param name="DrugTested">Whatever the test said.</param>
internal sealed record LegalCondition(
    IReadOnlyList<string>? Kinds = null,
    int? AgeFrom = null,
    int? AgeTo = null,
    bool? Suspected = null,
    bool? PrisonPossible = null,
    bool? DeprivedOfLiberty = null,
    bool? DrugTested = null,
    bool? InquiryUnder15 = null)
{
    public bool Covers(YouthFacts young) =>
        young.AgeAtDeed >= (AgeFrom ?? 0)
        && young.AgeAtDeed <= (AgeTo ?? int.MaxValue)
        && Allows(Suspected, young.Suspicion != Suspicion.None)
        && Allows(PrisonPossible, young.PrisonPossible ?? true)
        && Allows(DeprivedOfLiberty, young.DeprivedOfLiberty ?? false)
        && Allows(DrugTested, young.DrugTest is not null)
        && Allows(InquiryUnder15, young.InquiryUnder15 ?? false);

    private static bool Allows(bool? wanted, bool found) => wanted is null || wanted == found;
}

/// <summary>What a clock counts from; in JSON in kebab-case.</summary>
internal enum ClockStart
{
    /// <summary>When it happened, however late it was reported.</summary>
    Happened,

    /// <summary>When the system learnt it.</summary>
    Learnt,
}
