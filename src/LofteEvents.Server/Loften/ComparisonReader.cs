using LofteEvents.Loften;
using LofteEvents.Server.Errors;

namespace LofteEvents.Server.Loften;

/// <summary>Lays two promises side by side, each as it stands on the day that is asked about.</summary>
internal sealed class ComparisonReader(LofteReader loften)
{
    /// <returns>The comparison, or what stands in its way.</returns>
    public async Task<(LofteComparison? Comparison, Problem? Fault)> ReadAsync(
        string id, string with, PositionAsked position, DateOnly on, CancellationToken cancellationToken)
    {
        if (with.Length == 0)
        {
            return (null, Problems.BadQuery("with", "Name the promise to compare with, such as with=norrmalm-2019."));
        }

        var sides = new List<LofteSide>();
        foreach (var one in new[] { id, with })
        {
            if (await loften.ReadAsync(one, position, on, cancellationToken) is not { } found)
            {
                return (null, Problems.NotFound($"There is no promise '{one}'. GET /api/v1/loften lists them."));
            }

            sides.Add(SideOf(found.Lofte, found.Status, on));
        }

        return (CompareLoften.Compare(sides[0], sides[1]), null);
    }

    private static LofteSide SideOf(LofteAnswer lofte, JudgedStatus status, DateOnly on) => new(
        new ComparedLofte(lofte.Id, lofte.Title, lofte.Area, lofte.Term, on, status.Answer.Phase, status.Answer.Position),
        lofte.Commitments,
        lofte.Problems,
        lofte.Aims,
        JudgeLofte.Judge(status.Snapshot.Status, on));
}
