using System.CommandLine;
using System.Globalization;
using LofteEvents.Evaluations;
using LofteEvents.Postgres;
using LofteEvents.Postgres.EventStore;
using LofteEvents.Postgres.Projections;

namespace LofteEvents.Cli;

/// <summary>Which history an evaluation tells, and of which day, as <c>--as-of</c> and <c>--on</c> say it.</summary>
internal sealed class EvaluatedOptions
{
    private readonly Option<string?> _asOf = new("--as-of")
    {
        Description = "What was known then: a recorded time with offset, or @position. Default: everything.",
        HelpName = "TIME",
    };

    private readonly Option<string?> _on = new("--on")
    {
        Description = "The day that is judged, inclusive (yyyy-MM-dd). Default: the day of --as-of in Stockholm, else today.",
        HelpName = "DAY",
    };

    private readonly Option<string?> _areas = new("--areas")
    {
        Description = "The deployment's areas. Default: Lofte__Areas, or deploy/areas.json of the checkout.",
        HelpName = "FILE",
    };

    public EvaluatedOptions() => _on.Validators.Add(result =>
    {
        if (result.GetValueOrDefault<string?>() is { } day && DayOf(day) is null)
        {
            result.AddError($"--on '{day}' is no day: write it as yyyy-MM-dd, such as 2018-11-15.");
        }
    });

    public void AddTo(Command command)
    {
        command.Add(_asOf);
        command.Add(_on);
        command.Add(_areas);
    }

    public Task<Areas?> ReadAreasAsync(ParseResult parsed, Surroundings around, CancellationToken cancellationToken) =>
        around.ReadAreasAsync(parsed.GetValue(_areas), cancellationToken);

    /// <summary>Null, with a sentence said, where they cannot be met.</summary>
    public async Task<EvaluationPoint?> ReadAsync(
        ParseResult parsed,
        LofteDatabase database,
        PostgresEventStore store,
        Surroundings around,
        CancellationToken cancellationToken)
    {
        var (asOf, on) = (parsed.GetValue(_asOf), DayOf(parsed.GetValue(_on)));
        var head = await store.HeadAsync(cancellationToken);
        var loften = new LofteReads(database.App, store);
        if (asOf is null)
        {
            var newest = await loften.RecordedAtAsync(head, cancellationToken);
            return new EvaluationPoint(head, newest, on ?? Stockholm.DayOf(around.Time.GetUtcNow()));
        }

        DateTimeOffset time = default;
        long position;
        if (asOf is ['@', .. var digits] && long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out position))
        {
            if (position > head)
            {
                around.Error.WriteLine($"lofte: --as-of {asOf} is not reached yet: the newest event is at {head}.");
                return null;
            }
        }
        else if (TryReadTime(asOf, out time))
        {
            position = await store.PositionAtAsync(time, cancellationToken);
        }
        else
        {
            around.Error.WriteLine(
                $"lofte: --as-of '{asOf}' is neither a time with offset, such as 2018-11-15T00:00:00+01:00, nor @position.");
            return null;
        }

        var recordedAt = await loften.RecordedAtAsync(position, cancellationToken);
        var known = time == default ? recordedAt ?? around.Time.GetUtcNow() : time;
        return new EvaluationPoint(position, recordedAt, on ?? Stockholm.DayOf(known));
    }

    /// <summary>True where the projection of counted facts has not come so far, so that the log itself must be folded.</summary>
    public static async Task<bool> IsAheadAsync(
        EvaluationPoint at, LofteDatabase database, Surroundings around, CancellationToken cancellationToken)
    {
        var states = await new ProjectionStates(database.App).ReadAsync(cancellationToken);
        if (states.Single(state => state.Name == ProjectionNames.LofteStatus).Position >= at.Position)
        {
            return false;
        }

        around.Error.WriteLine("The projection has not come so far: folding the log itself.");
        return true;
    }

    /// <summary>Without an offset a time would mean that of the machine, wherever it stands.</summary>
    private static bool TryReadTime(string text, out DateTimeOffset time)
    {
        time = default;
        return (text.EndsWith('Z') || (text.Length > 6 && text[^3] == ':' && text[^6] is '+' or '-'))
            && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out time);
    }

    private static DateOnly? DayOf(string? text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;
}
