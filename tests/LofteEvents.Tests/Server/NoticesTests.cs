using System.Text;
using System.Text.Json;
using LofteEvents.Notices;
using LofteEvents.Server.Access;
using static LofteEvents.Tests.Server.CloudEventsOverHttp;

namespace LofteEvents.Tests.Server;

public sealed class Notices_over_http(NoticesFixture world) : IClassFixture<NoticesFixture>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Are_listed_for_the_officers_of_the_area_and_for_auditors()
    {
        var insats = await world.InsatsWithYouthAsync();
        var head = await world.Server.Store.HeadAsync(Ct);

        HttpClient[] seeing = [world.Officer("stockholm"), world.Officer("norrmalm"), world.Server.As(Roles.Auditor)];
        foreach (var client in seeing)
        {
            (await ListAsync(client, $"?limit=100&minPosition={head}")).Count(each => Of(each, insats)).ShouldBe(3);
        }

        (await ListAsync(world.Officer("solna"), $"?limit=100&minPosition={head}")).ShouldBeEmpty();
        (await ListAsync(world.Officer(), $"?limit=100&minPosition={head}")).ShouldBeEmpty();
    }

    [Fact]
    public async Task Are_shown_to_a_recipient_when_they_are_its_own_and_released()
    {
        var insats = await world.InsatsWithYouthAsync();
        var head = await world.Server.Store.HeadAsync(Ct);

        var seen = (await ListAsync(world.Recipient("socialtjanst-norrmalm"), $"?limit=100&minPosition={head}"))
            .Where(each => Of(each, insats));

        seen.ShouldHaveSingleItem().GetProperty("about").GetString().ShouldBe("insats");
        (await ListAsync(world.Recipient("socialtjanst-solna"), "?limit=100")).ShouldBeEmpty();
        (await ListAsync(world.Recipient(null), "?limit=100")).ShouldBeEmpty();
        var undecided = world.Case(insats, NoticeAbout.Person, NoticeTo.Socialtjanst);
        (await StatusAsync(world.Recipient("socialtjanst-norrmalm"), $"/api/v1/notices/{undecided}")).ShouldBe(404);
        (await StatusAsync(world.Recipient("socialtjanst-norrmalm"), $"/api/v1/notices/{undecided}/content")).ShouldBe(404);
    }

    [Fact]
    public async Task Are_listed_by_state_and_by_what_is_overdue()
    {
        var insats = await world.InsatsWithYouthAsync();
        var head = await world.Server.Store.HeadAsync(Ct);
        var officer = world.Officer("norrmalm");

        var undecided = await ListAsync(officer, $"?limit=100&state=to-decide&minPosition={head}");
        var overdue = await ListAsync(officer, "?limit=100&overdue=true");

        undecided.Count(each => Of(each, insats)).ShouldBe(2);
        undecided.ShouldAllBe(each => each.GetProperty("state").GetString() == "to-decide");

        // What happened in 2018 and is reported today is overdue from its first minute; the insats' own clock starts today.
        overdue.Count(each => Of(each, insats)).ShouldBe(2);
        overdue.ShouldAllBe(each => each.GetProperty("minutesOverdue").GetInt64() > 0);
        (await ListAsync(officer, "?limit=100&overdue=false")).Count(each => Of(each, insats)).ShouldBe(1);
    }

    [Fact]
    public async Task Go_through_a_whole_case()
    {
        var insats = await world.InsatsWithYouthAsync();
        var id = world.Case(insats, NoticeAbout.Person, NoticeTo.Socialtjanst);
        var (officer, recipient) = (world.Officer("norrmalm"), world.Recipient("socialtjanst-norrmalm"));

        (await PostAsync(officer, id, "decision", """{"action":"send"}""")).ShouldBeTaken(200);
        (await PostAsync(officer, id, "decision", """{"action":"send"}""")).ShouldBeTaken(200);
        await world.FollowAsync();
        await world.DeliveredAsync(id);
        var content = await NoticesFixture.ReadAsync(recipient, $"/api/v1/notices/{id}/content");
        content.GetProperty("person").GetProperty("ageAtDeed").GetInt32().ShouldBe(16);
        content.GetProperty("call").GetProperty("phone").GetString().ShouldBe("114 14");
        var acknowledged = await PostAsync(recipient, id, "acknowledgement", null);

        acknowledged.ShouldBeTaken(200);
        acknowledged.Body.GetProperty("notice").GetProperty("closed").GetString().ShouldBe("acknowledged");
        acknowledged.Body.TryGetProperty("history", out _).ShouldBeFalse();
        var history = (await NoticesFixture.ReadAsync(officer, $"/api/v1/notices/{id}")).GetProperty("history").EnumerateArray();
        history.Select(each => each.GetProperty("type").GetString()).ShouldBe(
        [
            "notice.opened.v1", "notice.decided.v1", "notice.attempted.v1", "notice.delivered.v1", "notice.acknowledged.v1",
            "notice.closed.v1",
        ]);
    }

    [Fact]
    public async Task Tell_a_guardian_by_phone()
    {
        var id = world.Case(await world.InsatsWithYouthAsync(), NoticeAbout.Person, NoticeTo.Guardian);
        var officer = world.Officer("norrmalm");
        const string NoAnswer = """{"channel":"phone","outcome":"not-reached","note":"Inget svar."}""";

        (await PostAsync(officer, id, "attempts", NoAnswer)).ShouldBeRefused(409, "notice.not-decided");
        (await PostAsync(officer, id, "decision", """{"action":"send"}""")).ShouldBeTaken(200);
        (await PostAsync(officer, id, "attempts", NoAnswer)).ShouldBeTaken(200);
        (await PostAsync(officer, id, "attempts", NoAnswer)).ShouldBeTaken(200);
        var told = await PostAsync(officer, id, "attempts", """{"channel":"phone","outcome":"reached"}""");

        told.ShouldBeTaken(200);
        told.Body.GetProperty("notice").GetProperty("closed").GetString().ShouldBe("told");
        told.Body.GetProperty("history").EnumerateArray().Select(each => each.GetProperty("type").GetString()).ShouldBe(
        [
            "notice.opened.v1", "notice.decided.v1", "notice.attempted.v1", "notice.attempted.v1", "notice.delivered.v1",
            "notice.closed.v1",
        ]);
    }

    [Theory]
    [InlineData("""{"action":"waive","ground":"against-childs-best"}""", 409, "notice.no-exception", "#/action")]
    [InlineData("""{"action":"postpone","ground":"harms-inquiry"}""", 409, "notice.no-exception", "#/action")]
    [InlineData("""{"action":"shred"}""", 422, "notice.body", "#/action")]
    [InlineData("""{"action":1}""", 422, "notice.body", "#/action")]
    [InlineData("""{"action":"send","because":"x"}""", 422, "notice.body", "#/because")]
    [InlineData("""{"action":"send","reason":" "}""", 422, "notice.body", "#/reason")]
    [InlineData("""{"action":"send","reason":"a\u0000b"}""", 422, "notice.body", "#/reason")]
    [InlineData("""{"action":"send","ground":"harms-inquiry"}""", 409, "notice.ground-not-wanted", "#/ground")]
    [InlineData("""{}""", 422, "notice.body", "#")]
    [InlineData("""null""", 422, "notice.body", "#")]
    [InlineData("""[""", 422, "notice.body", null)]
    public async Task Refuse_what_the_law_or_the_body_does_not_give(string body, int status, string code, string? pointer)
    {
        var id = world.Case(await world.InsatsWithYouthAsync(), NoticeAbout.Person, NoticeTo.Socialtjanst);

        var answer = await PostAsync(world.Officer("norrmalm"), id, "decision", body);

        answer.ShouldBeRefused(status, code);
        answer.Body.ToString().ShouldNotContain("LofteEvents.");
        answer.Body.ToString().ShouldNotContain("System.");
        if (pointer is not null)
        {
            answer.Pointers.ShouldBe([pointer]);
        }
    }

    [Theory]
    [InlineData("""{"channel":"fax","outcome":"reached"}""", 422, "notice.body", "#/channel")]
    [InlineData("""{"channel":"webhook","outcome":"reached"}""", 409, "notice.channel-by-machine", "#/channel")]
    [InlineData("""{"channel":"phone","outcome":"perhaps"}""", 422, "notice.body", "#/outcome")]
    [InlineData("""{"channel":"phone"}""", 422, "notice.body", "#")]
    public async Task Refuse_attempts_that_nobody_can_have_made(string body, int status, string code, string pointer)
    {
        var id = world.Case(await world.InsatsWithYouthAsync(), NoticeAbout.Person, NoticeTo.Guardian);

        var answer = await PostAsync(world.Officer("norrmalm"), id, "attempts", body);

        answer.ShouldBeRefused(status, code, pointer);
    }

    [Fact]
    public async Task Are_there_for_nobody_who_may_not_see_them()
    {
        var id = world.Case(await world.InsatsWithYouthAsync(), NoticeAbout.Person, NoticeTo.Guardian);

        (await PostAsync(world.Officer("solna"), id, "decision", """{"action":"send"}"""))
            .ShouldBeRefused(404, "request.not-found");
        (await PostAsync(world.Officer("norrmalm"), "nowhere", "decision", """{"action":"send"}"""))
            .ShouldBeRefused(404, "request.not-found");
        (await StatusAsync(world.Server.As(Roles.Publisher), $"/api/v1/notices/{id}")).ShouldBe(403);
        (await StatusAsync(world.Server.As(Roles.Auditor), $"/api/v1/notices/{id}/content")).ShouldBe(403);
    }

    [Fact]
    public async Task Have_every_opening_of_a_persons_content_in_the_log()
    {
        var insats = await world.InsatsWithYouthAsync();
        var id = world.Case(insats, NoticeAbout.Person, NoticeTo.Guardian);
        var officer = world.Officer("norrmalm");

        var content = await NoticesFixture.ReadAsync(officer, $"/api/v1/notices/{id}/content");
        await NoticesFixture.ReadAsync(officer, $"/api/v1/notices/{id}/content");

        var stream = "subject/" + content.GetProperty("person").GetProperty("person").GetString();
        var stored = (await world.Server.Store.LoadAsync([], [stream], Ct)).Streams[stream];
        stored.Select(each => each.Type).ShouldBe(["access.read.v1", "access.read.v1"]);
        EventHeaders.FromJson(stored[0].Headers.Span).Actor.ShouldBe("officer-17");
    }

    [Fact]
    public async Task Of_an_insats_say_where_and_when_how_many_and_whom_to_call_and_nothing_of_any_person()
    {
        var id = world.Case(await world.InsatsWithYouthAsync(), NoticeAbout.Insats, NoticeTo.Socialtjanst);

        var content = await NoticesFixture.ReadAsync(world.Recipient("socialtjanst-norrmalm"), $"/api/v1/notices/{id}/content");

        content.EnumerateObject().Select(member => member.Name)
            .ShouldBe(["notice", "about", "isCorrection", "grounds", "insats", "call"]);
        content.GetProperty("insats").GetProperty("place").GetString().ShouldBe("Sergels torg");
    }

    [Fact]
    public async Task Open_what_is_sealed_of_a_person_for_the_case_and_on_record()
    {
        var insats = await world.InsatsWithYouthAsync(name: "N.N. Exempelsson");
        var id = world.Case(insats, NoticeAbout.Person, NoticeTo.Guardian);

        var content = await NoticesFixture.ReadAsync(world.Officer("norrmalm"), $"/api/v1/notices/{id}/content");

        content.GetProperty("sealed").GetProperty("data").GetProperty("name").GetString().ShouldBe("N.N. Exempelsson");
        var stream = "subject/" + content.GetProperty("person").GetProperty("person").GetString();
        var stored = (await world.Server.Store.LoadAsync([], [stream], Ct)).Streams[stream];
        stored.Select(each => each.Type).ShouldBe(["subject.key-created.v1", "access.read.v1"]);
        var read = (LofteEvents.Subjects.AccessRead)EventCatalogue.Decode(stored[1]);
        read.Case.ShouldBe($"notice/{id}");
    }

    [Fact]
    public async Task Open_what_is_sealed_later_of_a_person_whose_case_was_read_before()
    {
        var insats = await world.InsatsWithYouthAsync();
        var id = world.Case(insats, NoticeAbout.Person, NoticeTo.Guardian);
        var officer = world.Officer("norrmalm");
        var before = await NoticesFixture.ReadAsync(officer, $"/api/v1/notices/{id}/content");
        var person = before.GetProperty("person").GetProperty("person").GetGuid();

        var said = YoungPeopleOverHttp.Corrected(insats, person, YoungPeopleOverHttp.Sealed("N.N. Exempelsson"));
        (await world.Server.As(Roles.Publisher).PublishAsync(said, Ct)).ShouldBeTaken();

        var content = await NoticesFixture.ReadAsync(officer, $"/api/v1/notices/{id}/content");
        content.GetProperty("sealed").GetProperty("data").GetProperty("name").GetString().ShouldBe("N.N. Exempelsson");
        var stored = (await world.Server.Store.LoadAsync([], [$"subject/{person}"], Ct)).Streams[$"subject/{person}"];
        stored.Select(each => each.Type).ShouldBe(["access.read.v1", "subject.key-created.v1", "access.read.v1"]);
    }

    private static bool Of(JsonElement notice, string insats) => notice.GetProperty("insats").GetString() == insats;

    private static async Task<IReadOnlyList<JsonElement>> ListAsync(HttpClient client, string query) =>
        [.. (await NoticesFixture.ReadAsync(client, "/api/v1/notices" + query)).GetProperty("items").EnumerateArray()];

    private static async Task<int> StatusAsync(HttpClient client, string address)
    {
        using var response = await client.GetAsync(address, Ct);
        return (int)response.StatusCode;
    }

    private static async Task<Answer> PostAsync(HttpClient client, string id, string what, string? body)
    {
        using var content = body is null ? null : new StringContent(body, Encoding.UTF8, "application/json");
        using var response = await client.PostAsync($"/api/v1/notices/{id}/{what}", content, Ct);
        return await Answer.ReadAsync(response, Ct);
    }
}
