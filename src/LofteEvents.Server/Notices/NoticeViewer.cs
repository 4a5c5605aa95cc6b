using System.Security.Claims;
using LofteEvents.Notices;
using LofteEvents.Server.Access;

namespace LofteEvents.Server.Notices;

/// <summary>Which notices a caller may see. Whoever may see none of it is told that there is no such notice.</summary>
/// <param name="Subject">The token's <c>sub</c>.</param>
/// <param name="Areas">Those of an officer, with what lies inside; a token without areas opens none.</param>
/// <param name="Recipient">Whose notices a recipient may see; null where the token names none.</param>
internal sealed record NoticeViewer(
    string Subject, bool IsOfficer, IReadOnlyList<string> Areas, bool IsRecipient, string? Recipient, bool IsAuditor)
{
    public static NoticeViewer Of(ClaimsPrincipal caller) => new(
        caller.Subject(),
        caller.Has(Roles.Officer),
        [.. caller.FindAll(Caller.AreasClaim).Select(claim => claim.Value)],
        caller.Has(Roles.Recipient),
        caller.FindFirst(Caller.RecipientClaim)?.Value,
        caller.Has(Roles.Auditor));

    public bool IsInCharge(NoticeOverview notice, Areas areas) =>
        IsOfficer && Areas.Any(area => areas.Contains(area, notice.Terms.Area));

    public bool Receives(NoticeOverview notice) =>
        IsRecipient && Recipient == notice.Terms.Recipient && notice.IsReleased;

    public bool MaySee(NoticeOverview notice, Areas areas) =>
        IsAuditor || IsInCharge(notice, areas) || Receives(notice);

    /// <summary>The content is for those who must act on it; auditors see that there is one.</summary>
    public bool MayOpen(NoticeOverview notice, Areas areas) => IsInCharge(notice, areas) || Receives(notice);

    /// <summary>The areas of an officer and all that lies inside; null where the caller sees every area.</summary>
    public IReadOnlyList<string>? AreasSeen(Areas areas) =>
        IsAuditor || !IsOfficer ? null
        : [.. areas.All.Select(area => area.Id).Where(id => Areas.Any(area => areas.Contains(area, id)))];
}
