using System.Text;
using System.Text.Json.Nodes;
using LofteEvents.Postgres.Subjects;
using LofteEvents.Server.Access;
using LofteEvents.Subjects;
using Microsoft.Extensions.DependencyInjection;
using static LofteEvents.Tests.Server.CloudEventsOverHttp;
using static LofteEvents.Tests.Server.YoungPeopleOverHttp;

namespace LofteEvents.Tests.Server;

public sealed class Personal_data_on_its_way_in(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    private const string Case = "notice/test-1";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private LofteServer Server => fixture.Server;

    private HttpClient Publisher => Server.As(Roles.Publisher);

    private SealedParts Parts => Server.Services.GetRequiredService<SealedParts>();

    [Fact]
    public async Task Is_taken_out_of_the_event_sealed_beside_it_and_opened_for_a_case()
    {
        var (person, insats) = (Guid.NewGuid(), await NewInsatsAsync());
        var said = Youth(insats, person);

        (await Publisher.PublishAsync(said, Ct)).ShouldBeTaken();

        var stored = (await StreamAsync(insats)).Last();
        Encoding.UTF8.GetString(stored.Data.Span).ShouldNotContain("sealed");
        Text(await OpenAsync(stored)).ShouldBe("""{"name":"Kim Åström","personalNumber":"20020101-0000"}""");
        (await TypesAsync(Subject.StreamOf(person))).ShouldBe(["subject.key-created.v1", "access.read.v1"]);
    }

    [Fact]
    public async Task Is_recorded_as_read_by_whom_and_for_which_case_before_it_is_shown()
    {
        var (person, insats) = (Guid.NewGuid(), await NewInsatsAsync());
        (await Publisher.PublishAsync(Youth(insats, person), Ct)).ShouldBeTaken();
        var stored = (await StreamAsync(insats)).Last();

        await OpenAsync(stored);
        await OpenAsync(stored);

        var reads = (await StreamAsync(Subject.StreamOf(person))).Where(each => each.Type == "access.read.v1").ToList();
        reads.Count.ShouldBe(2);
        reads.Select(read => EventHeaders.FromJson(read.Headers.Span).Actor).ShouldBe(["officer-7", "officer-7"]);
        reads.Select(EventCatalogue.Decode).Cast<AccessRead>().ShouldAllBe(read =>
            read.Event == stored.Id && read.Case == Case && read.Path == "/sealed");
    }

    [Fact]
    public async Task Is_sealed_under_one_key_per_person_bound_to_its_own_event()
    {
        var (person, other, insats) = (Guid.NewGuid(), Guid.NewGuid(), await NewInsatsAsync());
        var batch = new JsonArray(
            Youth(insats, person, Sealed("Ett")), CarriedOut(), Youth(insats, other, Sealed("Två")),
            Corrected(insats, person, Sealed("Tre")));

        var answer = await Publisher.PublishAsync(batch, Ct);

        answer.ShouldBeTaken();
        answer.Results.Select(result => result.GetProperty("version").GetInt64()).ShouldBe([2, 1, 3, 4]);
        var events = (await StreamAsync(insats)).Skip(1).ToList();
        (await Task.WhenAll(events.Select(async each => Text(await OpenAsync(each)))))
            .ShouldBe(["""{"name":"Ett"}""", """{"name":"Två"}""", """{"name":"Tre"}"""]);
        (await ScalarAsync($"SELECT count(DISTINCT key_id) FROM lofte.sealed_part WHERE event_id = ANY ($1)",
            events.Select(each => each.Id).ToArray())).ShouldBe(2L);
        (await TypesAsync(Subject.StreamOf(person))).Count(type => type == "subject.key-created.v1").ShouldBe(1);
    }

    [Fact]
    public async Task Opens_whatever_happens_to_the_stream_while_it_is_decided()
    {
        var (person, insats) = (Guid.NewGuid(), await NewInsatsAsync());
        var people = Enumerable.Range(0, 12).Select(n => n % 3 == 0 ? person : Guid.NewGuid()).ToList();

        var answers = await Task.WhenAll(people.Select((who, n) =>
            Publisher.PublishAsync(Youth(insats, who, Sealed($"Nr {n}")), Ct)));

        answers.ShouldAllBe(answer => answer.Status == 201 || answer.Status == 409);
        foreach (var stored in (await StreamAsync(insats)).Skip(1))
        {
            Text(await OpenAsync(stored)).ShouldStartWith("""{"name":"Nr """);
        }

        (await TypesAsync(Subject.StreamOf(person))).Count(type => type == "subject.key-created.v1").ShouldBe(1);
    }

    [Fact]
    public async Task Is_the_same_when_it_is_sent_again_and_something_else_when_it_differs()
    {
        var (person, insats) = (Guid.NewGuid(), await NewInsatsAsync());
        var said = Youth(insats, person);
        var first = await Publisher.PublishAsync(said, Ct);
        var otherOrder = said.With(it => it["data"]!["sealed"] = new JsonObject
        {
            ["personalNumber"] = "20020101-0000", ["name"] = "Kim Åström",
        });

        (await Publisher.PublishAsync(said, Ct)).ShouldBeTaken(200);
        var again = await Publisher.PublishAsync(otherOrder, Ct);
        again.ShouldBeTaken(200);
        again.Results[0].GetProperty("position").GetInt64().ShouldBe(first.Results[0].GetProperty("position").GetInt64());
        (await Publisher.PublishAsync(said.With(it => it["data"]!["sealed"] = Sealed("Någon annan")), Ct))
            .ShouldBeRefused(409, "event.key-reused", "#/id");
        (await Publisher.PublishAsync(said.With(it => it["data"]!.AsObject().Remove("sealed")), Ct))
            .ShouldBeRefused(409, "event.key-reused", "#/id");
        (await Publisher.PublishAsync(new JsonArray(said, said.With(it => it["data"]!["sealed"] = Sealed("Någon annan"))), Ct))
            .ShouldBeRefused(409, "event.key-reused", "#/1/id");
        (await StreamAsync(insats)).Count.ShouldBe(2);
    }

    [Fact]
    public async Task Is_sealed_for_someone_whose_other_facts_were_read_before()
    {
        var (person, insats) = (Guid.NewGuid(), await NewInsatsAsync());
        var read = new AccessRead(Guid.NewGuid(), "", Case, Guid.NewGuid());
        var type = EventCatalogue.Of(read);
        await Server.Store.AppendAsync(
            new AppendRequest([new(Subject.StreamOf(person), 0, [new(read.Opening, type.Name, type.Encode(read), default)])]),
            Ct);

        (await Publisher.PublishAsync(Youth(insats, person), Ct)).ShouldBeTaken();

        Text(await OpenAsync((await StreamAsync(insats)).Last())).ShouldContain("Kim");
    }

    [Fact]
    public async Task Is_corrected_even_where_no_other_fact_is()
    {
        var (person, insats) = (Guid.NewGuid(), await NewInsatsAsync());
        (await Publisher.PublishAsync(Youth(insats, person, Sealed("Fel namn")), Ct)).ShouldBeTaken();

        (await Publisher.PublishAsync(Corrected(insats, person, Sealed("Rätt namn")), Ct)).ShouldBeTaken();
        (await Publisher.PublishAsync(Corrected(insats, person, Sealed("Rätt namn")), Ct)).ShouldBeTaken(200);
        (await Publisher.PublishAsync(Youth(insats, person, Sealed("Rätt namn")), Ct)).ShouldBeTaken(200);
        (await Publisher.PublishAsync(Youth(insats, person, Sealed("Ett tredje")), Ct))
            .ShouldBeRefused(409, "insats.youth-already-recorded");

        Text(await OpenAsync((await StreamAsync(insats)).Last())).ShouldBe("""{"name":"Rätt namn"}""");
    }

    [Fact]
    public async Task Of_someone_forgotten_answers_its_repeat_and_is_refused_anew()
    {
        var (person, insats) = (Guid.NewGuid(), await NewInsatsAsync());
        var said = Youth(insats, person);
        (await Publisher.PublishAsync(said, Ct)).ShouldBeTaken();
        var stored = (await StreamAsync(insats)).Last();

        await ForgetAsync(person);

        (await Publisher.PublishAsync(said, Ct)).ShouldBeTaken(200);
        var other = Youth(await NewInsatsAsync(), person);
        (await Publisher.PublishAsync(other, Ct)).ShouldBeRefused(409, "subject.forgotten", "#/data/sealed");
        (await Publisher.PublishAsync(other.With(it => it["data"]!.AsObject().Remove("sealed")), Ct)).ShouldBeTaken();
        (await OpenAsync(stored)).ShouldBe(new OpenedPart.Forgotten());
        (await TypesAsync(Subject.StreamOf(person))).ShouldBe(["subject.key-created.v1", "subject.key-destroyed.v1"]);
    }

    [Fact]
    public async Task Is_never_sealed_for_someone_who_is_forgotten_meanwhile()
    {
        var person = Guid.NewGuid();
        (await Publisher.PublishAsync(Youth(await NewInsatsAsync(), person), Ct)).ShouldBeTaken();
        var places = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => NewInsatsAsync()));

        var publishing = Task.WhenAll(places.Select(insats => Publisher.PublishAsync(Youth(insats, person), Ct)));
        await ForgetAsync(person);
        var answers = await publishing;

        var history = await StreamAsync(Subject.StreamOf(person));
        var forgottenAt = history.Single(each => each.Type == "subject.key-destroyed.v1").Position;
        answers.Where(answer => answer.Status == 201).Select(answer => answer.Results[0].GetProperty("position").GetInt64())
            .ShouldAllBe(position => position < forgottenAt);
        answers.Where(answer => answer.Status != 201).Select(answer => answer.Code)
            .ShouldAllBe(code => code == "subject.forgotten");
        (await ScalarAsync("SELECT count(*) FROM lofte.sealed_part WHERE position > $1", forgottenAt)).ShouldBe(0L);
    }

    [Fact]
    public async Task Comes_in_with_imported_history_at_its_recorded_time()
    {
        await using var server = await LofteServer.StartAsync(Ct);
        var (person, id) = (Guid.NewGuid(), NewId());
        var batch = new JsonArray(
            CarriedOut(id).With(it => it["recordedtime"] = "2018-03-18T09:00:00+01:00"),
            Youth($"insats/{id}", person).With(it => it["recordedtime"] = "2018-03-18T09:05:00+01:00"));

        (await server.As(Roles.Operator).PublishAsync(batch, Ct)).ShouldBeTaken();

        var created = await server.Store.ReadStreamAsync(Subject.StreamOf(person), 0, 10, Ct).SingleAsync(Ct);
        created.RecordedAt.ShouldBe(new DateTimeOffset(2018, 3, 18, 8, 5, 0, TimeSpan.Zero));
        EventHeaders.FromJson(created.Headers.Span).Imported.ShouldBe(true);
    }

    private Task<string> NewInsatsAsync() => Publisher.NewInsatsAsync(Ct);

    private Task<bool> ForgetAsync(Guid person) =>
        Server.Services.GetRequiredService<SubjectForgetting>().ForgetAsync(person, "Begäran om radering.", "test", Ct);

    private Task<OpenedPart> OpenAsync(StoredEvent stored) => Parts.OpenAsync(stored.Stream, stored.Id, Case, "officer-7", Ct);

    private static string Text(OpenedPart opened) =>
        Encoding.UTF8.GetString(opened.ShouldBeOfType<OpenedPart.Opened>().Json.Span);

    private async Task<List<StoredEvent>> StreamAsync(string stream) =>
        await Server.Store.ReadStreamAsync(stream, 0, 1000, Ct).ToListAsync(Ct);

    private async Task<List<string>> TypesAsync(string stream) => [.. (await StreamAsync(stream)).Select(each => each.Type)];

    private async Task<object?> ScalarAsync<T>(string sql, T value)
    {
        await using var command = Server.Database.Owner.CreateCommand(sql);
        command.Parameters.Add(new Npgsql.NpgsqlParameter<T> { TypedValue = value });
        return await command.ExecuteScalarAsync(Ct);
    }
}
