using System.Text.Json;

namespace LofteEvents.Notices;

/// <summary>
/// Who receives notices, and how, in one deployment: <c>deploy/recipients.json</c>. A notice of an insats goes by its place, one
/// of a person by the home.
/// </summary>
public sealed class Recipients
{
    internal Recipients(RecipientsFile file)
    {
        All = file.Recipients;
        Fallback = file.Fallback;
        Guardians = file.Guardians;
        Officers = file.Officers;
    }

    /// <summary>In the order of the file.</summary>
    public IReadOnlyList<Recipient> All { get; }

    /// <summary>Id of the recipient of what nobody else receives.</summary>
    public string Fallback { get; }

    /// <summary>How guardians are told, in order.</summary>
    public IReadOnlyList<string> Guardians { get; }

    /// <summary>The officers in charge, by area.</summary>
    public IReadOnlyList<OfficersOfArea> Officers { get; }

    /// <summary>The id under which guardians stand: whoever they are is sealed.</summary>
    public const string Guardian = "guardian";

    public Recipient? Find(string id) => All.FirstOrDefault(recipient => recipient.Id == id);

    /// <summary>The officers in charge of an area, or of the nearest one that it lies in; null where nobody is.</summary>
    public OfficersOfArea? InCharge(string area, Areas areas) =>
        areas.Outwards(area).Select(outer => Officers.FirstOrDefault(officers => officers.Area == outer))
            .FirstOrDefault(found => found is not null);

    /// <summary>Reads a deployment's file, or says everything that is wrong with it and where.</summary>
    public static Recipients? Parse(ReadOnlySpan<byte> utf8, Areas areas, out IReadOnlyList<Refusal> refusals)
    {
        RecipientsFile? file;
        try
        {
            refusals = StrictJson.Check(utf8.ToArray()) is { Count: > 0 } faults
                ? [.. faults.Select(fault => new Refusal("recipients.unreadable", fault.Detail, fault.Pointer))]
                : [];
            file = refusals.Count > 0 ? null : JsonSerializer.Deserialize(utf8, NoticesJson.Default.RecipientsFile);
        }
        catch (JsonException fault)
        {
            refusals = [new Refusal("recipients.unreadable", $"The recipients cannot be read: {fault.Message}", fault.Path)];
            return null;
        }

        if (file is null)
            return null;

        refusals = RecipientsCheck.Faults(file, areas);
        return refusals.Count > 0 ? null : new Recipients(file);
    }

    internal (string Recipient, IReadOnlyList<string> Channels, bool FellBack) For(
        NoticeTo to, string? homeMunicipality, string area, Areas areas)
    {
        if (to == NoticeTo.Guardian)
            return (Guardian, Guardians, false);

        var placeMunicipality = areas.MunicipalityOf(area);
        var isAtHome = homeMunicipality is null || homeMunicipality == placeMunicipality;
        var found = (isAtHome ? OfDistrict(area, areas) : null) ?? OfMunicipality(homeMunicipality ?? placeMunicipality);
        if (found is not null)
            return (found.Id, Names(found), false);

        // Nobody receives at the home: those of the place do, and that is seen.
        found = OfDistrict(area, areas) ?? OfMunicipality(placeMunicipality) ?? Find(Fallback)!;
        return (found.Id, Names(found), true);
    }

    private static string[] Names(Recipient found) => [.. found.Channels.Select(channel => channel.Channel)];

    private Recipient? OfDistrict(string area, Areas areas) =>
        areas.Outwards(area)
            .Select(outer => All.FirstOrDefault(recipient => recipient.Areas?.Contains(outer) == true))
            .FirstOrDefault(found => found is not null);

    private Recipient? OfMunicipality(string? municipality) =>
        All.FirstOrDefault(recipient =>
            municipality is not null && recipient.Municipality == municipality && recipient.Areas is null);
}

/// <summary>Social services of a municipality, or of a district of it.</summary>
/// <param name="Id">Kebab-case; the claim <c>recipient</c> of those who may read its notices.</param>
/// <param name="Municipality">Code by Statistics Sweden, four digits.</param>
/// <param name="Channels">In the order in which they are tried; at least one.</param>
/// <param name="Areas">The districts that it receives for; null for all of the municipality.</param>
/// <param name="Nudge">E-mail address for a word without content that there is something to fetch.</param>
public sealed record Recipient(
    string Id,
    string Name,
    string Municipality,
    IReadOnlyList<RecipientChannel> Channels,
    IReadOnlyList<string>? Areas = null,
    string? Nudge = null);

/// <summary>One way of telling a recipient.</summary>
/// <param name="Channel">See <see cref="NoticeChannels"/>.</param>
/// <param name="Url">Of a webhook. Its secrets are settings, never in this file.</param>
/// <param name="Address">Of secure digital communication, or the postal address of a letter.</param>
/// <param name="Phone">Whom to call.</param>
public sealed record RecipientChannel(string Channel, Uri? Url = null, string? Address = null, string? Phone = null);

/// <param name="Area">They are in charge of what happens in it.</param>
/// <param name="Phone">Whom recipients call.</param>
/// <param name="Nudge">E-mail address for a word without content that a case waits.</param>
public sealed record OfficersOfArea(string Area, string Name, string Phone, string? Nudge = null);

internal sealed record RecipientsFile(
    IReadOnlyList<Recipient> Recipients,
    string Fallback,
    IReadOnlyList<string> Guardians,
    IReadOnlyList<OfficersOfArea> Officers);
