using System.Globalization;
using LofteEvents.Postgres.Projections;
using LofteEvents.Server.Loften;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace LofteEvents.Server.Pages;

/// <summary>One commitment event by event: what counts, what does not, and why not.</summary>
internal sealed class AtagandeModel(
    PositionResolver positions,
    LofteReader loften,
    CommitmentReader commitments,
    EvidenceReads evidence,
    Areas areas,
    TimeProvider clock) : PageModel
{
    public CommitmentEventsAnswer Answer { get; private set; } = null!;

    public LofteAnswer Lofte { get; private set; } = null!;

    public LofteNames Names { get; private set; } = null!;

    public bool HasMore =>
        (long)Answer.Counted.Page * Answer.Counted.Limit < Math.Max(Answer.Counted.Total, Answer.NotCounted.Total);

    /// <summary>The query of another page of the same lists.</summary>
    public (string Name, string Value)[] AtPage(int page) => Request.Query["until"].ToString() is { Length: > 0 } until
        ? [("page", page.ToString(CultureInfo.InvariantCulture)), ("until", until)]
        : [("page", page.ToString(CultureInfo.InvariantCulture))];

    public async Task<IActionResult> OnGetAsync(string id, string commitment, CancellationToken cancellationToken)
    {
        var (position, on, fault) = await PageTimes.ReadAsync(HttpContext, positions, clock);
        if (fault is not null || CommitmentPage.Read(Request.Query, out fault) is not { } page)
        {
            return new PageProblem(fault!);
        }

        if (await loften.ReadAsync(id, position!, on, cancellationToken) is not { } found
            || await commitments.ReadAsync(id, commitment, position!, on, page, cancellationToken) is not { } answer)
        {
            return NotFoundPage.Answer(this);
        }

        (Lofte, Answer) = (found.Lofte, answer);
        var forums = await evidence.ForumNamesAsync(
            answer.NotCounted.Items.Select(item => item.Event.Stream).ToHashSet(), cancellationToken);
        Names = new LofteNames(Lofte, areas, forums, PageLanguage.Of(Request));
        return Page();
    }
}
