using System.Text.Json;
using System.Text.Json.Serialization;

namespace LofteEvents.Notices;

/// <summary>
/// What the policy wants done, as data. Its key is made of what it is, so the same work asked for twice is one piece of work;
/// and each piece asks the case again before anything happens, so doing it twice, late or out of order does no harm.
/// </summary>
/// <param name="Notice">The case: the work is about stream <c>notice/{Notice}</c>.</param>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "work")]
[JsonDerivedType(typeof(OpenCase), "open-case")]
[JsonDerivedType(typeof(WithdrawCase), "withdraw-case")]
[JsonDerivedType(typeof(AskAgain), "ask-again")]
[JsonDerivedType(typeof(Deliver), "deliver")]
[JsonDerivedType(typeof(TellOfficer), "tell-officer")]
public abstract record NoticeWork(string Notice)
{
    /// <summary>At most 200 characters; the same for the same work.</summary>
    [JsonIgnore]
    public abstract string Key { get; }

    /// <summary>Work of one lane is done in the order in which it was asked for; at most 200 characters.</summary>
    [JsonIgnore]
    public virtual string Lane => $"notice/{Notice}";

    /// <summary>When it may be done; null for at once.</summary>
    [JsonIgnore]
    public virtual DateTimeOffset? NotBefore => null;

    [JsonIgnore]
    public string Stream => $"notice/{Notice}";

    /// <summary>The work as JSON in UTF-8, as a queue keeps it.</summary>
    public byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(this, NoticesJson.Default.NoticeWork);

    /// <exception cref="JsonException">It is no work that this version knows.</exception>
    public static NoticeWork FromJson(ReadOnlySpan<byte> json) =>
        JsonSerializer.Deserialize(json, NoticesJson.Default.NoticeWork) ?? throw new JsonException("The work is null.");
}

/// <summary>
/// This case must be open with these needs: opens it, reopens it where what it says has changed, and is nothing where it is so.
/// Done by <see cref="NoticeDecisions"/>.
/// </summary>
public sealed record OpenCase(string Notice, NoticeNeed Need) : NoticeWork(Notice)
{
    public override string Key => $"{Notice}/open/{Need.Cause}";
}

/// <summary>
/// This case is not called for any more: closes it where nobody was told, and otherwise has whoever was told corrected. Done as
/// <see cref="OpenCase"/> is.
/// </summary>
/// <param name="Cause">The version of the insats' stream that made it so.</param>
public sealed record WithdrawCase(string Notice, long Cause) : NoticeWork(Notice)
{
    public override string Key => $"{Notice}/withdraw/{Cause}";
}

/// <summary>Asks the case at a time what that time means for it. Done as <see cref="OpenCase"/> is.</summary>
public sealed record AskAgain(string Notice, Clock Clock, DateTimeOffset At) : NoticeWork(Notice)
{
    public override string Key => $"{Notice}/ask/{Clock}/{At.UtcTicks}";

    public override DateTimeOffset? NotBefore => At;
}

/// <summary>
/// Sends the notice by a channel, if <see cref="NoticePolicy.IsOwed"/> still says so, and then says to the case what became of it
/// with <see cref="RecordDelivered"/> or <see cref="RecordFailed"/> (or <see cref="RecordAttempted"/> where a receipt comes
/// later).
/// </summary>
/// <param name="Attempt">The id of every message of this attempt, however often it is sent.</param>
/// <param name="Channel">See <see cref="NoticeChannels"/>; never one that a person must do.</param>
/// <param name="Recipient">Id in the file of recipients.</param>
/// <param name="IsCorrection">True where it says that what was told before does not hold.</param>
public sealed record Deliver(string Notice, Guid Attempt, string Channel, string Recipient, bool IsCorrection)
    : NoticeWork(Notice)
{
    public override string Key => $"{Notice}/deliver/{Attempt}";

    /// <summary>One recipient is told things in their order.</summary>
    public override string Lane => $"recipient/{Recipient}";
}

/// <summary>
/// Tells the officers in charge of the area something about the case, without content: a nudge. What they are told is an event of
/// the case already, and stands in the list of notices.
/// </summary>
public sealed record TellOfficer(string Notice, Guid Attempt, string Area, OfficerNews News) : NoticeWork(Notice)
{
    public override string Key => $"{Notice}/officer/{Attempt}";

    public override string Lane => $"officer/{Area}";
}

/// <summary>What a case is called for: what the policy knows, before the recipient is looked up.</summary>
/// <param name="ClockFrom">When the clock starts.</param>
/// <param name="LearntAt">When the system learnt what made it; a channel is not given up before it was tried.</param>
/// <param name="Stated">The version of the insats' stream that last changed what the notice says.</param>
/// <param name="Cause">The version of the insats' stream that made this need.</param>
public sealed record NoticeNeed(
    NoticeAbout About,
    string Insats,
    NoticeTo To,
    string Area,
    IReadOnlyList<NoticeGround> Grounds,
    int Minutes,
    DateTimeOffset ClockFrom,
    DateTimeOffset LearntAt,
    IReadOnlyList<string> PostponeGrounds,
    IReadOnlyList<string> WaiveGrounds,
    bool MustReachAnAdult,
    long Stated,
    long Cause,
    Guid? Person = null,
    string? HomeMunicipality = null)
{
    /// <summary>True where nothing differs that the case or its notice says.</summary>
    internal bool IsTheSameAs(NoticeNeed other) =>
        (Stated, Area, HomeMunicipality) == (other.Stated, other.Area, other.HomeMunicipality)
        && Grounds.SequenceEqual(other.Grounds);
}

/// <summary>The clocks of a case; in JSON in kebab-case.</summary>
public enum Clock
{
    /// <summary>Half of the time is gone.</summary>
    Fallback,

    /// <summary>All of it is gone.</summary>
    Deadline,

    /// <summary>A postponement lapses.</summary>
    Postponement,
}

/// <summary>What officers in charge are told of a case; in JSON in kebab-case.</summary>
public enum OfficerNews
{
    /// <summary>It waits for a decision.</summary>
    ToDecide,

    /// <summary>Half of its time is gone, and it still waits for a decision.</summary>
    StillToDecide,

    /// <summary>It must be told by phone or in person, now.</summary>
    ToTell,

    /// <summary>Its time is gone and it is not told.</summary>
    Overdue,

    /// <summary>Every channel is given up.</summary>
    NoChannelLeft,
}

/// <summary>
/// JSON of work, of the legal table and of read models: camelCase, enums in kebab-case, absent members left out.
/// </summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    AllowOutOfOrderMetadataProperties = true,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    Converters =
    [
        typeof(KebabCase<NoticeAbout>),
        typeof(KebabCase<NoticeTo>),
        typeof(KebabCase<Clock>),
        typeof(KebabCase<ClockStart>),
        typeof(KebabCase<OfficerNews>),
    ])]
[JsonSerializable(typeof(NoticeWork))]
[JsonSerializable(typeof(LegalTable))]
[JsonSerializable(typeof(RecipientsFile))]
internal sealed partial class NoticesJson : JsonSerializerContext;
