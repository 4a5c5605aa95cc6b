using System.Globalization;
using System.Text.Json;
using LofteEvents.Cli.Http;

namespace LofteEvents.Cli;

/// <summary>Notices as lines for people.</summary>
internal static class NoticeLines
{
    public static IEnumerable<string> Of(Listing<NoticeLineAnswer> list, Surroundings around)
    {
        var table = new TextTable("notice", "state", "to", "due");
        foreach (var each in list.Items)
        {
            table.Add(
                each.Id,
                new Cell(each.State, each.Overdue ? Tone.Bad : each.State == "closed" ? Tone.Plain : Tone.Doubtful),
                each.Recipient,
                Due(each, around.Time.GetUtcNow()));
        }

        foreach (var line in table.Lines(around.Width, around.UsesColour))
            yield return line;
        if (list.Total > (long)list.Page * list.Limit)
            yield return $"… more with --page {list.Page + 1}";
        if (list.Total == 0)
            yield return "No notice.";
    }

    public static IEnumerable<string> Of(NoticeAnswer answer, Surroundings around)
    {
        var notice = answer.Notice;
        yield return $"{notice.Id}: {notice.State}, {Due(notice, around.Time.GetUtcNow())}";
        yield return $"about    {notice.About} {notice.Insats}{(notice.Person is { } person ? $", person {person}" : "")}";
        yield return $"to       {notice.RecipientName ?? notice.Recipient} ({notice.To})"
            + (notice.FellBack ? ", by the place: the home is unknown or nobody receives there" : "");
        foreach (var ground in notice.Grounds)
            yield return $"by       {ground.Law}{(ground.Verified ? "" : " (row not verified)")}";
        if (notice.Channel is { } channel)
            yield return $"channel  {channel}";
        if (answer.PostponeGrounds is { Count: > 0 } postpone)
            yield return $"postpone {string.Join(", ", postpone)}";
        if (answer.WaiveGrounds is { Count: > 0 } waive)
            yield return $"waive    {string.Join(", ", waive)}";
        yield return "";
        var table = new TextTable("position", "recorded", "what", "says");
        foreach (var each in answer.History ?? [])
        {
            table.Add(
                Cell.Number(each.Position.ToString(CultureInfo.InvariantCulture)),
                each.RecordedAt.ToString("yyyy-MM-dd HH:mm'Z'", CultureInfo.InvariantCulture),
                each.Type.Split('.')[1],
                Says(each.Data));
        }

        foreach (var line in table.Lines(around.Width, around.UsesColour))
            yield return line;
    }

    /// <summary>The words of an event; what it has of terms stands above.</summary>
    private static string Says(Dictionary<string, JsonElement> data) =>
        string.Join(", ", data
            .Where(each => each.Value.ValueKind != JsonValueKind.Object && each.Key != "attempt")
            .Select(each => $"{each.Key} {each.Value}"));

    private static string Due(NoticeLineAnswer notice, DateTimeOffset now) => notice switch
    {
        { Closed: { } why } => why,
        { Overdue: true } => string.Create(CultureInfo.InvariantCulture, $"overdue by {notice.MinutesOverdue} min"),
        { PostponedUntil: { } until } => string.Create(CultureInfo.InvariantCulture, $"until {until:MM-dd HH:mm}Z"),
        { State: "delivered" } => "told",
        _ => string.Create(CultureInfo.InvariantCulture, $"in {(notice.Deadline - now).TotalMinutes:0} min"),
    };
}
