using LofteEvents.Loften;
using LofteEvents.Postgres.Projections;

namespace LofteEvents.Server.Loften;

/// <summary>A promise's line in the list, with how its commitments stand.</summary>
/// <param name="Verdicts">How many commitments have which verdict on the judged day.</param>
internal sealed record LofteLine(
    string Id,
    string Title,
    string Area,
    string? AreaName,
    Term Term,
    IReadOnlyList<string> Owners,
    int Commitments,
    Phase Phase,
    IReadOnlyDictionary<string, int> Verdicts,
    DateOnly? EndedOn,
    int Amendments);

/// <summary>Reads the list of promises, each judged.</summary>
internal sealed class LoftenList(LofteReads loften, StatusReader statuses, Areas areas)
{
    public async Task<Listing<LofteLine>> ReadAsync(
        PositionAsked position, DateOnly on, Paging paging, CancellationToken cancellationToken)
    {
        var (overviews, total) = position.AsOf is { } asOf
            ? await loften.ListAsOfAsync(asOf, paging.Limit, paging.Offset, cancellationToken)
            : await loften.ListAsync(paging.Limit, paging.Offset, cancellationToken);
        var lines = new List<LofteLine>();
        foreach (var overview in overviews)
        {
            var status = await statuses.ReadAsync(overview.Id, position, on, cancellationToken);
            lines.Add(Of(overview, status?.Answer));
        }

        return paging.Listing(lines, total);
    }

    private LofteLine Of(LofteOverview overview, StatusAnswer? status) => new(
        overview.Id,
        overview.Title,
        overview.Area,
        areas.TryFind(overview.Area, out var area) ? area.Name : null,
        overview.Term,
        overview.Owners,
        overview.Commitments,
        status?.Phase ?? Phase.Before,
        (status?.Commitments ?? [])
            .GroupBy(commitment => commitment.Verdict)
            .OrderBy(group => group.Key)
            .ToDictionary(group => LoftenJson.Name(group.Key), group => group.Count()),
        overview.EndedOn,
        overview.Amendments);
}
