using System.Text.Json.Nodes;
using LofteEvents.Loften;
using LofteEvents.Tests.Tidy;

namespace LofteEvents.Tests.Demonstration;

public sealed class NorrmalmYearTests
{
    // Set to 1, the test writes the file anew instead of comparing it: for whoever changes the rules.
    private const string WriteSetting = "LOFTE_WRITE_DEMONSTRATION";

    private static readonly Lazy<List<Recorded<DomainEvent>>> Said = new(Read);

    private static string Folder => Path.Combine(House.Root, "deploy", "loften");

    private static string FileName => Path.Combine(Folder, "norrmalm-2018-year.ndjson");

    [Fact]
    public async Task The_file_that_ships_is_what_the_rules_make_to_the_byte()
    {
        var made = string.Concat(Made().Select(line => line + "\n"));
        if (Environment.GetEnvironmentVariable(WriteSetting) == "1")
            await File.WriteAllTextAsync(FileName, made, TestContext.Current.CancellationToken);

        var shipped = await File.ReadAllTextAsync(FileName, TestContext.Current.CancellationToken);
        Assert.Equal(made, shipped);
    }

    [Fact]
    public void All_but_the_promise_itself_says_that_it_is_invented()
    {
        foreach (var line in Made().Skip(1))
            Assert.True(line.Contains("påhitta", StringComparison.OrdinalIgnoreCase)
                || line.Contains("atgard-", StringComparison.Ordinal), line);
    }

    [Fact]
    public void Recorded_times_rise_and_nothing_is_known_before_it_is_planned_or_happens()
    {
        var last = DateTimeOffset.MinValue;
        foreach (var line in Made())
        {
            var said = JsonNode.Parse(line)!;
            var recorded = Time(said, "recordedtime");
            var happened = Time(said, "time");
            Assert.True(recorded >= last, line);
            Assert.True(recorded >= happened, line);
            last = recorded;
        }
    }

    [Theory]
    [InlineData("2018-05-15", "unga-narkotika", 3, Verdict.Fulfilled)]
    [InlineData("2018-06-01", "unga-narkotika", 2, Verdict.OnTrack)]
    [InlineData("2018-09-15", "unga-narkotika", 2, Verdict.OnTrack)]
    [InlineData("2018-09-30", "unga-narkotika", 3, Verdict.Fulfilled)]
    [InlineData("2018-09-15", "trafik", 1, Verdict.AtRisk)]
    [InlineData("2018-12-31", "trafik", 4, Verdict.Fulfilled)]
    [InlineData("2018-07-01", "natverk", 2, Verdict.Fulfilled)]
    [InlineData("2018-12-31", "natverk", 4, Verdict.Fulfilled)]
    public void What_was_known_on_a_day_tells_the_story_of_the_year(string on, string commitment, long done, Verdict verdict)
    {
        var day = DateOnly.ParseExact(on, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
        var known = Said.Value.Where(recorded => recorded.RecordedAt < YearWriter.At(day.AddDays(1), 0)).ToList();
        var status = LofteStatusProjection.Fold(
            known.Where(recorded => recorded.Stream == "lofte/norrmalm-2018"), Facts.Of(known, Sample.Areas))!;

        var judged = JudgeLofte.Judge(status, day).Commitments.Single(judged => judged.Id == commitment);

        Assert.Equal((done, verdict), (judged.Done, judged.Verdict));
    }

    // Reads the file as intake would: every payload must fit its schema, and every event must be accepted as it is said.
    private static List<Recorded<DomainEvent>> Read()
    {
        var said = new List<Recorded<DomainEvent>>();
        foreach (var line in Made())
        {
            var cloudEvent = JsonNode.Parse(line)!;
            var name = ((string)cloudEvent["type"]!)["se.lofteevents.".Length..];
            Assert.True(EventCatalogue.TryFind(name, out var type), name);
            var data = System.Text.Encoding.UTF8.GetBytes(cloudEvent["data"]!.ToJsonString());
            using var document = System.Text.Json.JsonDocument.Parse(data);
            Assert.Empty(type.Schema.Check(document.RootElement));
            var stream = (string)cloudEvent["subject"]!;
            var recordedAt = Time(cloudEvent, "recordedtime");
            var happened = type.Decode(data);
            var history = said.Where(earlier => earlier.Stream == stream).ToList();
            var decision = StreamDecisions.Decide(stream, history, happened, new DecisionContext(recordedAt, Sample.Areas));
            Assert.Empty(decision.Refusals);
            Assert.Equal([happened], decision.Events);
            said.Add(new Recorded<DomainEvent>(
                said.Count + 1, EventId.From((string)cloudEvent["source"]!, (string)cloudEvent["id"]!), stream,
                history.Count + 1, happened,
                Time(cloudEvent, "time"), recordedAt));
        }

        return said;
    }

    private static DateTimeOffset Time(JsonNode said, string attribute) =>
        DateTimeOffset.Parse((string)said[attribute]!, System.Globalization.CultureInfo.InvariantCulture);

    private static IReadOnlyList<string> Made() =>
        NorrmalmYear.Lines(JsonNode.Parse(File.ReadAllText(Path.Combine(Folder, "norrmalm-2018.json")))!.AsObject());
}
