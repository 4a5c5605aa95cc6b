using System.Text.Json.Nodes;
using LofteEvents.Insatser;
using LofteEvents.Notices;
using LofteEvents.Postgres.Projections;
using LofteEvents.Postgres.Subjects;
using LofteEvents.Subjects;

namespace LofteEvents.Server.Notices;

/// <summary>Opens what a notice says. Whatever is about a person is recorded as read before it is answered.</summary>
internal sealed class NoticeContentReader(
    NoticeReads notices,
    SealedParts parts,
    IEventStore store,
    Recipients recipients,
    Areas areas,
    TimeProvider clock)
{
    private const string Source = "urn:lofte:notices";

    /// <returns>Null where there is no such notice, or none that the caller may open.</returns>
    public async Task<NoticeContent?> OpenAsync(string id, NoticeViewer viewer, CancellationToken cancellationToken)
    {
        var history = await notices.HistoryAsync(id, cancellationToken);
        if (NoticeReader.Overview(history) is not { } notice || !viewer.MayOpen(notice, areas))
        {
            return null;
        }

        var stored = await notices.StoredAsync(notice.Terms.Insats, cancellationToken);
        var report = stored.Select(EventCatalogue.Decode).OfType<InsatsFacts>().LastOrDefault();
        var said = stored.Where(each => IsOf(notice.Terms.Person, EventCatalogue.Decode(each))).Reverse().ToList();
        var opened = await OpenAsync(notice, said, viewer.Subject, cancellationToken);
        return new NoticeContent(
            id,
            notice.Terms.About,
            notice.IsCorrection,
            notice.Terms.Grounds,
            Insats(notice, report),
            notice.IsCorrection || said.Count == 0 ? null : ToldPerson.Of((YouthFacts)EventCatalogue.Decode(said[0])),
            notice.IsCorrection ? null : opened,
            recipients.InCharge(notice.Terms.Area, areas) is { } officers ? new Call(officers.Name, officers.Phone) : null);
    }

    private ToldInsats? Insats(NoticeOverview notice, InsatsFacts? facts) =>
        facts is null || notice.IsCorrection
            ? new ToldInsats(notice.Terms.Insats, null, null, null, null, null, null, null)
            : new ToldInsats(
                notice.Terms.Insats,
                facts.Kind,
                facts.Place.Area,
                areas.TryFind(facts.Place.Area, out var area) ? area.Name : null,
                facts.Place.Name,
                facts.From,
                facts.To,
                (facts as InsatsReport)?.MinorsEncountered);

    private static bool IsOf(Guid? person, DomainEvent happened) =>
        person is not null && happened is YouthFacts young && young.Person == person;

    /// <summary>
    /// Opens the newest sealed part of the person. Where nothing is sealed, what is said under the opaque id is read, and that is
    /// recorded too.
    /// </summary>
    private async Task<ToldSealed?> OpenAsync(
        NoticeOverview notice, List<StoredEvent> said, string actor, CancellationToken cancellationToken)
    {
        foreach (var each in said)
        {
            switch (await parts.OpenAsync(each.Stream, each.Id, $"notice/{notice.Id}", actor, cancellationToken))
            {
                case OpenedPart.Opened opened:
                    return new ToldSealed("opened", JsonNode.Parse(opened.Json.Span));
                case OpenedPart.Forgotten:
                    return new ToldSealed("forgotten", null);
                case OpenedPart.Damaged:
                    return new ToldSealed("damaged", null);
            }
        }

        if (said.Count > 0)
        {
            await RecordAsync(notice, said[0], actor, cancellationToken);
        }

        return null;
    }

    private async Task RecordAsync(NoticeOverview notice, StoredEvent read, string actor, CancellationToken cancellationToken)
    {
        var opening = Guid.CreateVersion7();
        var said = new AccessRead(read.Id, "", $"notice/{notice.Id}", opening);
        var type = EventCatalogue.Of(said);
        var headers = new EventHeaders(Source, null, clock.GetUtcNow(), actor).ToJson();
        var stream = Subject.StreamOf(notice.Terms.Person!.Value);
        var append = new StreamAppend(stream, null, [new NewEvent(opening, type.Name, type.Encode(said), headers)]);
        await store.AppendAsync(new AppendRequest([append]), cancellationToken);
    }
}

/// <summary>What a notice says to its recipient.</summary>
/// <param name="IsCorrection">What was told before does not hold: nothing else is said.</param>
/// <param name="Grounds">The rules of law that it rests on.</param>
/// <param name="Person">The facts about the person; null in the notice of an insats.</param>
/// <param name="Sealed">What is sealed of the person, opened on record; null where nothing is.</param>
/// <param name="Call">Whom to call.</param>
internal sealed record NoticeContent(
    string Notice,
    NoticeAbout About,
    bool IsCorrection,
    IReadOnlyList<NoticeGround> Grounds,
    ToldInsats? Insats,
    ToldPerson? Person,
    ToldSealed? Sealed,
    Call? Call);

/// <param name="State"><c>opened</c>, <c>forgotten</c> where the person's key is destroyed, or <c>damaged</c>.</param>
/// <param name="Data">As the publisher said it.</param>
internal sealed record ToldSealed(string State, JsonNode? Data);

/// <summary>That an insats took place, where and when, and how many minors were met.</summary>
internal sealed record ToldInsats(
    string Stream,
    string? Kind,
    string? Area,
    string? AreaName,
    string? Place,
    DateTimeOffset? From,
    DateTimeOffset? To,
    int? MinorsEncountered);

/// <summary>What social services are told of a person, under the opaque id.</summary>
internal sealed record ToldPerson(
    Guid Person,
    int AgeAtDeed,
    string Suspicion,
    string? Offence,
    bool? PrisonPossible,
    bool? DeprivedOfLiberty,
    string? DrugTest,
    bool? MediationOffered,
    bool? InquiryUnder15,
    string? HomeMunicipality)
{
    public static ToldPerson Of(YouthFacts young) => new(
        young.Person,
        young.AgeAtDeed,
        Loften.LoftenJson.Name(young.Suspicion),
        young.Offence,
        young.PrisonPossible,
        young.DeprivedOfLiberty,
        young.DrugTest is { } test ? Loften.LoftenJson.Name(test) : null,
        young.MediationOffered,
        young.InquiryUnder15,
        young.HomeMunicipality);
}

internal sealed record Call(string Name, string Phone);
