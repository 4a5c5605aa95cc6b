using LofteEvents.Loften;
using LofteEvents.Postgres.Projections;
using LofteEvents.Server.Loften;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace LofteEvents.Server.Pages;

/// <summary>The page of one promise: its whole text, and how each commitment stands with what makes it so.</summary>
internal sealed class LofteModel(
    PositionResolver positions,
    LofteReader loften,
    TimelineReader timelines,
    EvidenceReads evidence,
    Areas areas,
    TimeProvider clock) : PageModel
{
    private const int MomentsShown = 6;

    public LofteAnswer Lofte { get; private set; } = null!;

    public StatusAnswer Status { get; private set; } = null!;

    /// <summary>Its newest moments.</summary>
    public TimelineAnswer Timeline { get; private set; } = null!;

    public LofteNames Names { get; private set; } = null!;

    /// <summary>True where the page shows what was known then and not what is known now.</summary>
    public bool IsPast { get; private set; }

    public async Task<IActionResult> OnGetAsync(string id, CancellationToken cancellationToken)
    {
        var (position, on, fault) = await PageTimes.ReadAsync(HttpContext, positions, clock);
        if (fault is not null)
        {
            return new PageProblem(fault);
        }

        if (await loften.ReadAsync(id, position!, on, cancellationToken) is not { } found)
        {
            return NotFoundPage.Answer(this);
        }

        (Lofte, Status) = (found.Lofte, found.Status.Answer);
        Timeline = (await timelines.ReadAsync(id, position!, on, new Paging(1, MomentsShown), cancellationToken))!;
        IsPast = position!.AsOf is not null;
        var streams = Status.Commitments
            .SelectMany(commitment => commitment.Parts?.Listed ?? [])
            .Select(part => part.Key)
            .Where(key => key.StartsWith("forum/", StringComparison.Ordinal))
            .ToHashSet();
        var forums = await evidence.ForumNamesAsync(streams, cancellationToken);
        Names = new LofteNames(Lofte, areas, forums, PageLanguage.Of(Request));
        return Page();
    }

    /// <summary>Where the page hears of changes; null for a page of the past, which has none.</summary>
    public LofteFeedOfPage? Feed => IsPast ? null : new(
        $"/api/v1/loften/{Lofte.Id}/feed" + (Request.Query["on"].Count > 0 ? $"?on={Status.On:yyyy-MM-dd}" : ""),
        Status.Position);

    public Rule RuleOf(CommitmentAnswer commitment) => Lofte.Commitments.First(one => one.Id == commitment.Id).Rule;
}

/// <param name="Position">What the page rests on.</param>
internal sealed record LofteFeedOfPage(string Address, long Position);
