using System.Text.Json;
using LofteEvents.Notices;
using LofteEvents.Postgres.Projections;
using LofteEvents.Server.Errors;

namespace LofteEvents.Server.Notices;

/// <summary>What the list of notices is asked for; what is null is not asked.</summary>
internal sealed record NoticesQuery(string? State, bool? Overdue, string? Recipient)
{
    public static readonly IReadOnlyList<string> Projections = [ProjectionNames.NoticeOverview];

    private static readonly IReadOnlyList<string> s_states =
    [
        .. Enum.GetValues<NoticeStage>().Where(stage => stage != NoticeStage.Unopened)
            .Select(stage => JsonNamingPolicy.KebabCaseLower.ConvertName(stage.ToString())),
    ];

    public static NoticesQuery? Read(IQueryCollection query, out Problem? fault)
    {
        fault = null;
        var (state, overdue, recipient) = (Given(query, "state"), Given(query, "overdue"), Given(query, "recipient"));
        if (state is not null && !s_states.Contains(state))
        {
            fault = Problems.BadQuery("state", $"Give one of {string.Join(", ", s_states)}.");
        }
        else if (overdue is not (null or "true" or "false"))
        {
            fault = Problems.BadQuery("overdue", "Give true or false.");
        }

        return fault is null ? new NoticesQuery(state, overdue is null ? null : overdue == "true", recipient) : null;
    }

    private static string? Given(IQueryCollection query, string name) =>
        query[name].ToString() is { Length: > 0 } text ? text : null;
}
