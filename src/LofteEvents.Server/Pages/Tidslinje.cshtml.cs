using LofteEvents.Postgres.Projections;
using LofteEvents.Server.Loften;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace LofteEvents.Server.Pages;

/// <summary>What happened around a promise, page by page, with the two times of each event.</summary>
internal sealed class TidslinjeModel(
    PositionResolver positions,
    LofteReader loften,
    TimelineReader timelines,
    EvidenceReads evidence,
    Areas areas,
    TimeProvider clock) : PageModel
{
    public LofteAnswer Lofte { get; private set; } = null!;

    public TimelineAnswer Timeline { get; private set; } = null!;

    public LofteNames Names { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(string id, CancellationToken cancellationToken)
    {
        var (position, on, fault) = await PageTimes.ReadAsync(HttpContext, positions, clock);
        if (fault is not null || Paging.Read(Request.Query, out fault) is not { } paging)
        {
            return new PageProblem(fault!);
        }

        if (await loften.ReadAsync(id, position!, on, cancellationToken) is not { } found
            || await timelines.ReadAsync(id, position!, on, paging, cancellationToken) is not { } timeline)
        {
            return NotFoundPage.Answer(this);
        }

        (Lofte, Timeline) = (found.Lofte, timeline);
        var forums = await evidence.ForumNamesAsync(timeline.Items.Select(entry => entry.Stream).ToHashSet(), cancellationToken);
        Names = new LofteNames(Lofte, areas, forums, PageLanguage.Of(Request));
        return Page();
    }
}
