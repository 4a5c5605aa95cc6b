using LofteEvents.Loften;
using LofteEvents.Server.Loften;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace LofteEvents.Server.Pages;

/// <summary>The list of promises, as they stand today or on the day that is asked for.</summary>
internal sealed class IndexModel(PositionResolver positions, LoftenList loften, TimeProvider clock) : PageModel
{
    public Listing<LofteLine> Loften { get; private set; } = new([], 1, Paging.DefaultLimit, 0);

    public bool HasNewer => Loften.Page > 1;

    public bool HasOlder => (long)Loften.Page * Loften.Limit < Loften.Total;

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken)
    {
        var (position, on, fault) = await PageTimes.ReadAsync(HttpContext, positions, clock);
        if (fault is not null || Paging.Read(Request.Query, out fault) is not { } paging)
        {
            return new PageProblem(fault!);
        }

        Loften = await loften.ReadAsync(position!, on, paging, cancellationToken);
        return Page();
    }

    public static IEnumerable<(Verdict Verdict, int Number)> Verdicts(LofteLine lofte) =>
        from verdict in Enum.GetValues<Verdict>()
        let number = lofte.Verdicts.GetValueOrDefault(LoftenJson.Name(verdict))
        where number > 0
        select (verdict, number);
}
