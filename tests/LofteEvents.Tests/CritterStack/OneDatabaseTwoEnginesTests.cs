#if CRITTERSTACK
using System.Text.Json.Nodes;
using LofteEvents.CritterStack;
using LofteEvents.Postgres;
using LofteEvents.Postgres.EventStore;
using LofteEvents.Postgres.Projections;
using LofteEvents.Tests.Contracts;
using LofteEvents.Tests.Demonstration;
using LofteEvents.Tests.Postgres;
using LofteEvents.Tests.Tidy;
using Marten;
using Microsoft.Extensions.Logging.Abstractions;

namespace LofteEvents.Tests.CritterStack;

/// <summary>A database that one engine made and filled is the other's as it lies, in both directions.</summary>
public sealed class One_database_for_both_engines(DatabaseFixture fixture) : IClassFixture<DatabaseFixture>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private TestDatabase Database => fixture.Database;

    [Fact]
    public async Task What_one_engine_wrote_the_other_opens_reads_rebuilds_and_goes_on_with()
    {
        await using var postgres = new PostgresEventStore(Database.App);
        await AppendYearAsync(postgres);
        await ProjectAsync(postgres);
        var documents = await DocumentsAsync();
        var facts = await RowsAsync(FactRows);
        documents.Count.ShouldBe(2);
        facts.Count.ShouldBeGreaterThan(250);

        await using var marten = DocumentStore.For(options => LofteMarten.Configure(options, Database.Owner, Sample.Areas));
        await MartenFindsNothingToChangeAsync(marten);
        await MartenReadsEveryEventAsync(marten, postgres);
        await RebuildAsync(marten);
        (await DocumentsAsync()).ShouldBe(documents);
        (await RowsAsync(FactRows)).ShouldBe(facts);

        await using var onMarten = new MartenEventStore(marten, Database.Owner);
        await MartenAppendsAsync(onMarten);
        await LofteSchema.AssertAsync(Database.Owner, Token);
        await ProjectAsync(postgres);
        var byDefault = await DocumentsAsync();
        byDefault.ShouldNotBe(documents, "the insats that Marten appended counts");
        await RebuildAsync(marten);
        (await DocumentsAsync()).ShouldBe(byDefault);
    }

    private const string FactRows =
        """
        SELECT jsonb_build_array(stream, item, position, superseded_by, type, kind, areas, day, fact)::text
        FROM lofte.counted_fact
        ORDER BY stream, item, position
        """;

    private async Task MartenFindsNothingToChangeAsync(DocumentStore marten)
    {
        // Marten adds its own functions and the tables that only it uses; then it must be content, and so must the default
        // engine be.
        await MartenHosting.ApplySchemaAsync(Database.Owner, Sample.Areas, Token);
        await marten.Storage.Database.AssertDatabaseMatchesConfigurationAsync(Token);
    }

    private async Task MartenReadsEveryEventAsync(DocumentStore marten, PostgresEventStore postgres)
    {
        await LofteSchema.AssertAsync(Database.Owner, Token);
        await using var session = marten.QuerySession();
        var streams = 0;
        await foreach (var stored in postgres.ReadAllAsync(0, long.MaxValue, Token))
        {
            if (stored.Version != 1)
            {
                continue;
            }

            streams++;
            var read = await session.Events.FetchStreamAsync(stored.Stream, token: Token);
            var ours = await postgres.ReadStreamAsync(stored.Stream, 0, int.MaxValue, Token).ToListAsync(Token);
            read.Select(MartenEvents.ToRecorded).Select(Comparable)
                .ShouldBe(ours.Select(EventCatalogue.ToRecorded).Select(Comparable));
        }

        streams.ShouldBeGreaterThan(200);
    }

    // Records with lists compare by reference, so the event is compared by the JSON that it is written as.
    private static string Comparable(Recorded<DomainEvent> recorded) =>
        $"{recorded.Position} {recorded.Id} {recorded.Stream} {recorded.Version} {recorded.HappenedAt.UtcDateTime:O} "
        + $"{recorded.RecordedAt.UtcDateTime:O} "
        + System.Text.Encoding.UTF8.GetString(EventCatalogue.Of(recorded.Event).Encode(recorded.Event));

    private static async Task RebuildAsync(DocumentStore marten)
    {
        using var daemon = await marten.BuildProjectionDaemonAsync();
        foreach (var name in ProjectionNames.All)
        {
            await daemon.RebuildProjectionAsync(name, Token);
        }
    }

    private static async Task MartenAppendsAsync(MartenEventStore marten)
    {
        var data = NorrmalmYear.Facts(
            "traffic", "Riktad trafikinsats", "Centralplan", YearWriter.At(new DateOnly(2018, 12, 27), 8),
            YearWriter.At(new DateOnly(2018, 12, 27), 14), 24, "norrmalm", "riktad", "utsatt-plats");
        var said = new NewEvent(
            EventId.From("urn:lofte:demo", "marten-1"),
            "insats.carried-out.v1",
            System.Text.Encoding.UTF8.GetBytes(data.ToJsonString()),
            new EventHeaders("urn:lofte:demo", "marten-1", YearWriter.At(new DateOnly(2018, 12, 27), 14), null).ToJson(),
            Fingerprint: Said.Fingerprint("marten-1"));
        var appended = await marten.AppendAsync(Said.Request("insats/marten-1", 0, said), Token);
        appended.ShouldBeOfType<AppendResult.Appended>().Events.Single().Version.ShouldBe(1);
    }

    private async Task ProjectAsync(PostgresEventStore store)
    {
        var positions = new ProjectionPositions(TimeProvider.System);
        var set = new ProjectionSet(
            Database.App, store, Sample.Areas, positions, TimeProvider.System, NullLoggerFactory.Instance);
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var running = set.RunAsync(stopping.Token);
        var head = await store.HeadAsync(Token);
        foreach (var name in ProjectionNames.All)
        {
            (await positions.WaitForAsync(name, head, TimeSpan.FromMinutes(2), Token)).ShouldBeTrue($"{name} has caught up");
        }

        await stopping.CancelAsync();
        await running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private static async Task AppendYearAsync(PostgresEventStore store)
    {
        var definition = JsonNode.Parse(
            await File.ReadAllTextAsync(Path.Combine(House.Root, "deploy", "loften", "norrmalm-2018.json"), Token))!;
        foreach (var line in NorrmalmYear.Lines(definition.AsObject()))
        {
            var said = JsonNode.Parse(line)!;
            var (source, id) = ((string)said["source"]!, (string)said["id"]!);
            var request = Said.Request(
                (string)said["subject"]!,
                null,
                new NewEvent(
                    EventId.From(source, id),
                    ((string)said["type"]!)["se.lofteevents.".Length..],
                    System.Text.Encoding.UTF8.GetBytes(said["data"]!.ToJsonString()),
                    new EventHeaders(source, id, Time(said, "time").ToUniversalTime(), null, true).ToJson(),
                    Fingerprint: Said.Fingerprint(line),
                    RecordedAt: Time(said, "recordedtime")));
            (await store.AppendAsync(request, Token)).ShouldBeOfType<AppendResult.Appended>();
        }
    }

    private static DateTimeOffset Time(JsonNode said, string attribute) =>
        DateTimeOffset.Parse((string)said[attribute]!, System.Globalization.CultureInfo.InvariantCulture);

    private async Task<List<string>> DocumentsAsync() =>
        await RowsAsync(
            """
            SELECT id || ' ' || data::text FROM lofte.mt_doc_loftestatus
            UNION ALL
            SELECT id || ' ' || data::text FROM lofte.mt_doc_lofteoverview
            ORDER BY 1
            """);

    private async Task<List<string>> RowsAsync(string query)
    {
        await using var command = Database.Owner.CreateCommand(query);
        await using var reader = await command.ExecuteReaderAsync(Token);
        var rows = new List<string>();
        while (await reader.ReadAsync(Token))
        {
            rows.Add(reader.GetString(0));
        }

        return rows;
    }
}
#endif
