using LofteEvents.Loften;
using LofteEvents.Server.Loften;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace LofteEvents.Server.Pages;

/// <summary>Two promises side by side: what was raised, lowered, added and dropped from one to the next.</summary>
internal sealed class JamforelseModel(PositionResolver positions, ComparisonReader comparisons, TimeProvider clock) : PageModel
{
    public LofteComparison Comparison { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(string id, CancellationToken cancellationToken)
    {
        var (position, on, fault) = await PageTimes.ReadAsync(HttpContext, positions, clock);
        if (fault is not null)
        {
            return new PageProblem(fault);
        }

        var (comparison, missing) = await comparisons.ReadAsync(
            id, Request.Query["with"].ToString(), position!, on, cancellationToken);
        if (comparison is null)
        {
            return missing!.Status == StatusCodes.Status404NotFound ? NotFoundPage.Answer(this) : new PageProblem(missing);
        }

        Comparison = comparison;
        return Page();
    }

    public static string Change(CommitmentChange change) => change switch
    {
        CommitmentChange.Same => "Samma",
        CommitmentChange.Raised => "Höjt",
        CommitmentChange.Lowered => "Sänkt",
        CommitmentChange.Added => "Nytt",
        CommitmentChange.Dropped => "Borttaget",
        _ => "Räknas på annat sätt",
    };

    public static string Target(ComparedLine line) => line switch
    {
        { Target: 0 } => "bedöms av en person",
        { Unit: Unit.Minutes } => $"{line.Target / 60} timmar",
        { Unit: Unit.Parts } => $"{line.Target} delar",
        { Unit: Unit.Deliverables } => "en sak klar",
        _ => line.Target.ToString(System.Globalization.CultureInfo.InvariantCulture),
    };
}
