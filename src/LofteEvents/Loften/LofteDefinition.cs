using System.Text.Json.Serialization;

namespace LofteEvents.Loften;

/// <summary>
/// A promise as it was signed: what is published, and how each commitment is counted. It is the payload of <c>lofte.given.v1</c>
/// and the content of a file under <c>deploy/loften</c>. The counting rules are frozen with it; a change is an amendment.
/// </summary>
public sealed record LofteDefinition
{
    /// <summary>The stream is <c>lofte/{id}</c>; such as <c>norrmalm-2018</c>.</summary>
    public required string Id { get; init; }

    public required string Title { get; init; }

    /// <summary>Id of the area that the promise is made for.</summary>
    public required string Area { get; init; }

    public required Term Term { get; init; }

    /// <summary>The parties that promise, such as <c>polis</c> and <c>kommun</c>.</summary>
    public required IReadOnlyList<string> Owners { get; init; }

    /// <summary>Languages in which the promise is published, as BCP 47 tags; Swedish where nothing is said.</summary>
    public IReadOnlyList<string>? Languages { get; init; }

    /// <summary>Which published source was signed, where several differ.</summary>
    public SignedSource? Source { get; init; }

    /// <summary>The published text verbatim, its slips included.</summary>
    public required string Text { get; init; }

    /// <summary>The agreed problems behind the promise. They have no order of rank, so they are never numbered.</summary>
    public required IReadOnlyList<string> Problems { get; init; }

    /// <summary>What is to be achieved.</summary>
    public required IReadOnlyList<string> Aims { get; init; }

    /// <summary>The kinds that the rules may select.</summary>
    public required IReadOnlyList<DeclaredKind> Kinds { get; init; }

    public required IReadOnlyList<Commitment> Commitments { get; init; }

    /// <summary>When the promise says that it will be evaluated.</summary>
    public EvaluationWindow? Evaluation { get; init; }

    /// <summary>Whom it is promised to hear how it went, and by when.</summary>
    public IReadOnlyList<FeedbackPromise>? Feedback { get; init; }
}

/// <summary>Both days belong to it; days are those of Europe/Stockholm.</summary>
public sealed record Term(DateOnly From, DateOnly To)
{
    internal int Days => To.DayNumber - From.DayNumber + 1;

    internal bool Contains(DateOnly day) => From <= day && day <= To;

    /// <summary>What of it lies inside another; reversed where nothing does.</summary>
    internal Term Clip(Term outer) => new(Loften.Days.Later(From, outer.From), Loften.Days.Earlier(To, outer.To));
}

/// <param name="Published">What was signed and where it stands, such as <c>polisen.se, Medborgarlöfte på Norrmalm</c>.</param>
/// <param name="Version">Which version of it, where there were several.</param>
public sealed record SignedSource(string Published, string? Version = null);

/// <param name="Id">Kebab-case, as in the events: <c>youth-narcotics</c>.</param>
/// <param name="Name">What people call it, in the language of the promise.</param>
public sealed record DeclaredKind(string Id, string Name);

/// <summary>One line of a promise that can be judged.</summary>
/// <param name="Id">Unique within the promise; kebab-case.</param>
/// <param name="Text">The published line verbatim.</param>
/// <param name="SharesEventsWith">Ids of other commitments that one and the same event may serve as well. Without it no event
/// counts for two.</param>
/// <param name="Follows">Indicators that are followed beside it. Counting activity says nothing about their effect, so they never
/// decide.</param>
public sealed record Commitment(
    string Id,
    string Text,
    Rule Rule,
    IReadOnlyList<string>? SharesEventsWith = null,
    IReadOnlyList<FollowedIndicator>? Follows = null);

/// <param name="Indicator">Its stream: <c>indicator/trygghet-norrmalm</c>.</param>
/// <param name="Aim">Which way it is hoped to go.</param>
/// <param name="Baseline">What it is compared with.</param>
public sealed record FollowedIndicator(string Indicator, IndicatorAim Aim, IndicatorBaseline? Baseline = null);

public enum IndicatorAim
{
    Lower,
    Higher,
}

/// <param name="Source">Where the value is published.</param>
public sealed record IndicatorBaseline(
    [property: JsonConverter(typeof(ExactNumber))] decimal Value, string Source, DateOnly? On = null);

/// <param name="Text">The published sentence verbatim.</param>
public sealed record EvaluationWindow(DateOnly From, DateOnly To, string Text);

/// <param name="By">The last day on which the promise of feedback is kept.</param>
/// <param name="Text">The published sentence verbatim, where there is one.</param>
public sealed record FeedbackPromise(FeedbackAudience To, DateOnly By, string? Text = null);
