using System.Text.Json.Nodes;
using LofteEvents.Server.Access;
using static LofteEvents.Tests.Server.CloudEventsOverHttp;

namespace LofteEvents.Tests.Server;

public sealed class Who_may_say_what(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static TheoryData<string, string> EveryTypeAndRole =>
        new(from type in EventCatalogue.All from role in Roles.All select (type.Name, role));

    [Theory]
    [MemberData(nameof(EveryTypeAndRole))]
    public async Task Each_type_is_for_the_role_of_the_table_and_for_no_other(string typeName, string role)
    {
        EventCatalogue.TryFind(typeName, out var type).ShouldBeTrue();
        var head = await fixture.Server.Store.HeadAsync(Ct);

        // The data fits no schema, so whoever is allowed gets to 422, and nothing is ever stored.
        var said = Event(typeName, $"{type!.StreamPrefix}/{NewId()}", NewId(), new JsonObject { ["no-such-member"] = 1 });
        var answer = await fixture.Server.As(role).PublishAsync(said, Ct);

        if (!type.ThroughIntake)
        {
            answer.ShouldBeRefused(403, "type.not-through-intake", "#/type");
        }
        else if (role == RoleFor(typeName))
        {
            answer.ShouldBeRefused(422, "event.schema");
        }
        else
        {
            answer.ShouldBeRefused(403, "role.not-allowed", "#/type");
        }

        (await fixture.Server.Store.HeadAsync(Ct)).ShouldBe(head);
    }

    [Theory]
    [InlineData("urn:lofte:demo", "urn:lofte:demo", true)]
    [InlineData("urn:lofte:demo", "urn:lofte:demo2", false)]
    [InlineData("urn:lofte:demo", "urn:lofte:dem", false)]
    [InlineData("urn:lofte:demo", "URN:lofte:demo", false)]
    [InlineData("https://rar.example/*", "https://rar.example/norrmalm", true)]
    [InlineData("https://rar.example/*", "https://rar.example/norrmalm/2", true)]
    [InlineData("https://rar.example/*", "https://rar.example/", false)]
    [InlineData("https://rar.example/*", "https://rar.example", false)]
    [InlineData("https://rar.example/*", "https://rar.example.evil/x", false)]
    [InlineData("*", "urn:lofte:demo", false)]
    [InlineData("/*", "urn:lofte:demo", false)]
    [InlineData("", "urn:lofte:demo", false)]
    public async Task A_publisher_speaks_for_its_own_sources_only(string covers, string source, bool isAllowed)
    {
        var publisher = fixture.Server.With(new DevelopmentIdentity("p", "P", [Roles.Publisher], [covers], []));

        var answer = await publisher.PublishAsync(CarriedOut().With(it => it["source"] = source), Ct);

        if (isAllowed)
        {
            answer.ShouldBeTaken();
        }
        else
        {
            answer.ShouldBeRefused(403, "source.not-allowed", "#/source");
        }
    }

    [Fact]
    public async Task The_place_in_the_batch_is_named()
    {
        var batch = new JsonArray(CarriedOut(), CarriedOut().With(it => it["source"] = "urn:lofte:other"));

        var answer = await fixture.Server.As(Roles.Publisher).PublishAsync(batch, Ct);

        answer.ShouldBeRefused(403, "source.not-allowed", "#/1/source");
        answer.Body.GetProperty("detail").GetString()!.ShouldContain("Event 1 of the batch");
        answer.Body.GetProperty("detail").GetString()!.ShouldContain("urn:lofte:other");
    }

    [Theory]
    [InlineData(Roles.Publisher)]
    [InlineData(Roles.Auditor)]
    [InlineData(Roles.Coordinator)]
    public async Task Only_an_operator_gives_recorded_times(string role) =>
        (await fixture.Server.As(role).PublishAsync(Imported("2018-03-18T09:00:00+01:00"), Ct))
            .ShouldBeRefused(403, "recordedtime.not-allowed", "#/recordedtime");

    [Fact]
    public async Task An_operator_says_nothing_but_history() =>
        (await fixture.Server.As(Roles.Operator).PublishAsync(CarriedOut(), Ct))
            .ShouldBeRefused(403, "role.not-allowed", "#/type");

    private static JsonObject Imported(string recorded) => CarriedOut().With(it => it["recordedtime"] = recorded);

    /// <summary>The table of roles, said once more in its own words.</summary>
    private static string RoleFor(string type) => type.Split('.')[0] switch
    {
        "insats" or "forum" or "request" or "indicator" or "deliverable" => Roles.Publisher,
        "lofte" or "feedback" => Roles.Coordinator,
        "commitment" when type.StartsWith("commitment.hindered", StringComparison.Ordinal) => Roles.Coordinator,
        _ => Roles.Evaluator,
    };
}
