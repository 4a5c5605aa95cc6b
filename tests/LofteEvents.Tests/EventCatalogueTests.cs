using System.Text.Json;

namespace LofteEvents.Tests;

public class Event_catalogue
{
    private static readonly byte[] Voided = """{"reason":"Ingen insats."}"""u8.ToArray();

    public static TheoryData<string> Names => [.. EventCatalogue.All.Select(type => type.Name)];

    [Fact]
    public void Every_stored_name_and_its_place_is_pinned() =>
        EventCatalogue.All.Select(type => $"{type.StreamPrefix} {type.Name} {type.PublishedBy}").ShouldBe(
        [
            "lofte lofte.given.v1 coordinator",
            "lofte lofte.amended.v1 coordinator",
            "lofte lofte.prolonged.v1 coordinator",
            "lofte lofte.ended.v1 coordinator",
            "lofte commitment.hindered.v1 coordinator",
            "lofte commitment.assessed.v1 evaluator",
            "lofte deliverable.completed.v1 publisher",
            "lofte deliverable.postponed.v1 publisher",
            "lofte deliverable.voided.v1 publisher",
            "lofte feedback.given.v1 coordinator",
            "insats insats.planned.v1 publisher",
            "insats insats.carried-out.v1 publisher",
            "insats insats.cancelled.v1 publisher",
            "insats insats.corrected.v1 publisher",
            "insats insats.voided.v1 publisher",
            "insats insats.youth-encountered.v1 publisher",
            "insats insats.youth-corrected.v1 publisher",
            "forum forum.established.v1 publisher",
            "forum forum.meeting-held.v1 publisher",
            "forum forum.meeting-corrected.v1 publisher",
            "forum forum.meeting-voided.v1 publisher",
            "forum forum.activity-agreed.v1 publisher",
            "forum forum.activity-completed.v1 publisher",
            "request request.received.v1 publisher",
            "request request.answered.v1 publisher",
            "request request.voided.v1 publisher",
            "indicator indicator.measured.v1 publisher",
            "indicator indicator.voided.v1 publisher",
            "evaluation evaluation.opened.v1 evaluator",
            "evaluation evaluation.finalized.v1 evaluator",
            "notice notice.opened.v1 ",
            "notice notice.decided.v1 ",
            "notice notice.attempted.v1 ",
            "notice notice.delivered.v1 ",
            "notice notice.failed.v1 ",
            "notice notice.acknowledged.v1 ",
            "notice notice.reopened.v1 ",
            "notice notice.closed.v1 ",
            "subject subject.key-created.v1 ",
            "subject subject.key-destroyed.v1 ",
            "subject access.read.v1 ",
            "log log.continued.v1 ",
        ]);

    [Theory]
    [MemberData(nameof(Names))]
    public void A_golden_payload_fits_its_schema_and_comes_back_the_same(string name)
    {
        var type = Sample.Type(name);
        var golden = File.ReadAllBytes(Sample.GoldenFile(name));
        StrictJson.Check(golden).ShouldBeEmpty();
        type.Schema.Check(Parsed(golden)).ShouldBeEmpty();

        var encoded = type.Encode(type.Decode(golden));

        JsonElement.DeepEquals(Parsed(encoded), Parsed(golden)).ShouldBeTrue(System.Text.Encoding.UTF8.GetString(encoded));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_golden_payload_pins_every_member_of_its_schema(string name)
    {
        // The ground of a request that is set aside cannot stand beside the answer of one that is met, and what is sealed lies
        // elsewhere.
        string[] elsewhere = name switch
        {
            "request.answered.v1" => ["ground"],
            _ when Sample.Type(name).MayBeSealed => ["sealed"],
            _ => [],
        };
        using var schema = JsonDocument.Parse(Sample.Type(name).Schema.Text);
        var root = schema.RootElement;
        var described = root.TryGetProperty("$ref", out _) ? root.GetProperty("$defs").GetProperty("definition") : root;
        var members = described.GetProperty("properties").EnumerateObject().Select(member => member.Name).Except(elsewhere);

        var golden = Parsed(File.ReadAllBytes(Sample.GoldenFile(name)));

        golden.EnumerateObject().Select(member => member.Name).ShouldBe(members, ignoreOrder: true);
    }

    [Fact]
    public void Every_golden_file_belongs_to_a_stored_name() =>
        Directory.EnumerateFiles(Path.GetDirectoryName(Sample.GoldenFile("any"))!)
            .Select(Path.GetFileNameWithoutExtension)
            .ShouldBe(EventCatalogue.All.Select(type => type.Name), ignoreOrder: true);

    [Theory]
    [MemberData(nameof(Names))]
    public void An_event_knows_its_stored_name(string name)
    {
        var type = EventCatalogue.Of(Sample.Of(name));

        type.Name.ShouldBe(name);
        type.ClrType.ShouldBe(Sample.Of(name).GetType());
        type.ThroughIntake.ShouldBe(type.PublishedBy is not null);
    }

    [Fact]
    public void A_stored_row_is_read_with_both_its_times()
    {
        var happened = new DateTimeOffset(2018, 3, 17, 0, 30, 0, TimeSpan.Zero);
        var recorded = new DateTimeOffset(2018, 3, 19, 7, 0, 0, TimeSpan.Zero);
        var stored = new StoredEvent(
            7, Guid.Empty, "insats/a", 2, "insats.voided.v1", Voided, recorded, null, null,
            new EventHeaders("urn:test", "1", happened, "sub").ToJson());

        var read = EventCatalogue.ToRecorded(stored);

        read.Event.ShouldBe(new LofteEvents.Insatser.InsatsVoided("Ingen insats."));
        (read.Position, read.Stream, read.Version, read.HappenedAt, read.RecordedAt)
            .ShouldBe((7, "insats/a", 2, happened, recorded));
    }

    [Fact]
    public void An_event_without_a_happened_time_happened_when_it_was_recorded()
    {
        var recorded = new DateTimeOffset(2018, 3, 19, 7, 0, 0, TimeSpan.Zero);
        var stored = new StoredEvent(
            7, Guid.Empty, "insats/a", 2, "insats.voided.v1", Voided, recorded, null, null, default);

        EventCatalogue.ToRecorded(stored).HappenedAt.ShouldBe(recorded);
    }

    [Fact]
    public void An_event_of_a_newer_version_stops_the_reader_with_its_name_and_position()
    {
        var stored = new StoredEvent(
            12, Guid.Empty, "insats/a", 1, "insats.teleported.v1", "{}"u8.ToArray(), Sample.Now, null, null, default);

        var stop = Should.Throw<UnknownEventTypeException>(() => EventCatalogue.Decode(stored));

        (stop.StoredName, stop.Position).ShouldBe(("insats.teleported.v1", 12));
        stop.Message.ShouldContain("insats.teleported.v1");
    }

    [Fact]
    public void A_name_that_is_not_stored_is_not_found() =>
        EventCatalogue.TryFind("insats.teleported.v1", out _).ShouldBeFalse();

    [Theory]
    [InlineData("42", "42")]
    [InlineData("\"42.5\"", "\"42.5\"")]
    [InlineData("\"42.50\"", "\"42.5\"")]
    [InlineData("\"42\"", "42")]
    [InlineData("0", "0")]
    public void Hours_are_an_integer_or_a_decimal_string(string said, string stored)
    {
        var type = Sample.Type("insats.carried-out.v1");
        var json = System.Text.Encoding.UTF8.GetBytes($$"""
            {
              "kind": "traffic",
              "place": { "area": "norrmalm" },
              "from": "2018-03-16T18:00:00+01:00",
              "to": "2018-03-16T19:00:00+01:00",
              "hours": {{said}}
            }
            """);

        type.Schema.Check(Parsed(json)).ShouldBeEmpty();

        Parsed(type.Encode(type.Decode(json))).GetProperty("hours").GetRawText().ShouldBe(stored);
    }

    private static JsonElement Parsed(byte[] json) => JsonDocument.Parse(json).RootElement;
}
